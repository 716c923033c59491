import { type ListPage, listPage } from '../../shared/list-page.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import { countByStatus, fitsFilter, newestFirst, type OpenFilter, type StatusCount } from './open-list.ts';
import type { OpenSnapshots } from './open-tickets.ts';

export type OpenQuery = { readonly filter: OpenFilter; readonly page: number };

/** Newest number first. */
export type OpenList = ListPage<TicketSummary> & {
  readonly filter: OpenFilter;
  /** What can be filtered by: the statuses that open tickets have. */
  readonly byStatus: readonly StatusCount[];
  /** True: there are more pages in Syncro than were read. */
  readonly partial: boolean;
};

export type ListDeps = {
  readonly snapshots: OpenSnapshots;
  readonly identity: Identity;
  readonly lists: Pick<AccountLists, 'timeZone'>;
  readonly clock: Clock;
};

/** Only what is overdue depends on the account's day. */
const zoneOf = async (
  { identity, lists }: ListDeps,
  technician: Technician,
  { by }: OpenFilter,
): Promise<string | null> => {
  if (by !== 'overdue') return null;
  return lists.timeZone(await identity.reader(technician));
};

/** A page of the open tickets that fit a filter. @throws AppError */
export const listOpen = async (deps: ListDeps, technician: Technician, query: OpenQuery): Promise<OpenList> => {
  const [{ tickets, partial }, zone] = await Promise.all([
    deps.snapshots.recent(technician),
    zoneOf(deps, technician, query.filter),
  ]);
  const reader = {
    technicianId: technician.syncroUserId,
    now: deps.clock.now(),
    timeZone: zone,
  };
  const fitting = newestFirst(tickets.filter((ticket) => fitsFilter(ticket, query.filter, reader)));
  return {
    filter: query.filter,
    ...listPage(fitting, query.page),
    byStatus: countByStatus(tickets),
    partial,
  };
};

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
