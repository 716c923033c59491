import { z } from 'zod';
import { act, enterValue, suggest } from '../slack/acts-on-blocks.ts';
import { runMessageShortcut, runShortcut, runSlash } from '../slack/acts-on-commands.ts';
import { closeView, submitView } from '../slack/acts-on-views.ts';
import type { Ack } from '../slack/core.ts';
import { formErrors } from '../slack/form-errors.ts';
import type { Json } from '../slack/json.ts';
import type { SlackSandbox } from '../slack/slack.ts';
import type { User } from '../slack/workspace.ts';
import { Refused } from './refused.ts';
import { channelFor, elementAt, memberOf, messageFor, placeFor, viewFor } from './seen-by.ts';
import { createOffers } from './values.ts';

const id = z.string().min(1).max(255);
const where = z.union([z.strictObject({ view: id }), z.strictObject({ channel: id, ts: id })]);
const at = { where, block: id, action: id };

/** Everything that somebody can do on the page, by ids. */
export const ACT = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('say'),
    as: id,
    channel: id,
    text: z.string().min(1).max(12_000),
    thread: id.optional(),
  }),
  z.strictObject({ do: z.literal('press'), as: id, ...at }),
  z.strictObject({
    do: z.literal('enter'),
    as: id,
    ...at,
    value: z.union([z.null(), z.string().max(12_000), z.array(z.string().max(255)).max(100)]),
  }),
  z.strictObject({ do: z.literal('suggest'), as: id, ...at, query: z.string().max(255) }),
  z.strictObject({ do: z.literal('submit'), as: id, view: id }),
  z.strictObject({ do: z.literal('close'), as: id, view: id, all: z.boolean() }),
  z.strictObject({ do: z.literal('shortcut'), as: id, callback: id }),
  z.strictObject({ do: z.literal('messageShortcut'), as: id, channel: id, ts: id, callback: id }),
  z.strictObject({ do: z.literal('openHome'), as: id }),
]);
export type Act = z.infer<typeof ACT>;

export type Outcome = {
  readonly ok: boolean;
  /** What Slack's client would show: `operation_timeout`, `dispatch_failed`, or words. */
  readonly error?: string;
  readonly options?: readonly Json[];
};

const DONE: Outcome = { ok: true };
const outcome = (ack: Ack | undefined): Outcome => (ack?.error === undefined ? DONE : { ok: false, error: ack.error });

/** Does on the fake what somebody did on the page. */
export const createActs = (slack: SlackSandbox, commands: readonly string[]) => {
  const { wiring } = slack;
  const offers = createOffers();

  const say = async (user: User, given: Extract<Act, { do: 'say' }>): Promise<Outcome> => {
    const channel = channelFor(slack, user, given.channel);
    const [, command, text = ''] = /^(\/\S+)\s*(.*)$/s.exec(given.text) ?? [];
    if (command === undefined) {
      await slack.person(user.id).post(channel.id, given.text, given.thread ? { threadTs: given.thread } : {});
      return DONE;
    }
    if (given.thread) throw new Refused(`${command} is not supported in threads. Sorry!`);
    if (!commands.includes(command)) throw new Refused(`${command} is not a valid command.`);
    return outcome(await runSlash(wiring, user, channel, command, text.trim()));
  };

  const submit = async (user: User, viewId: string): Promise<Outcome> => {
    const view = viewFor(slack, user, viewId);
    const errors = formErrors(view);
    if (errors.size === 0) return outcome(await submitView(wiring, user, view));
    view.errors = errors;
    wiring.core.changes.changed();
    return DONE;
  };

  const perform = async (given: Act): Promise<Outcome> => {
    const user = memberOf(slack, given.as);
    switch (given.do) {
      case 'say':
        return say(user, given);
      case 'press': {
        const place = placeFor(slack, user, given.where);
        return outcome(await act(wiring, user, place, elementAt(place, given.block, given.action)));
      }
      case 'enter': {
        const place = placeFor(slack, user, given.where);
        const placed = elementAt(place, given.block, given.action);
        return outcome(await enterValue(wiring, user, place, placed, offers.valueOf(user, place, placed, given.value)));
      }
      case 'suggest': {
        const place = placeFor(slack, user, given.where);
        const placed = elementAt(place, given.block, given.action);
        const { ack, options } = await suggest(wiring, user, place, placed, given.query);
        offers.remember(user, placed, options);
        return { ...outcome(ack), options };
      }
      case 'submit':
        return submit(user, given.view);
      case 'close': {
        const acks = await closeView(wiring, user, viewFor(slack, user, given.view), given.all);
        return outcome(acks.at(-1));
      }
      case 'shortcut':
        return outcome(await runShortcut(wiring, user, given.callback));
      case 'messageShortcut':
        return outcome(
          await runMessageShortcut(wiring, user, messageFor(slack, user, given.channel, given.ts), given.callback),
        );
      case 'openHome':
        return slack
          .person(user.id)
          .openHome({ timeoutMs: 3_000 })
          .then(
            () => DONE,
            () => ({ ok: false, error: 'The app did not show its Home.' }),
          );
    }
  };

  return (given: Act): Promise<Outcome> =>
    perform(given).catch((error: unknown) => {
      if (error instanceof Refused) return { ok: false, error: error.message };
      throw error;
    });
};
