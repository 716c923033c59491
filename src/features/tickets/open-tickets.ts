import { briefly } from '../../shared/briefly.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { type AskedTicketsDeps, NOT_CLOSED, readTickets } from '../../syncro/asked-for.ts';
import { type Identity, patient } from '../../syncro/identity.ts';
import type { Caller } from '../../syncro/ports.ts';
import { readOn, uniqueById } from '../../syncro/read-pages.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';

export type OpenTickets = {
  readonly tickets: readonly TicketSummary[];
  /** True: there are more pages than were read. */
  readonly partial: boolean;
};

/** Enough for 750 tickets at 50 a page without spending a tenth of a minute's requests. */
const MOST_PAGES = 15;
/** Pages under way at a time: of 10,000 tickets no more than these are in memory as Syncro sent them. */
const AT_ONCE = 8;
/** Nobody waits for a digest, and the limit is what it waits for itself. */
const AT_ONCE_IN_BACKGROUND = 2;

/**
 * Tickets that are not done: everybody's, or one technician's.
 * @param technicianId Syncro user id
 */
export const readOpenTickets = async (
  deps: AskedTicketsDeps,
  caller: Caller,
  mostPages = MOST_PAGES,
  technicianId?: number,
): Promise<OpenTickets> => {
  const read = (page?: number) => readTickets(deps, caller, { status: NOT_CLOSED, technicianId, page });
  const first = await read();
  const atOnce = caller.lane === 'background' ? AT_ONCE_IN_BACKGROUND : AT_ONCE;
  return { tickets: await readOn(first, mostPages, read, atOnce), partial: first.totalPages > mostPages };
};

type Deps = AskedTicketsDeps & { readonly identity: Identity; readonly clock: Clock };

/** Long enough to leaf through a list, short enough that nobody works by it. */
const SNAPSHOT_MS = 30_000;
/** By technician, since not everybody may see everything; each holds up to a thousand tickets. */
const MOST_SNAPSHOTS = 25;
/** Of a technician's own tickets, when everybody's are more than are read. */
const MOST_OWN_PAGES = 5;

/** The open tickets as one technician sees them, remembered while they leaf through a list. */
export const createOpenSnapshots = (deps: Deps) => {
  const snapshots = briefly<string, OpenTickets>(deps.clock, SNAPSHOT_MS, MOST_SNAPSHOTS);

  const read = async (technician: Technician): Promise<OpenTickets> => {
    const caller = patient(await deps.identity.reader(technician));
    const all = await readOpenTickets(deps, caller);
    if (!all.partial) return all;
    // "Your open tickets" must be all of them, also where everybody's are thousands.
    const own = await readOpenTickets(deps, caller, MOST_OWN_PAGES, technician.syncroUserId);
    return { tickets: uniqueById([...all.tickets, ...own.tickets]), partial: true };
  };

  return {
    /** As they are now. @throws AppError */
    now: (technician: Technician): Promise<OpenTickets> =>
      snapshots(technician.slackUser, () => read(technician), true),
    /** As they were up to half a minute ago: a list does not jump while it is leafed through. @throws AppError */
    recent: (technician: Technician): Promise<OpenTickets> => snapshots(technician.slackUser, () => read(technician)),
  };
};

export type OpenSnapshots = ReturnType<typeof createOpenSnapshots>;
