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
import type { OpenSnapshots, OpenTickets } from './open-tickets.ts';
import type { Copied, TicketCopy } from './ports.ts';

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

type OutDeps = {
  readonly identity: Pick<Identity, 'reader'>;
  readonly lists: Pick<AccountLists, 'timeZone'>;
  /** The technician's timers. */
  readonly timersOf: (technician: Technician) => Promise<readonly ListedTimer[]>;
  readonly clock: Clock;
};

export type ListDeps = OutDeps & { readonly snapshots: OpenSnapshots };
export type CopyDeps = OutDeps & { readonly copy: Pick<TicketCopy, 'open'> };

/** A list does not wait longer for the account's zone: `standingOut` does without it. */
const ZONE_PATIENCE_MS = 500;

const zoneOf = async ({ identity, lists }: OutDeps, technician: Technician): Promise<string | null> =>
  lists.timeZone(await identity.reader(technician)).catch(() => null);

const outOf = async (
  deps: OutDeps,
  technician: Technician,
  tickets: readonly TicketSummary[],
  patienceMs = ZONE_PATIENCE_MS,
): Promise<StandingOut> => {
  const [timers, zone] = await Promise.all([
    deps.timersOf(technician),
    within(patienceMs, zoneOf(deps, technician), () => null),
  ]);
  return standingOut(tickets, timers, zone, deps.clock.now());
};

const pageOf = (
  { syncroUserId: technicianId }: Technician,
  { filter, page }: OpenQuery,
  { tickets, partial }: OpenTickets,
  out: StandingOut,
  now: number,
): OpenList => {
  const fitting = tickets.filter((ticket) => fitsFilter(ticket, filter, { technicianId, now, out }));
  return { filter, out, ...listPage(mostUrgentFirst(fitting, out), page), byStatus: countByStatus(tickets), partial };
};

/** A page of the open tickets that fit a filter. @throws AppError */
export const listOpen = async (deps: ListDeps, technician: Technician, query: OpenQuery): Promise<OpenList> => {
  const open = await deps.snapshots.recent(technician);
  return pageOf(technician, query, open, await outOf(deps, technician, open.tickets), deps.clock.now());
};

/** What was copied, and nothing that would have to be read for it. */
const ofCopy = async <T>(
  deps: CopyDeps,
  technician: Technician,
  make: (open: OpenTickets, out: StandingOut) => T,
): Promise<Copied<T> | null> => {
  // Who could not read it in Syncro does not read it here.
  await deps.identity.reader(technician);
  const open = await deps.copy.open(technician.syncroUserId);
  return open && { ...open, copy: make(open.copy, await outOf(deps, technician, open.copy.tickets, 0)) };
};

/** The same of what was copied. @throws AppError no_key, wrong_key */
export const listCopied = (
  deps: CopyDeps,
  technician: Technician,
  query: OpenQuery,
): Promise<Copied<OpenList> | null> =>
  ofCopy(deps, technician, (open, out) => pageOf(technician, query, open, out, deps.clock.now()));

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

const summaryOf = (
  { syncroUserId }: Technician,
  { tickets, partial }: OpenTickets,
  out: StandingOut,
): TicketsSummary => ({
  mine: mostUrgentFirst(
    tickets.filter(({ technicianId }) => technicianId === syncroUserId),
    out,
  ),
  out,
  byStatus: countByStatus(tickets),
  unassigned: tickets.filter(({ technicianId }) => technicianId === null).length,
  open: tickets.length,
  partial,
});

/** Your open tickets, and everyone's by status. @throws AppError */
export const summarizeTickets = async (deps: ListDeps, technician: Technician): Promise<TicketsSummary> => {
  const open = await deps.snapshots.now(technician);
  return summaryOf(technician, open, await outOf(deps, technician, open.tickets));
};

/** The same of what was copied. @throws AppError no_key, wrong_key */
export const summarizeCopied = (deps: CopyDeps, technician: Technician): Promise<Copied<TicketsSummary> | null> =>
  ofCopy(deps, technician, (open, out) => summaryOf(technician, open, out));
