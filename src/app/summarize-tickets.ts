import type { Technician } from '../domain/technician.ts';
import type { TicketSummary } from '../domain/ticket.ts';
import type { Identity } from './identity.ts';
import { type OpenTicketsDeps, readOpenTickets } from './open-tickets.ts';

export type TicketsSummary = {
  /** Oldest change last. */
  readonly mine: readonly TicketSummary[];
  readonly byStatus: ReadonlyArray<{ readonly status: string; readonly count: number }>;
  readonly unassigned: number;
  readonly open: number;
  /** True: there are more pages than were read; the counts are of what was read. */
  readonly partial: boolean;
};

type Deps = OpenTicketsDeps & { readonly identity: Identity };

/** My open tickets, and everyone's by status. */
export const summarizeTickets = async (deps: Deps, technician: Technician): Promise<TicketsSummary> => {
  const { tickets, partial } = await readOpenTickets(deps, await deps.identity.reader(technician));
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
