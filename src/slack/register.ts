import type { App, ViewSubmitAction } from '@slack/bolt';
import type { Handlers } from './handlers.ts';

/**
 * One listener per kind of payload: Bolt runs every listener that matches. What needs no answer was acknowledged before
 * it came here (ack-at-once.ts); a second answer to what does throws.
 */
const ANY = /.*/;

/** Everything that Slack may send has exactly one listener here; what is not known is acknowledged and ignored. */
export const register = (app: App, handlers: Handlers): void => {
  app.command(ANY, handlers.command);
  app.action(ANY, handlers.press);
  app.shortcut(ANY, handlers.shortcut);
  app.view<ViewSubmitAction>({ callback_id: ANY, type: 'view_submission' }, handlers.form);
  app.options(ANY, handlers.typeahead);
  app.event('app_home_opened', handlers.homeOpened);
  app.event('user_change', handlers.memberChanged);
  app.event('link_shared', handlers.linkShared);
};
