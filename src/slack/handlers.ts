import type {
  Middleware,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import { createCache } from '../shared/briefly.ts';
import { AppError } from '../shared/errors.ts';
import type { Technician } from '../shared/technician.ts';
import type { Asked, SeenView } from './asked.ts';
import { type ParseCommand, unknownCommandMessage } from './command.ts';
import type { Rows } from './feature.ts';
import { readFormId, readValues } from './forms/form-values.ts';
import { olderVersionView, problemView, strangerView } from './forms/problem.ts';
import type { Handled, Submitted } from './forms/submitted.ts';
import { fittedAnswer, openView, type ViewAnswer } from './forms/views.ts';
import type { SlackKit } from './kit.ts';
import { failureReply, identify, inBoundary, refusal, refuse, type Say } from './person.ts';
import { fromAnotherTime, type Pressed } from './pressed.ts';
import { createSay, respondAt } from './say.ts';
import { readTyped, typedInField } from './typed.ts';
import { waitOut } from './wait-out.ts';

const COMMAND = '/syncro';

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

/** The row of a table under an id that came from outside: `constructor` and its like are no rows. */
const rowOf = <Row>(table: Readonly<Record<string, Row>>, id: string): Row | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;

type Heard = Pick<Asked, 'triggerId'> & {
  readonly command?: string;
  readonly channel: string | undefined;
  readonly responseUrl: string | undefined;
  readonly presses: Presses;
  /** It was pressed in a message that only this person sees. */
  readonly ownMessage?: boolean;
};

/** How often each person has pressed something in a message of their own, by place. */
type Presses = ReturnType<typeof createCache<string, number>>;
/** Longer than anybody waits for an answer. */
const PRESSES_MS = 30 * 60_000;
const MOST_PRESSES = 1_000;

/** What comes late to who has gone on meanwhile would take away what they look at. */
const unlessGoneOn = (say: Say, presses: Presses, place: string): Say => {
  const asked = presses.get(place);
  return (message, options) =>
    options?.stage === 'update' && presses.get(place) !== asked ? Promise.resolve() : say(message, options);
};

/** Who sent it and how they are answered; `asked` is null for whoever is not let in. */
const hear = async (
  deps: SlackKit,
  body: unknown,
  { triggerId, channel: at, responseUrl, command, presses, ownMessage = false }: Heard,
) => {
  const who = await identify(deps, body);
  const channel = at ?? null;
  const respond = responseUrl ? respondAt(responseUrl) : null;
  const place = `${who.id} ${channel}`;
  if (ownMessage) presses.set(place, (presses.get(place) ?? 0) + 1);
  const say = unlessGoneOn(createSay(respond, deps.client, { channel, user: who.id }, deps.log), presses, place);
  const { technician } = who;
  const asked: Asked | null = technician && {
    ...{ deps, use: null, technician, command: command || COMMAND, triggerId, say, channel },
  };
  return { who, say, asked };
};

const onCommand =
  (deps: SlackKit, { parse }: Surfaces, presses: Presses): Handlers['command'] =>
  async ({ command: body }) => {
    const { command, channel_id: channel, trigger_id: triggerId, response_url: responseUrl } = body;
    const { who, say, asked } = await hear(deps, body, { command, channel, triggerId, responseUrl, presses });
    if (!asked) {
      deps.meter.command('any', 'stranger');
      return refuse(say, who);
    }
    const { text, mentioned } = await readTyped(deps, body.text ?? '');
    const parsed = parse(text, mentioned);
    if (!parsed.ok) {
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

const seen = ({ id, callback_id, private_metadata, state }: ViewOutput): SeenView => ({
  ...{ id, callbackId: callback_id, metadata: private_metadata, values: state.values },
});

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
  (deps: SlackKit, { rows, aroundHomePress }: Surfaces, presses: Presses): Handlers['press'] =>
  async ({ action, body }) => {
    if (body.type !== 'block_actions') return;
    const { trigger_id: triggerId, response_url: responseUrl, view } = body;
    const ephemeral = body.container?.is_ephemeral === true;
    const { who, say, asked } = await hear(deps, body, {
      ...{ triggerId, responseUrl, presses, ownMessage: ephemeral },
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

const FIELDS = z
  .array(z.looseObject({ type: z.string(), block_id: z.string().optional() }))
  .nullable()
  .catch(null);

const fieldsOf = ({ blocks }: ViewOutput): readonly string[] | null =>
  FIELDS.parse(blocks)?.flatMap(({ type, block_id }) => (type === 'input' && block_id ? [block_id] : [])) ?? null;

/** Slack shows an error at a field or not at all. */
const isAnswerable = (answer: ViewAnswer, fields: readonly string[] | null): boolean =>
  answer.response_action !== 'errors' ||
  fields === null ||
  Object.keys(answer.errors).every((field) => fields.includes(field));

/** Handles one submitted form; a failure says what happened. */
const submit = async ({ forms }: Required<Rows>, submitted: Submitted): Promise<Handled> => {
  const form = rowOf(forms, submitted.view.callbackId);
  const { deps, technician, view } = submitted;
  const values = readValues(view.values);
  const older: Handled = { answer: { response_action: 'update', view: olderVersionView(values) } };
  if (!form) return older;
  try {
    deps.mayWork();
    const handled = await form(submitted);
    return isAnswerable(handled.answer, view.fields) ? handled : older;
  } catch (error) {
    const words = failureReply(deps, error, { command: COMMAND, writing: true, who: technician.name });
    return { answer: { response_action: 'update', view: problemView('Syncro', words, { typed: values }) } };
  }
};

const onForm =
  (deps: SlackKit, { rows }: Surfaces): Handlers['form'] =>
  async ({ body, view, ack }) => {
    const who = await identify(deps, body);
    const { technician } = who;
    if (!technician)
      return ack({ response_action: 'update', view: strangerView(refusal(who), readValues(view.state.values)) });
    const { previous_view_id: previous, root_view_id: root } = view;
    const shown = { ...seen(view), fields: fieldsOf(view), isThird: previous !== null && previous !== root };
    const submitted = { deps, use: null, technician, triggerId: body.trigger_id, view: shown };
    const { answer, afterwards } = await submit(rows, submitted);
    const fitted = fittedAnswer(answer);
    await (fitted.response_action === 'close' ? ack() : ack(fitted));
    await afterwards?.();
  };

const onClosed =
  (deps: SlackKit, { rows }: Surfaces): Handlers['closed'] =>
  async ({ body, view }) => {
    const { technician } = await identify(deps, body);
    const close = rowOf(rows.closed, view.callback_id);
    if (technician && close) await close({ deps, use: null, technician, view: seen(view) });
  };

/** A typeahead that fails would just look empty, so each says itself what went wrong. */
const onTypeahead =
  (deps: SlackKit, { rows }: Surfaces): Handlers['typeahead'] =>
  async ({ payload, body, ack }) => {
    const { technician } = await identify(deps, body);
    const formId = readFormId('view' in body ? body.view?.private_metadata : null);
    const suggest = rowOf(rows.typeaheads, payload.action_id);
    await ack(
      technician && suggest
        ? await suggest({ deps, use: null, technician, formId }, typedInField(payload.value))
        : { options: [] },
    );
  };

const onShortcut =
  (deps: SlackKit, { rows }: Surfaces, presses: Presses): Handlers['shortcut'] =>
  async ({ shortcut, body }) => {
    const message = shortcut.type === 'message_action' ? shortcut : null;
    const { who, say, asked } = await hear(deps, body, {
      triggerId: shortcut.trigger_id,
      responseUrl: message?.response_url,
      channel: message?.channel.id,
      presses,
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
  const presses: Presses = createCache(MOST_PRESSES, PRESSES_MS, deps.clock);
  return {
    command: onCommand(deps, surfaces, presses),
    press: onPress(deps, surfaces, presses),
    shortcut: onShortcut(deps, surfaces, presses),
    form: onForm(deps, surfaces),
    closed: onClosed(deps, surfaces),
    typeahead: onTypeahead(deps, surfaces),
    homeOpened: surfaces.homeOpened,
    memberChanged: onMemberChange(deps),
    linkShared: surfaces.linkShared,
  };
};
