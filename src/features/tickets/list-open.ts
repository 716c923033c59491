import { type ListPage, listPage } from '../../shared/list-page.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { within } from '../../shared/within.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import { countByStatus, fitsFilter, newestFirst, type OpenFilter, type StatusCount } from './open-list.ts';
import type { OpenSnapshots, OpenTickets } from './open-tickets.ts';
import type { Copied, TicketCopy } from './ports.ts';

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
  readonly identity: Pick<Identity, 'reader'>;
  readonly lists: Pick<AccountLists, 'timeZone'>;
  readonly clock: Clock;
};

/** Only what is overdue depends on the account's day. */
const zoneOf = async (
  { identity, lists }: Pick<ListDeps, 'identity' | 'lists'>,
  technician: Technician,
  { by }: OpenFilter,
): Promise<string | null> => {
  if (by !== 'overdue') return null;
  return lists.timeZone(await identity.reader(technician));
};

/** @param timeZone the account's; `null`: not known */
const pageOf = (
  { clock }: Pick<ListDeps, 'clock'>,
  technician: Technician,
  query: OpenQuery,
  { tickets, partial }: OpenTickets,
  timeZone: string | null,
): OpenList => {
  const reader = { technicianId: technician.syncroUserId, now: clock.now(), timeZone };
  const fitting = newestFirst(tickets.filter((ticket) => fitsFilter(ticket, query.filter, reader)));
  return {
    filter: query.filter,
    ...listPage(fitting, query.page),
    byStatus: countByStatus(tickets),
    partial,
  };
};

/** A page of the open tickets that fit a filter. @throws AppError */
export const listOpen = async (deps: ListDeps, technician: Technician, query: OpenQuery): Promise<OpenList> => {
  const [open, zone] = await Promise.all([deps.snapshots.recent(technician), zoneOf(deps, technician, query.filter)]);
  return pageOf(deps, technician, query, open, zone);
};

/** The same of what was copied. @throws AppError no_key, wrong_key */
export const listCopied = async (
  deps: CopyDeps & Pick<ListDeps, 'lists' | 'clock'>,
  technician: Technician,
  query: OpenQuery,
): Promise<Copied<OpenList> | null> => {
  // It may have to be read; in UTC a day begins some hours early or late.
  const zone = await within(0, zoneOf(deps, technician, query.filter), () => null);
  return ofOpenCopy(deps, technician, (open) => pageOf(deps, technician, query, open, zone));
};

export type CopyDeps = { readonly copy: Pick<TicketCopy, 'open'>; readonly identity: Pick<Identity, 'reader'> };

const ofOpenCopy = async <T>(
  { copy, identity }: CopyDeps,
  technician: Technician,
  make: (open: OpenTickets) => T,
): Promise<Copied<T> | null> => {
  // Who could not read it in Syncro does not read it here.
  await identity.reader(technician);
  const open = await copy.open(technician.syncroUserId);
  return open && { ...open, copy: make(open.copy) };
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

const summaryOf = (technician: Technician, { tickets, partial }: OpenTickets): TicketsSummary => ({
  mine: newestFirst(tickets.filter(({ technicianId }) => technicianId === technician.syncroUserId)),
  byStatus: countByStatus(tickets),
  unassigned: tickets.filter(({ technicianId }) => technicianId === null).length,
  open: tickets.length,
  partial,
});

/** My open tickets, and everyone's by status. @throws AppError */
export const summarizeTickets = async ({ snapshots }: Deps, technician: Technician): Promise<TicketsSummary> =>
  summaryOf(technician, await snapshots.now(technician));

/** The same of what was copied. @throws AppError no_key, wrong_key */
export const summarizeCopied = (deps: CopyDeps, technician: Technician): Promise<Copied<TicketsSummary> | null> =>
  ofOpenCopy(deps, technician, (open) => summaryOf(technician, open));
