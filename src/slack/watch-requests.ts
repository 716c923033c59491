import type { ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { Ids, InRequest, Log } from '../shared/system.ts';
import { isAckedAtOnce } from './ack-at-once.ts';
import type { ParseCommand } from './command.ts';
import type { RequestKind, SlackMeter } from './meter.ts';
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

/** What a payload is, in words that are the app's own: nothing of what people typed. */
const describe = (
  parse: ParseCommand<never>,
  body: unknown,
): { readonly kind: RequestKind; readonly what: string; readonly user: string } => {
  const { data } = about.safeParse(body);
  const kind = data?.command ? 'command' : (KINDS[data?.type ?? ''] ?? 'other');
  const what = data?.actions?.[0]?.action_id ?? data?.view?.callback_id ?? data?.callback_id ?? data?.event?.type ?? '';
  return {
    kind,
    what: data?.command ? commandOf(parse, data.command, data.text) : what,
    user: data?.user?.id ?? data?.user_id ?? '',
  };
};

/** These come by the dozen while somebody types or leafs, and say little. */
const QUIET: ReadonlySet<RequestKind> = new Set(['typeahead', 'event', 'form_closed', 'other']);

type WatchDeps = {
  readonly meter: SlackMeter;
  readonly inRequest: InRequest;
  readonly ids: Pick<Ids, 'ref'>;
  readonly log: Log;
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
    let ackMs: number | null = null;
    const isAcked = isAckedAtOnce(event.body);
    if (isAcked) {
      await event.ack();
      ackMs = waited();
    }
    const { kind, what, user } = describe(parse, event.body);
    if (ackMs !== null) meter.acknowledged(kind, ackMs);
    const ack: ReceiverEvent['ack'] = async (answer) => {
      if (isAcked) return;
      await event.ack(answer);
      ackMs ??= waited();
      meter.acknowledged(kind, ackMs);
    };
    await inRequest(ids.ref(), async () => {
      await handle({ ...event, ack });
      const took = { ackMs: ackMs === null ? null : Math.round(ackMs), ms: Math.round(waited()) };
      const line = { kind, what, user, ...took };
      if (QUIET.has(kind)) log.debug(line, 'a request of Slack');
      else log.info(line, 'a request of Slack');
    });
  };
