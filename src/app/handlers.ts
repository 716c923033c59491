import type {
  BlockAction,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import { homeOpened } from '../features/home/slack/home-opened.ts';
import { createHomeTab, type HomeTab } from '../features/home/slack/home-tab.ts';
import { takeShortcut } from '../features/on-message/slack/shortcuts.ts';
import { linkShared } from '../features/tickets/slack/link-shared.ts';
import { parseCommand } from '../slack/command.ts';
import { readFormId, readValues } from '../slack/forms/form-values.ts';
import { fittedAnswer, openView } from '../slack/forms/views.ts';
import { identify, inBoundary, refusal, refuse } from '../slack/person.ts';
import type { Pressed } from '../slack/pressed.ts';
import { respondAt } from '../slack/respond-at.ts';
import { createSay } from '../slack/say.ts';
import { strangerView } from '../slack/stranger.ts';
import { readTyped, typedInField } from '../slack/typed.ts';
import { waitOut } from '../slack/wait-out.ts';
import { commandBehind, isLink, isWriting, press } from './buttons.ts';
import { handle } from './commands.ts';
import type { SlackDeps } from './deps.ts';
import { submit } from './forms.ts';
import { unknownCommandMessage } from './help-message.ts';
import { suggest } from './typeaheads.ts';
import { WRITING } from './writing.ts';

const COMMAND = '/syncro';

/** What happens to each kind of payload. Commands, presses and shortcuts were acknowledged before (ack-at-once.ts). */
export type Handlers = {
  readonly command: Middleware<SlackCommandMiddlewareArgs>;
  readonly press: Middleware<SlackActionMiddlewareArgs>;
  readonly shortcut: Middleware<SlackShortcutMiddlewareArgs>;
  /** Answers with its acknowledgement. */
  readonly form: Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>;
  /** Answers with its acknowledgement. */
  readonly typeahead: Middleware<SlackOptionsMiddlewareArgs<'block_suggestion'>>;
  readonly homeOpened: Middleware<SlackEventMiddlewareArgs<'app_home_opened'>>;
  readonly memberChanged: Middleware<SlackEventMiddlewareArgs<'user_change'>>;
  readonly linkShared: Middleware<SlackEventMiddlewareArgs<'link_shared'>>;
};

const onCommand =
  (deps: SlackDeps): Handlers['command'] =>
  async ({ command }) => {
    const where = { channel: command.channel_id, user: command.user_id };
    const say = createSay(respondAt(command.response_url), deps.client, where, deps.log);
    const who = await identify(deps, command);
    const { technician } = who;
    if (!technician) {
      deps.meter.command('any', 'stranger');
      return refuse(say, who);
    }
    const { text, mentioned } = await readTyped(deps, command.text ?? '');
    const parsed = parseCommand(text, mentioned);
    const name = command.command || COMMAND;
    if (!parsed.ok) {
      deps.meter.command('any', 'unknown');
      return say(unknownCommandMessage(name, parsed));
    }
    const asked = { deps, technician, command: name, triggerId: command.trigger_id, channel: command.channel_id, text };
    const writing = WRITING.has(parsed.command.name);
    const doing = { command: name, writing, who: technician.name, interrupted: text };
    const outcome = await inBoundary(deps, say, doing, () =>
      waitOut(deps, parsed.command.name, say, (place) => handle({ ...asked, say: place }, parsed.command)),
    );
    deps.meter.command(parsed.command.name, outcome);
  };

const viewOf = ({ view }: BlockAction): Pressed['view'] =>
  view
    ? {
        id: view.id,
        hash: view.hash,
        type: view.type,
        callbackId: view.callback_id,
        metadata: view.private_metadata,
        values: view.state.values,
      }
    : null;

const onPress =
  (deps: SlackDeps, home: HomeTab): Handlers['press'] =>
  async ({ action, body }) => {
    if (body.type !== 'block_actions') return;
    const who = await identify(deps, body);
    const { technician } = who;
    const where = { channel: body.channel?.id ?? null, user: who.id };
    const say = createSay(body.response_url ? respondAt(body.response_url) : null, deps.client, where, deps.log);
    if (!technician) return refuse(say, who);
    const actionId = 'action_id' in action ? action.action_id : '';
    const value =
      action.type === 'button'
        ? (action.value ?? '')
        : action.type === 'static_select' || action.type === 'external_select'
          ? (action.selected_option?.value ?? '')
          : '';
    const blockId = 'block_id' in action ? action.block_id : '';
    const interrupted = commandBehind(actionId, value);
    const doing = { command: COMMAND, writing: isWriting(actionId), who: technician.name, interrupted };
    const pressed = async (): Promise<void> => {
      await inBoundary(deps, say, doing, () =>
        press({
          deps,
          technician,
          command: COMMAND,
          triggerId: body.trigger_id,
          say,
          channel: where.channel,
          actionId,
          blockId,
          value,
          ephemeral: body.container?.is_ephemeral === true,
          view: viewOf(body),
        }),
      );
    };
    if (body.view?.type !== 'home' || isLink(actionId)) await pressed();
    else await home.aroundPress(technician, { actionId, value }, pressed);
  };

const FIELDS = z
  .array(z.looseObject({ type: z.string(), block_id: z.string().optional() }))
  .nullable()
  .catch(null);

const fieldsOf = ({ blocks }: ViewOutput): readonly string[] | null =>
  FIELDS.parse(blocks)?.flatMap(({ type, block_id }) => (type === 'input' && block_id ? [block_id] : [])) ?? null;

const onForm =
  (deps: SlackDeps): Handlers['form'] =>
  async ({ body, view, ack }) => {
    const who = await identify(deps, body);
    const { technician } = who;
    if (!technician)
      return ack({ response_action: 'update', view: strangerView(refusal(who), readValues(view.state.values)) });
    const { answer, afterwards } = await submit({
      deps,
      technician,
      view: {
        id: view.id,
        callbackId: view.callback_id,
        metadata: view.private_metadata,
        values: view.state.values,
        fields: fieldsOf(view),
      },
    });
    const fitted = fittedAnswer(answer);
    await (fitted.response_action === 'close' ? ack() : ack(fitted));
    await afterwards?.();
  };

const onTypeahead =
  (deps: SlackDeps): Handlers['typeahead'] =>
  async ({ payload, body, ack }) => {
    const { technician } = await identify(deps, body);
    const formId = readFormId('view' in body ? body.view?.private_metadata : null);
    await ack(
      technician
        ? await suggest({ deps, technician, formId }, payload.action_id, typedInField(payload.value))
        : { options: [] },
    );
  };

const onShortcut =
  (deps: SlackDeps): Handlers['shortcut'] =>
  async ({ shortcut, body }) => {
    const who = await identify(deps, body);
    const { technician } = who;
    const message = shortcut.type === 'message_action' ? shortcut : null;
    const where = { channel: message?.channel.id ?? null, user: who.id };
    const say = createSay(message ? respondAt(message.response_url) : null, deps.client, where, deps.log);
    if (!technician) {
      // Where there is no message there is no response_url, and a stranger may have no direct message with the app.
      if (message) return refuse(say, who);
      await openView(deps, shortcut.trigger_id, strangerView(refusal(who)));
      return;
    }
    await inBoundary(deps, say, { command: COMMAND, writing: true, who: technician.name }, () =>
      takeShortcut(
        { deps, technician, command: COMMAND, triggerId: shortcut.trigger_id, say, channel: where.channel },
        shortcut,
      ),
    );
  };

const CHANGED = z.looseObject({ user: z.looseObject({ id: z.string() }) });

/** Somebody left, became a guest or came back: what Slack said before counts no longer. */
const onMemberChange =
  (deps: SlackDeps): Handlers['memberChanged'] =>
  async ({ event }) => {
    const changed = CHANGED.safeParse(event);
    // Slack tells of everybody; only technicians are remembered.
    if (changed.success && deps.technicians.has(changed.data.user.id)) await deps.members.forget(changed.data.user.id);
  };

export const createHandlers = (deps: SlackDeps): Handlers => {
  const home = createHomeTab(deps, COMMAND);
  return {
    command: onCommand(deps),
    press: onPress(deps, home),
    shortcut: onShortcut(deps),
    form: onForm(deps),
    typeahead: onTypeahead(deps),
    homeOpened: homeOpened(deps, home),
    memberChanged: onMemberChange(deps),
    linkShared: linkShared(deps),
  };
};
