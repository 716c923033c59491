import type { App, RespondFn, ViewSubmitAction } from '@slack/bolt';
import type { Handlers } from './handlers.ts';

/**
 * One listener per kind of payload: Bolt runs every listener that matches. What needs no answer was acknowledged before
 * it came here (ack-at-once.ts); a second answer to what does throws.
 */
const ANY = /.*/;

const CANNOT_ANSWER =
  "The app could not start, so it can't answer. Nothing was sent. Whoever looks after it finds the reason in its log.";

/**
 * Everything that Slack may send has exactly one listener here; what is not known is acknowledged and ignored.
 * @param handlers what does the rest; right after the start it is still on its way
 */
export const register = (app: App, handlers: () => Promise<Handlers>): void => {
  /** Nothing that was acknowledged stays without a word, even when the process is about to end. */
  const handlersOrWord = async (respond: RespondFn | null): Promise<Handlers> => {
    try {
      return await handlers();
    } catch (error) {
      await respond?.({ text: CANNOT_ANSWER, response_type: 'ephemeral', replace_original: false });
      throw error;
    }
  };

  app.command(ANY, async (args) => {
    await (await handlersOrWord(args.respond)).command(args);
  });
  app.action(ANY, async (args) => {
    const isAnswerable = 'response_url' in args.body && Boolean(args.body.response_url);
    await (await handlersOrWord(isAnswerable ? args.respond : null)).press(args);
  });
  app.shortcut(ANY, async (args) => {
    await (await handlersOrWord(args.shortcut.type === 'message_action' ? args.respond : null)).shortcut(args);
  });
  app.view<ViewSubmitAction>({ callback_id: ANY, type: 'view_submission' }, async (args) =>
    (await handlers()).form(args),
  );
  app.options(ANY, async (args) => (await handlers()).typeahead(args));
  app.event('app_home_opened', async (args) => (await handlers()).homeOpened(args));
  app.event('user_change', async (args) => (await handlers()).memberChanged(args));
  app.event('link_shared', async (args) => (await handlers()).linkShared(args));
};
