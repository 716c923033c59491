import type { ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { Ids, InRequest, Log } from '../shared/system.ts';
import type { ParseCommand } from './command.ts';
import type { RequestKind, SlackMeter } from './ports.ts';
import { typedBehindCommand } from './typed.ts';

const KINDS: Readonly<Record<string, RequestKind>> = {
  block_actions: 'press',
  view_submission: 'form',
  view_closed: 'form_closed',
  block_suggestion: 'typeahead',
  shortcut: 'shortcut',
  message_action: 'shortcut',
  event_callback: 'event',
};

/**
 * Slack is told nothing in the acknowledgement of these, whatever they ask, so it need not wait until that is known. Forms
 * and typeaheads are answered by their acknowledgement; Bolt acknowledges events itself.
 */
const ACKED_AT_ONCE: ReadonlySet<RequestKind> = new Set(['command', 'press', 'shortcut', 'form_closed']);

const short = z.string().max(100);
const about = z.looseObject({
  type: short.optional().catch(undefined),
  command: short.optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  user_id: short.optional().catch(undefined),
  user: z.looseObject({ id: short }).optional().catch(undefined),
  callback_id: short.optional().catch(undefined),
  view: z.looseObject({ callback_id: short }).optional().catch(undefined),
  actions: z
    .array(z.looseObject({ action_id: short }))
    .optional()
    .catch(undefined),
  event: z.looseObject({ type: short }).optional().catch(undefined),
});

/** The command's name where it is one of ours; what else was typed stays out of the log. */
const commandOf = (parse: ParseCommand<never>, command: string, text = ''): string => {
  const parsed = parse(typedBehindCommand(text, () => null));
  return parsed.ok ? `${command} ${parsed.row.name}` : command;
};

type About = z.infer<typeof about>;

const kindOf = ({ command, type = '' }: About): RequestKind => (command ? 'command' : (KINDS[type] ?? 'other'));

/** What a payload is, in words that are the app's own: nothing of what people typed. */
const whatOf = (parse: ParseCommand<never>, { command, text, actions, view, callback_id, event }: About): string =>
  command
    ? commandOf(parse, command, text)
    : (actions?.[0]?.action_id ?? view?.callback_id ?? callback_id ?? event?.type ?? '');

/** These come by the dozen while somebody types or leafs, and say little. */
const QUIET: ReadonlySet<RequestKind> = new Set(['typeahead', 'event', 'form_closed', 'other']);

export type WatchDeps = {
  readonly meter: SlackMeter;
  readonly inRequest: InRequest;
  readonly ids: Pick<Ids, 'ref'>;
  readonly log: Log;
  /** Names commands in the log. */
  readonly parse: ParseCommand<never>;
};

/**
 * Acknowledges what needs no answer before anything else is done with it, gives each request of Slack's the reference
 * that people see and that every line of the log about it carries, and measures how long Slack waited.
 */
export const watchRequests =
  ({ meter, inRequest, ids, log, parse }: WatchDeps) =>
  async (event: ReceiverEvent, handle: (event: ReceiverEvent) => Promise<void>): Promise<void> => {
    const began = performance.now();
    const waited = (): number => performance.now() - began;
    const body = about.safeParse(event.body).data ?? {};
    const kind = kindOf(body);
    let ackMs: number | null = null;
    const acknowledge: ReceiverEvent['ack'] = async (answer) => {
      await event.ack(answer);
      ackMs ??= waited();
      meter.acknowledged(kind, ackMs);
    };
    const isAcked = ACKED_AT_ONCE.has(kind);
    if (isAcked) await acknowledge();
    const ack = isAcked ? () => Promise.resolve() : acknowledge;
    await inRequest(ids.ref(), async () => {
      await handle({ ...event, ack });
      const took = { ackMs: ackMs === null ? null : Math.round(ackMs), ms: Math.round(waited()) };
      const line = { kind, what: whatOf(parse, body), user: body.user?.id ?? body.user_id ?? '', ...took };
      if (QUIET.has(kind)) log.debug(line, 'a request of Slack');
      else log.info(line, 'a request of Slack');
    });
  };
