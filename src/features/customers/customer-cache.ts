import { outsideRequest } from '../../shared/request-context.ts';
import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Caller, KeySource, SyncroReads } from '../../syncro/ports.ts';
import type { CustomerMemory } from './ports.ts';

export type CustomerCacheDeps = {
  readonly keys: KeySource;
  readonly reads: Pick<SyncroReads, 'customers'>;
  readonly memory: CustomerMemory;
  readonly clock: Clock;
  readonly log: Log;
};

/** Somebody works with customers now: older than this is read again meanwhile. */
const FRESH_MS = 10 * 60_000;
/** At the start of the process there may be nobody. */
const WARM_MS = 12 * 3_600_000;
/** After a failed refresh, before the next: typing a name must not knock at a closed door with every letter. */
const PAUSE_MS = 60_000;
/** About 10,000 customers; beyond, nobody is forgotten, and what is missing is asked for when it is searched. */
const MOST_PAGES = 100;

/** Keeps everybody's customers in the database, read in the background, one refresh at a time. */
export const createCustomerCache = ({ keys, reads, memory, clock, log }: CustomerCacheDeps) => {
  let refreshing: Promise<void> | null = null;
  let notBefore = 0;
  let stopped = false;

  /** The shared key if there is one: whoever asked keeps their part of nothing. */
  const callerFor = async (technicians: readonly Technician[]): Promise<Caller | null> => {
    const shared = await keys.shared();
    if (shared) return { key: shared, lane: 'background' };
    for (const technician of technicians) {
      const key = await keys.own(technician);
      if (key) return { key, lane: 'background' };
    }
    return null;
  };

  const readAll = async (caller: Caller): Promise<void> => {
    const began = clock.now();
    let totalPages = 1;
    for (let page = 1; page <= Math.min(totalPages, MOST_PAGES); page++) {
      const found = await reads.customers(caller, { page });
      if (stopped) return;
      await memory.put(found.rows, clock.now());
      ({ totalPages } = found);
    }
    await memory.refreshed(clock.now(), totalPages > MOST_PAGES ? null : began);
  };

  const refresh = async (technicians: readonly Technician[], olderThanMs: number): Promise<void> => {
    const before = await memory.refreshedAt();
    if (before !== null && Math.abs(clock.now() - before) < olderThanMs) return;
    const caller = await callerFor(technicians);
    if (!caller) return;
    await readAll(caller);
  };

  /** Starts a refresh if it is time for one, and waits for nothing. */
  const start = (technicians: readonly Technician[], olderThanMs: number): void => {
    if (refreshing || stopped || clock.now() < notBefore) return;
    // For everybody, not on behalf of whoever happened to type first.
    refreshing = outsideRequest(() =>
      refresh(technicians, olderThanMs)
        .catch((error: unknown) => {
          if (stopped) return;
          notBefore = clock.now() + PAUSE_MS;
          log.warn({ err: error }, 'the customers could not be read; those known before stay');
        })
        .finally(() => {
          refreshing = null;
        }),
    );
  };

  return {
    freshen: (technician: Technician): void => start([technician], FRESH_MS),
    /** At the start of the process: the first to ask should not have to wait. */
    warm: (technicians: readonly Technician[]): void => start(technicians, WARM_MS),
    /** The refresh under way, for tests and whoever must know. */
    settled: async (): Promise<void> => {
      await refreshing;
    },
    /** What is still under way is dropped. */
    stop: (): void => {
      stopped = true;
    },
  };
};

export type CustomerCache = ReturnType<typeof createCustomerCache>;
