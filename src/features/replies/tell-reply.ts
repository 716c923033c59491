import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { CustomerReply } from '../../syncro/customer-reply.ts';
import type { ReplyBoard, ToldReplies, ToldState } from './ports.ts';

export type TellReplyDeps = {
  readonly told: ToldReplies;
  readonly board: ReplyBoard;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
};

/**
 * A holder that died loses the reply after this. As long does one that got no answer wait before it looks. Shorter than
 * the lease of the notification, so that whoever takes that one over finds the reply free.
 */
const LEASE_MS = 45_000;
/** A process that slept between its last look at the lease and now sends nothing: somebody else may have. */
const SEND_WITHIN_MS = 5_000;

/** `later`: somebody else is at it, Slack was away, or nobody knows yet whether it arrived. */
export type Telling = 'settled' | 'later';

const send = async (deps: TellReplyDeps, technician: Technician, reply: CustomerReply): Promise<Telling> => {
  const { told, board, clock, log, owner } = deps;
  const { commentId, ticket } = reply;
  const settle = async (state: ToldState): Promise<Telling> => {
    if (!(await told.settle(commentId, owner, state)))
      log.error({ ticket: ticket.number, state }, 'the lease of a reply ended while it was told');
    return 'settled';
  };
  const now = clock.now();
  if (!(await told.renew(commentId, owner, now, LEASE_MS))) return 'later';
  if (clock.now() - now > SEND_WITHIN_MS) return 'later';
  const posting = await board.tell(technician, reply);
  switch (posting.result) {
    case 'posted':
      log.info({ ticket: ticket.number, slackUser: technician.slackUser }, 'told of a customer’s reply');
      return settle('told');
    case 'refused':
      log.warn({ ticket: ticket.number, reason: posting.reason }, 'a customer’s reply could not be told');
      return settle('refused');
    case 'not_sent':
      await told.forget(commentId, owner);
      return 'later';
    case 'unclear':
      // Left to its lease: by the end of that a request under way has arrived or never will.
      return 'later';
  }
};

/** Tells a technician of a reply, unless it was told; at most once, however many processes try and die. */
export const tellReply = async (
  deps: TellReplyDeps,
  technician: Technician,
  reply: CustomerReply,
): Promise<Telling> => {
  const { told, board, clock, log, owner } = deps;
  const { commentId, ticket } = reply;
  const known = await told.get(commentId);
  if (known !== null && known !== 'telling') return 'settled';
  const held = await told.begin(reply, owner, clock.now(), LEASE_MS);
  if (!held) return 'later';
  if (!held.begun) return send(deps, technician, reply);
  const found = await board.find(technician, commentId, held.since).catch((error: unknown) => {
    log.warn({ ticket: ticket.number, err: error }, 'could not look for a message that may be there');
    return null;
  });
  if (!found) return 'later';
  if (found.result === 'absent') return send(deps, technician, reply);
  await told.settle(commentId, owner, found.result === 'found' ? 'told' : 'unknown');
  return 'settled';
};
