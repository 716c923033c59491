import type { Config } from '../config/config.ts';
import { isPostgresUrl } from '../config/database-url.ts';
import { createDatabaseClock, databaseNow } from '../database/database-clock.ts';
import { createLastTimes } from '../database/last-times.ts';
import { openDatabase, openPassingDatabase } from '../database/open-database.ts';
import { createPrunings, type OldRows } from '../database/prune.ts';
import { createSchemaWatch } from '../database/schema-watch.ts';
import { createWriteCheck } from '../database/write-check.ts';
import { createCustomers } from '../features/customers/store/customers.ts';
import { createDigestPosts, createDigests, oldDigestPosts } from '../features/digests/store/digests.ts';
import { createSealedKeys } from '../features/keys/store/connected-keys.ts';
import { createKeyTroubles } from '../features/keys/store/key-troubles.ts';
import { createPromises, oldPromises } from '../features/later/store/promises.ts';
import { createNotifiedRecords, oldNotifiedRecords } from '../features/replies/store/notified-records.ts';
import { createToldReplies, oldToldReplies } from '../features/replies/store/told-replies.ts';
import { createTicketIndex, wordIndexFor } from '../features/search/store/search-index.ts';
import { createMirrorLease } from '../features/search/store/search-lease.ts';
import { createMirrorStore } from '../features/search/store/search-mirror.ts';
import { createSettledTickets, oldSettledTickets } from '../features/tickets/store/settled-tickets.ts';
import { createShownLinks, oldShownLinks } from '../features/tickets/store/shown-links.ts';
import { createTicketMemory } from '../features/tickets/store/ticket-memory.ts';
import { createTimers, oldTimers } from '../features/time/store/timers.ts';
import { createStandings } from '../metrics/store/standings.ts';
import { createAudit } from '../runs/store/audit.ts';
import { createForms, oldForms } from '../runs/store/forms.ts';
import { createRestores } from '../runs/store/restores.ts';
import { createRuns, oldRuns } from '../runs/store/runs.ts';
import type { Clock, Every, Log } from '../shared/system.ts';
import { createDeliveries, oldDeliveries } from '../slack/store/deliveries.ts';
import { countedInMemoryToo } from '../syncro/memory-budget.ts';
import { createBudget, createTraffic } from '../syncro/store/budget.ts';

/** What goes once it is old. Every other table is kept small otherwise, or for good: docs/how-it-works.md says of each. */
export const OLD_ROWS: readonly OldRows[] = [
  oldRuns,
  oldForms,
  oldTimers,
  oldDigestPosts,
  oldSettledTickets,
  oldNotifiedRecords,
  oldToldReplies,
  oldPromises,
  oldShownLinks,
  oldDeliveries,
];

type Around = {
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
  /** How long a server is waited for that is not there yet. */
  readonly patienceMs?: number;
};

/** Everything that is kept, over one database. @throws as openDatabase */
export const openStore = async (config: Config, { clock, every, log, patienceMs }: Around) => {
  const url = config.env.DATABASE_URL;
  const db = await openDatabase(url, { log, patienceMs });
  const shared = isPostgresUrl(url);
  const databases = shared ? await createDatabaseClock(db, { clock, every, log }) : null;
  const time: Clock = databases ?? clock;
  const rpm = config.settings.syncro.requests_per_minute;
  const words = wordIndexFor(db);
  const passing = openPassingDatabase(url, db);
  const arrivals = createDeliveries(passing);
  return {
    db,
    /** What every time in it is compared with. */
    clock: time,
    /** How far this machine's clock is ahead of that. */
    aheadMs: () => databases?.aheadMs() ?? 0,
    runs: createRuns(db),
    restores: createRestores(db),
    prunings: createPrunings(db, OLD_ROWS),
    forms: createForms(db),
    memory: createTicketMemory(passing),
    sealedKeys: createSealedKeys(db),
    keyTroubles: createKeyTroubles(db),
    lastTimes: createLastTimes(db),
    timers: createTimers(db),
    customers: createCustomers(db),
    audit: createAudit(db),
    settled: createSettledTickets(db),
    digests: createDigests(db),
    digestPosts: createDigestPosts(db),
    notified: createNotifiedRecords(db),
    toldReplies: createToldReplies(db),
    promises: createPromises(db),
    shownLinks: createShownLinks(db),
    // Slack's answer waits for this row, so the row does not wait for the disk: at most a power cut loses it.
    deliveries: {
      ...createDeliveries(db),
      first: (...request: Parameters<typeof arrivals.first>) => arrivals.first(...request),
    },
    tryToWrite: createWriteCheck(db, time),
    schema: createSchemaWatch(db, every),
    standings: createStandings(db),
    index: createTicketIndex(db, words),
    mirror: createMirrorStore(db, words),
    mirrorLease: createMirrorLease(db),
    traffic: createTraffic(db),
    budget: shared
      ? createBudget(passing, rpm, time, () => databaseNow)
      : countedInMemoryToo(createBudget(passing, rpm, time), rpm, time),
    close: async () => {
      databases?.stop();
      await Promise.all([db.destroy(), passing.destroy()]);
    },
  };
};

export type Store = Awaited<ReturnType<typeof openStore>>;
