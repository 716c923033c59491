import type { Technician } from '../../shared/technician.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import { countByStatus, newestFirst, type StatusCount } from './open-list.ts';
import type { OpenSnapshots } from './open-snapshots.ts';

export type TicketsSummary = {
  /** Newest number first. */
  readonly mine: readonly TicketSummary[];
  readonly byStatus: readonly StatusCount[];
  readonly unassigned: number;
  readonly open: number;
  /** True: there are more pages than were read; the counts are of what was read. */
  readonly partial: boolean;
};

type Deps = { readonly snapshots: OpenSnapshots };

/** My open tickets, and everyone's by status. @throws AppError */
export const summarizeTickets = async ({ snapshots }: Deps, technician: Technician): Promise<TicketsSummary> => {
  const { tickets, partial } = await snapshots.now(technician);
  return {
    mine: newestFirst(tickets.filter(({ technicianId }) => technicianId === technician.syncroUserId)),
    byStatus: countByStatus(tickets),
    unassigned: tickets.filter(({ technicianId }) => technicianId === null).length,
    open: tickets.length,
    partial,
  };
};
