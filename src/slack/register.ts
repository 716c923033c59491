import type { App } from '@slack/bolt';
import { parseCommand } from '../domain/command.ts';
import { isWriting, press } from './actions/index.ts';
import { unescapeText } from './blocks.ts';
import { handle } from './commands/index.ts';
import type { SlackDeps } from './deps.ts';
import { strangerView } from './forms/stranger.ts';
import { submit } from './forms/submissions.ts';
import { unknownCommandMessage } from './messages/help.ts';
import { identify, inBoundary, refuse } from './person.ts';
import { createSay } from './say.ts';

const COMMAND = '/syncro';
/** One listener per kind of payload: Bolt runs every listener that matches, and a second answer throws. */
const ANY = /.*/;

const registerCommand = (app: App, deps: SlackDeps): void => {
  app.command(ANY, async ({ command, ack, respond }) => {
    await ack();
    const where = { channel: command.channel_id, user: command.user_id };
    const say = createSay((message) => respond(message), deps.client, where, deps.log);
    const { id, technician } = identify(deps, command);
    if (!technician) return refuse(say, id);
    const parsed = parseCommand(unescapeText(command.text ?? ''));
    const name = command.command || COMMAND;
    if (!parsed.ok) return say(unknownCommandMessage(name, parsed));
    const writing = parsed.command.name === 'bill';
    await inBoundary(deps, say, { command: name, writing, who: technician.name }, () =>
      handle({ deps, technician, command: name, triggerId: command.trigger_id, say }, parsed.command),
    );
  });
};

const registerActions = (app: App, deps: SlackDeps): void => {
  app.action(ANY, async ({ action, body, ack, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { id, technician } = identify(deps, body);
    const where = { channel: body.channel?.id ?? null, user: id };
    const say = createSay(body.response_url ? (message) => respond(message) : null, deps.client, where, deps.log);
    if (!technician) return refuse(say, id);
    const actionId = 'action_id' in action ? action.action_id : '';
    const value =
      action.type === 'button'
        ? (action.value ?? '')
        : action.type === 'static_select'
          ? action.selected_option.value
          : '';
    const view = body.view ? { id: body.view.id, metadata: body.view.private_metadata } : null;
    await inBoundary(deps, say, { command: COMMAND, writing: isWriting(actionId), who: technician.name }, () =>
      press({ deps, technician, command: COMMAND, triggerId: body.trigger_id, say, actionId, value, view }),
    );
  });
};

const registerForms = (app: App, deps: SlackDeps): void => {
  app.view({ callback_id: ANY, type: 'view_submission' }, async ({ body, view, ack }) => {
    const { id, technician } = identify(deps, body);
    if (!technician) return ack({ response_action: 'update', view: strangerView(id) });
    const { answer, afterwards } = await submit({
      deps,
      technician,
      view: { id: view.id, callbackId: view.callback_id, metadata: view.private_metadata, values: view.state.values },
    });
    await ack(answer);
    await afterwards?.();
  });
  app.view({ callback_id: ANY, type: 'view_closed' }, async ({ ack }) => {
    await ack();
  });
};

/** Everything that Slack may send has exactly one listener here; what is not known is acknowledged and ignored. */
export const register = (app: App, deps: SlackDeps): void => {
  registerCommand(app, deps);
  registerActions(app, deps);
  registerForms(app, deps);
  app.options(ANY, async ({ ack }) => {
    await ack({ options: [] });
  });
  app.shortcut(ANY, async ({ ack }) => {
    await ack();
  });
};
