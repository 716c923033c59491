import type { Technician } from '../domain/technician.ts';
import type { TicketSummary } from '../domain/ticket.ts';
import type { Identity } from './identity.ts';
import type { Caller, SyncroReads } from './ports.ts';

export type TicketsSummary = {
  /** Oldest change last. */
  readonly mine: readonly TicketSummary[];
  readonly byStatus: ReadonlyArray<{ readonly status: string; readonly count: number }>;
  readonly unassigned: number;
  readonly open: number;
  /** True: there are more pages than were read; the counts are of what was read. */
  readonly partial: boolean;
};

type Deps = {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'tickets'>;
  readonly doneStatuses: readonly string[];
};

/** Enough for 1,000 tickets at 50 a page without spending a tenth of a minute's requests. */
const MOST_PAGES = 15;

const openTickets = async (deps: Deps, caller: Caller) => {
  const first = await deps.reads.tickets(caller, { status: 'Not Closed' });
  const last = Math.min(first.totalPages, MOST_PAGES);
  const numbers = Array.from({ length: Math.max(0, last - 1) }, (_, i) => i + 2);
  const rest = await Promise.all(numbers.map((page) => deps.reads.tickets(caller, { status: 'Not Closed', page })));
  const rows = [first, ...rest].flatMap(({ rows: some }) => some);
  // What "Not Closed" leaves out is Syncro's secret, so the account's own list of done statuses decides. A ticket
  // that moves between two pages while they are read comes twice.
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  return {
    tickets: unique.filter(({ status }) => !deps.doneStatuses.includes(status)),
    partial: first.totalPages > MOST_PAGES,
  };
};

/** My open tickets, and everyone's by status. */
export const summarizeTickets = async (deps: Deps, technician: Technician): Promise<TicketsSummary> => {
  const { tickets, partial } = await openTickets(deps, await deps.identity.reader(technician));
  const counts = new Map<string, number>();
  for (const { status } of tickets) counts.set(status, (counts.get(status) ?? 0) + 1);
  return {
    mine: tickets
      .filter(({ technicianId }) => technicianId === technician.syncroUserId)
      .sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0)),
    byStatus: [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count),
    unassigned: tickets.filter(({ technicianId }) => technicianId === null).length,
    open: tickets.length,
    partial,
  };
};
