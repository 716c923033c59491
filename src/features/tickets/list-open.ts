import { type ListPage, listPage } from '../../shared/list-page.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { within } from '../../shared/within.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import {
  countByStatus,
  fitsFilter,
  type ListedTimer,
  mostUrgentFirst,
  type OpenFilter,
  type StandingOut,
  type StatusCount,
  standingOut,
} from './open-list.ts';
import type { OpenSnapshots } from './open-tickets.ts';

export type OpenQuery = { readonly filter: OpenFilter; readonly page: number };

/** The most urgent first. */
export type OpenList = ListPage<TicketSummary> & {
  readonly filter: OpenFilter;
  readonly out: StandingOut;
  /** What can be filtered by: the statuses that open tickets have. */
  readonly byStatus: readonly StatusCount[];
  /** True: there are more pages in Syncro than were read. */
  readonly partial: boolean;
};

export type ListDeps = {
  readonly snapshots: OpenSnapshots;
  readonly identity: Identity;
  readonly lists: Pick<AccountLists, 'timeZone'>;
  /** The technician's timers. */
  readonly timersOf: (technician: Technician) => Promise<readonly ListedTimer[]>;
  readonly clock: Clock;
};

/** A list does not wait longer for the account's zone: `standingOut` does without it. */
const ZONE_PATIENCE_MS = 500;

const zoneOf = async ({ identity, lists }: ListDeps, technician: Technician): Promise<string | null> =>
  lists.timeZone(await identity.reader(technician)).catch(() => null);

const outOf = async (
  deps: ListDeps,
  technician: Technician,
  tickets: readonly TicketSummary[],
): Promise<StandingOut> => {
  const [timers, zone] = await Promise.all([
    deps.timersOf(technician),
    within(ZONE_PATIENCE_MS, zoneOf(deps, technician), () => null),
  ]);
  return standingOut(tickets, timers, zone, deps.clock.now());
};

/** A page of the open tickets that fit a filter. @throws AppError */
export const listOpen = async (deps: ListDeps, technician: Technician, query: OpenQuery): Promise<OpenList> => {
  const { tickets, partial } = await deps.snapshots.recent(technician);
  const out = await outOf(deps, technician, tickets);
  const reader = { technicianId: technician.syncroUserId, now: deps.clock.now(), out };
  const fitting = mostUrgentFirst(
    tickets.filter((ticket) => fitsFilter(ticket, query.filter, reader)),
    out,
  );
  return {
    filter: query.filter,
    out,
    ...listPage(fitting, query.page),
    byStatus: countByStatus(tickets),
    partial,
  };
};

export type TicketsSummary = {
  /** The most urgent first. */
  readonly mine: readonly TicketSummary[];
  readonly out: StandingOut;
  readonly byStatus: readonly StatusCount[];
  readonly unassigned: number;
  readonly open: number;
  /** True: there are more pages than were read; the counts are of what was read. */
  readonly partial: boolean;
};

/** My open tickets, and everyone's by status. @throws AppError */
export const summarizeTickets = async (deps: ListDeps, technician: Technician): Promise<TicketsSummary> => {
  const { tickets, partial } = await deps.snapshots.now(technician);
  const mine = tickets.filter(({ technicianId }) => technicianId === technician.syncroUserId);
  const out = await outOf(deps, technician, mine);
  return {
    mine: mostUrgentFirst(mine, out),
    out,
    byStatus: countByStatus(tickets),
    unassigned: tickets.filter(({ technicianId }) => technicianId === null).length,
    open: tickets.length,
    partial,
  };
};
