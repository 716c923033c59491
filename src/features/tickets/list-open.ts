import { type ListPage, listPage } from '../../shared/list-page.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import { countByStatus, fitsFilter, newestFirst, type OpenFilter, type StatusCount } from './open-list.ts';
import type { OpenSnapshots } from './open-snapshots.ts';

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
