import { briefly } from '../../shared/briefly.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AskedTicketsDeps } from '../../syncro/asked-for.ts';
import { type Identity, patient } from '../../syncro/identity.ts';
import { uniqueById } from '../../syncro/read-pages.ts';
import { type OpenTickets, readOpenTickets } from './open-tickets.ts';

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
