import type {
  Middleware,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Technician } from '../shared/technician.ts';
import { type ParseCommand, unknownCommandMessage } from './command.ts';
import { type Rows, rowOf } from './feature.ts';
import { strangerView } from './forms/problem.ts';
import { openView } from './forms/views.ts';
import { COMMAND, createHear, type Hear } from './hear.ts';
import type { SlackKit } from './kit.ts';
import { inBoundary, refusal, refuse } from './person.ts';
import { fromAnotherTime, type Pressed } from './pressed.ts';
import { readTyped } from './typed.ts';
import { onClosed, onForm, onTypeahead, seen } from './view-handlers.ts';
import { waitOut } from './wait-out.ts';

/** What happens to each kind of payload. Commands, presses and shortcuts were acknowledged before (watch-requests.ts). */
export type Handlers = {
  readonly command: Middleware<SlackCommandMiddlewareArgs>;
  readonly press: Middleware<SlackActionMiddlewareArgs>;
  readonly shortcut: Middleware<SlackShortcutMiddlewareArgs>;
  /** Answers with its acknowledgement. */
  readonly form: Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>;
  readonly closed: Middleware<SlackViewMiddlewareArgs<ViewClosedAction>>;
  /** Answers with its acknowledgement. */
  readonly typeahead: Middleware<SlackOptionsMiddlewareArgs<'block_suggestion'>>;
  readonly homeOpened: Middleware<SlackEventMiddlewareArgs<'app_home_opened'>>;
  readonly memberChanged: Middleware<SlackEventMiddlewareArgs<'user_change'>>;
  readonly linkShared: Middleware<SlackEventMiddlewareArgs<'link_shared'>>;
};

/** What people can do, of all features together, and the Home. */
export type Surfaces = {
  readonly parse: ParseCommand;
  readonly rows: Required<Rows>;
  readonly homeOpened: Handlers['homeOpened'];
  /** Carries out a press in the Home, then shows it anew. */
  readonly aroundHomePress: (
    technician: Technician,
    press: { readonly actionId: string; readonly value: string },
    work: () => Promise<void>,
  ) => Promise<void>;
  readonly linkShared: Handlers['linkShared'];
};

const onCommand =
  (deps: SlackKit, { parse, rows }: Surfaces, hear: Hear): Handlers['command'] =>
  async ({ command: body }) => {
    const { command, channel_id: channel, trigger_id: triggerId, response_url: responseUrl } = body;
    const { who, say, asked } = await hear(body, { command, channel, triggerId, responseUrl });
    if (!asked) {
      deps.meter.command('any', 'stranger');
      return refuse(say, who);
    }
    const { text, mentioned } = await readTyped(deps, body.text ?? '');
    const parsed = parse(text, mentioned);
    if (!parsed.ok) {
      const { opens: actionId = '' } = parsed;
      const button = rowOf(rows.buttons, actionId);
      if (button) {
        const doing = { command: asked.command, writing: button.writes, who: asked.technician.name, interrupted: '' };
        const pressed = { ...asked, actionId, blockId: '', value: '', ephemeral: false, view: null };
        return deps.meter.command('any', await inBoundary(deps, say, doing, () => button.press(pressed)));
      }
      deps.meter.command('any', 'unknown');
      return say(unknownCommandMessage(asked.command, parsed));
    }
    const { row, run } = parsed;
    const { command: name, technician } = asked;
    const doing = { command: name, writing: row.writes === true, who: technician.name, interrupted: text };
    const outcome = await inBoundary(deps, say, doing, () =>
      waitOut(deps, row.mayWait === true, say, (place) => run({ ...asked, text, say: place })),
    );
    deps.meter.command(row.name, outcome);
  };

/** A button that only opens a page. */
const isLink = (actionId: string): boolean => actionId.startsWith('link:');

type Act = Pick<Pressed, 'actionId' | 'value'>;

/** What is chosen behind `⋯` stands for a button: its action id, then its value. */
const chosenBehind = (value: string): Act => {
  const [actionId = '', ...rest] = value.split(' ');
  return { actionId, value: rest.join(' ') };
};

const actOf = (action: SlackActionMiddlewareArgs['action']): Act => {
  const actionId = 'action_id' in action ? action.action_id : '';
  if (action.type === 'button') return { actionId, value: action.value ?? '' };
  if (action.type === 'overflow') return chosenBehind(action.selected_option?.value ?? '');
  const isSelect = action.type === 'static_select' || action.type === 'external_select';
  return { actionId, value: isSelect ? (action.selected_option?.value ?? '') : '' };
};

const onPress =
  (deps: SlackKit, { rows, aroundHomePress }: Surfaces, hear: Hear): Handlers['press'] =>
  async ({ action, body }) => {
    if (body.type !== 'block_actions') return;
    const { trigger_id: triggerId, response_url: responseUrl, view } = body;
    const ephemeral = body.container?.is_ephemeral === true;
    const { who, say, asked } = await hear(body, {
      ...{ triggerId, responseUrl, ownMessage: ephemeral },
      channel: body.channel?.id,
    });
    if (!asked) return refuse(say, who);
    const { actionId, value } = actOf(action);
    const button = rowOf(rows.buttons, actionId);
    const pressed: Pressed = {
      ...asked,
      actionId,
      blockId: 'block_id' in action ? action.block_id : '',
      value,
      ephemeral,
      view: view ? { ...seen(view), hash: view.hash, type: view.type, blocks: view.blocks } : null,
    };
    const doing = {
      command: COMMAND,
      writing: button?.writes !== false,
      who: asked.technician.name,
      interrupted: button?.command?.(value) ?? '',
    };
    const work = async (): Promise<void> => {
      // A link opens by itself; an unknown id is a button of an older version.
      if (isLink(actionId)) return;
      await inBoundary(deps, say, doing, () => {
        if (!button) throw fromAnotherTime();
        return button.press(pressed);
      });
    };
    if (view?.type !== 'home' || isLink(actionId)) await work();
    else await aroundHomePress(asked.technician, { actionId, value }, work);
  };

const onShortcut =
  (deps: SlackKit, { rows }: Surfaces, hear: Hear): Handlers['shortcut'] =>
  async ({ shortcut, body }) => {
    const message = shortcut.type === 'message_action' ? shortcut : null;
    const { who, say, asked } = await hear(body, {
      triggerId: shortcut.trigger_id,
      responseUrl: message?.response_url,
      channel: message?.channel.id,
    });
    if (!asked) {
      // Where there is no message there is no response_url, and a stranger may have no direct message with the app.
      if (message) return refuse(say, who);
      await openView(deps, shortcut.trigger_id, strangerView(refusal(who)));
      return;
    }
    await inBoundary(deps, say, { command: COMMAND, writing: true, who: asked.technician.name }, () => {
      const take = rowOf(rows.shortcuts, shortcut.callback_id);
      if (!take) throw new AppError('stale', 'This shortcut is from another version of the app.');
      return take(asked, shortcut);
    });
  };

const CHANGED = z.looseObject({ user: z.looseObject({ id: z.string() }) });

/** Somebody left, became a guest or came back: what Slack said before counts no longer. */
const onMemberChange =
  (deps: SlackKit): Handlers['memberChanged'] =>
  async ({ event }) => {
    const changed = CHANGED.safeParse(event);
    // Slack tells of everybody; only technicians are remembered.
    if (changed.success && deps.technicians.has(changed.data.user.id)) await deps.members.forget(changed.data.user.id);
  };

export const createHandlers = (deps: SlackKit, surfaces: Surfaces): Handlers => {
  const hear = createHear(deps);
  return {
    command: onCommand(deps, surfaces, hear),
    press: onPress(deps, surfaces, hear),
    shortcut: onShortcut(deps, surfaces, hear),
    form: onForm(deps, surfaces.rows),
    closed: onClosed(deps, surfaces.rows),
    typeahead: onTypeahead(deps, surfaces.rows),
    homeOpened: surfaces.homeOpened,
    memberChanged: onMemberChange(deps),
    linkShared: surfaces.linkShared,
  };
};
