import type { TicketMemory } from '../../runs/ports.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { CustomerSummary } from '../../syncro/customer.ts';
import { customerNames, unansweredReplies } from '../../syncro/customer-reply.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { type Ticket, ticketId } from '../../syncro/ticket.ts';
import type { NotifiedRecord } from './ports.ts';
import { type Telling, type TellReplyDeps, tellReply } from './tell-reply.ts';

export type FollowNotificationDeps = TellReplyDeps & {
  readonly reads: Pick<SyncroReads, 'ticket' | 'comments' | 'customer'>;
  readonly memory: Pick<TicketMemory, 'remember'>;
  readonly customers: { put(customers: readonly CustomerSummary[], seenAt: number): Promise<void> };
  readonly lists: Pick<AccountLists, 'ticketSettings'>;
  readonly identity: Pick<Identity, 'reader'>;
  /** With whose key it is found out whom it concerns. */
  readonly caller: () => Promise<Caller>;
  readonly technicians: readonly Technician[];
};

/** A notification may come late, but what was written so long before it is no news. */
const NEWS_MS = 24 * 3_600_000;
const READ_COMMENTS = 20;
/** More than these at once are told by the newest. */
const MOST_TOLD = 3;

const tellReplies = async (deps: FollowNotificationDeps, ticket: Ticket, record: NotifiedRecord): Promise<Telling> => {
  const technician = deps.technicians.find(({ syncroUserId }) => syncroUserId === ticket.technicianId);
  if (!technician) return 'settled';
  // Their own key, so that they hear of nothing that they may not see in Syncro.
  const caller = await deps.identity.reader(technician, 'background');
  const [comments, settings] = await Promise.all([
    deps.reads.comments(caller, ticket.id, { perPage: READ_COMMENTS }),
    deps.lists.ticketSettings(caller).catch(() => null),
  ]);
  const names = [...(settings?.technicians ?? []), ...deps.technicians].map(({ name }) => name);
  const { id, number, subject, customerName } = ticket;
  const replies = unansweredReplies(comments.rows, {
    since: record.notifiedAt - NEWS_MS,
    technicians: new Set(names),
    customers: customerNames(ticket),
  });
  let all: Telling = 'settled';
  for (const { id: commentId, body, createdAt } of replies.slice(-MOST_TOLD)) {
    const reply = { commentId, body, at: createdAt, ticket: { id, number, subject, customerName } };
    if ((await tellReply(deps, technician, reply)) === 'later') all = 'later';
  }
  return all;
};

/**
 * Reads what Syncro notified of, renews what is remembered of it, and tells a reply to whom the ticket belongs.
 * @throws AppError and whatever a read throws; then nothing was told that is not recorded
 */
export const followNotification = async (deps: FollowNotificationDeps, record: NotifiedRecord): Promise<Telling> => {
  const caller = await deps.caller();
  if (record.kind === 'customer') {
    await deps.customers.put([await deps.reads.customer(caller, record.id)], deps.clock.now());
    return 'settled';
  }
  const ticket = await deps.reads.ticket(caller, ticketId(record.id));
  await deps.memory.remember(ticket);
  return tellReplies(deps, ticket, record);
};
