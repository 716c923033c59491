import type { Runs } from '../../runs/ports.ts';
import { type Billed, sumBills } from '../../runs/rules/billed.ts';
import type { Run } from '../../runs/rules/run.ts';
import { calendarIn } from '../../shared/calendar.ts';
import { isAppError } from '../../shared/errors.ts';
import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import { NOT_CLOSED, readTickets } from '../../syncro/asked-for.ts';
import { type Author, type Identity, patient } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { readOn } from '../../syncro/read-pages.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';
import { mostUrgentFirst, type StandingOut, standingOut } from '../tickets/open-list.ts';
import type { TicketCopy } from '../tickets/ports.ts';
import type { Timer } from '../time/ports.ts';

/** A technician's timer with what it has measured. */
export type MeasuredTimer = {
  readonly timer: Pick<Timer, 'id' | 'ticketId' | 'ticketNumber' | 'subject' | 'customerName'>;
  readonly minutes: number;
  readonly state: 'running' | 'paused';
};

export type HomeTickets = {
  /** The technician's open ones, the most urgent first. */
  readonly rows: readonly TicketSummary[];
  readonly out: StandingOut;
  /** True: there are more pages than were read. */
  readonly more: boolean;
  readonly readAt: number;
};

/** Under which name things would be written; `null`: not asked yet. */
export type Connection = { readonly author: Author } | { readonly error: unknown } | null;

/** A technician's own page. */
export type Home = {
  readonly technician: Technician;
  /** Unfinished ones, oldest first. */
  readonly runs: readonly Run[];
  readonly timers: readonly MeasuredTimer[];
  /** `null`: when the day began is not known before Syncro has told the account's time zone. */
  readonly billed: (Billed & { readonly timeZone: string }) | null;
  /** As last read or copied; `null`: not yet. */
  readonly tickets: HomeTickets | null;
  /** Why the last reading failed; `null`: it did not. */
  readonly failure: unknown;
  readonly connection: Connection;
  /** False: `refresh` has something to do. */
  readonly isFresh: boolean;
};

export type Homes = {
  /** What the journal, the memory and the copy hold; asks Syncro for nothing. */
  known(technician: Technician): Promise<Home>;
  /**
   * Reads again what is old, once for everybody who waits. What fails is part of the page.
   * @param mostMs how old it may be; default some seconds
   */
  refresh(technician: Technician, mostMs?: number): Promise<void>;
};

export type HomeDeps = {
  readonly reads: Pick<SyncroReads, 'tickets'>;
  readonly runs: Pick<Runs, 'unfinishedOf' | 'finishedOf'>;
  readonly identity: Identity;
  readonly lists: Pick<AccountLists, 'timeZone'>;
  readonly timers: (technician: Technician) => Promise<readonly MeasuredTimer[]>;
  readonly copy: Pick<TicketCopy, 'openOf'>;
  readonly doneStatuses: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
};

type Memory = {
  tickets: Omit<HomeTickets, 'out'> | null;
  failure: unknown;
  connection: Connection;
  timeZone: string | null;
  readAt: number;
  reading: Promise<void> | null;
};

/** Somebody who opens the page again and again costs no more than this. */
const FRESH_MS = 20_000;
/** A failure is forgotten sooner: a key may have been connected, Syncro may be back. */
const FAILED_MS = 5_000;
/** A technician with more open tickets than these needs the search, not a list. */
const MOST_PAGES = 4;
const MOST_COPIED = 200;
const FALLBACK_ZONE = 'UTC';

const readOwnTickets = async (
  deps: HomeDeps,
  caller: Caller,
  technicianId: number,
): Promise<Omit<HomeTickets, 'out'>> => {
  const read = (page: number) => readTickets(deps, caller, { status: NOT_CLOSED, technicianId, page });
  const first = await read(1);
  const rows = await readOn(first, MOST_PAGES, read);
  return { rows, more: first.totalPages > MOST_PAGES, readAt: deps.clock.now() };
};

const keepsMs = ({ failure, connection }: Memory): number =>
  failure === null && (connection === null || 'author' in connection) ? FRESH_MS : FAILED_MS;

/** The technicians' own pages, with a short memory of what Syncro said. */
export const createHomes = (deps: HomeDeps): Homes => {
  const { identity, lists, runs, timers, copy, clock, log } = deps;
  const memories = new Map<string, Memory>();

  const memoryOf = ({ slackUser }: Technician): Memory => {
    const known = memories.get(slackUser);
    if (known) return known;
    const fresh: Memory = {
      tickets: null,
      failure: null,
      connection: null,
      timeZone: null,
      readAt: Number.NEGATIVE_INFINITY,
      reading: null,
    };
    memories.set(slackUser, fresh);
    return fresh;
  };

  const noted = (error: unknown): unknown => {
    if (!isAppError(error)) log.error({ err: error }, 'a Home could not be read');
    return error;
  };

  /** A key that is refused since then shows when the tickets are read. */
  const authorOf = async (technician: Technician): Promise<Author> =>
    (await identity.known(technician)) ?? (await identity.writer(technician, 'person')).author;

  const read = async (technician: Technician, memory: Memory): Promise<void> => {
    const checking = authorOf(technician).then(
      (author): Connection => ({ author }),
      (error: unknown): Connection => ({ error: noted(error) }),
    );
    try {
      const caller = patient(await identity.reader(technician));
      const [tickets, zone] = await Promise.all([
        readOwnTickets(deps, caller, technician.syncroUserId),
        lists.timeZone(caller),
      ]);
      memory.tickets = tickets;
      memory.failure = null;
      memory.timeZone = zone ?? memory.timeZone ?? FALLBACK_ZONE;
    } catch (error) {
      memory.failure = noted(error);
      memory.timeZone ??= FALLBACK_ZONE;
    }
    memory.connection = await checking;
    memory.readAt = clock.now();
  };

  /** What was read last, by whomever: for this page, or for the copy. */
  const newestTickets = async (technician: Technician, { tickets, readAt }: Memory): Promise<Memory['tickets']> => {
    if (Math.abs(clock.now() - readAt) < FRESH_MS) return tickets;
    try {
      // Who could not read them in Syncro does not read them here.
      await identity.reader(technician);
      const copied = await copy.openOf(technician.syncroUserId, MOST_COPIED + 1);
      if (!copied || (tickets && tickets.readAt >= copied.asOf)) return tickets;
      const more = copied.copy.length > MOST_COPIED;
      return { rows: copied.copy.slice(0, MOST_COPIED), more, readAt: copied.asOf };
    } catch (error) {
      if (!isAppError(error)) noted(error);
      return tickets;
    }
  };

  const billedToday = async (technician: Technician, timeZone: string) => {
    const since = calendarIn(timeZone).startOfDay(clock.now());
    return { ...sumBills(await runs.finishedOf(technician.slackUser, since)), timeZone };
  };

  return {
    known: async (technician) => {
      const memory = memoryOf(technician);
      const { failure, connection, timeZone, readAt } = memory;
      const [unfinished, measured, tickets, billed] = await Promise.all([
        runs.unfinishedOf(technician.slackUser),
        timers(technician),
        newestTickets(technician, memory),
        timeZone === null ? null : billedToday(technician, timeZone),
      ]);
      const isFresh = Math.abs(clock.now() - readAt) < keepsMs(memory);
      const out = standingOut(tickets?.rows ?? [], measured, timeZone, clock.now());
      return {
        ...{ technician, runs: unfinished, timers: measured, billed, failure, connection, isFresh },
        tickets: tickets && { ...tickets, rows: mostUrgentFirst(tickets.rows, out), out },
      };
    },

    refresh: (technician, mostMs = FRESH_MS) => {
      const memory = memoryOf(technician);
      const maxAgeMs = Math.min(mostMs, keepsMs(memory));
      if (memory.reading) return memory.reading;
      if (Math.abs(clock.now() - memory.readAt) < maxAgeMs) return Promise.resolve();
      memory.reading = read(technician, memory).finally(() => {
        memory.reading = null;
      });
      return memory.reading;
    },
  };
};
