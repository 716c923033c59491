import type { Clock, Every, Log } from './app/ports/system.ts';
import type { Config } from './config.ts';
import { isPostgresUrl } from './database-url.ts';
import { openDatabase, openPassingDatabase } from './open-database.ts';
import { createAudit } from './store/audit.ts';
import { createBudget } from './store/budget.ts';
import { createSealedKeys } from './store/connected-keys.ts';
import { createCustomers } from './store/customers.ts';
import { createDatabaseClock, databaseNow } from './store/database-clock.ts';
import { createDeliveries } from './store/deliveries.ts';
import { createDigestPosts } from './store/digest-posts.ts';
import { createDigests } from './store/digests.ts';
import { createForms } from './store/forms.ts';
import { createHints } from './store/hints.ts';
import { createKeyTroubles } from './store/key-troubles.ts';
import { createMarks } from './store/marks.ts';
import { createPrunings } from './store/prunings.ts';
import { createRestores } from './store/restores.ts';
import { createRuns } from './store/runs.ts';
import { wordIndexFor } from './store/search-engine.ts';
import { createTicketIndex } from './store/search-index.ts';
import { createMirrorLease } from './store/search-lease.ts';
import { createMirrorStore } from './store/search-mirror.ts';
import { createSettledTickets } from './store/settled-tickets.ts';
import { createShownLinks } from './store/shown-links.ts';
import { createStandings } from './store/standings.ts';
import { createTicketMemory } from './store/ticket-memory.ts';
import { createTimers } from './store/timers.ts';
import { createToldReplies } from './store/told-replies.ts';
import { createTraffic } from './store/traffic.ts';
import { countedInMemoryToo } from './syncro/memory-budget.ts';

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
  return {
    db,
    /** Several machines may use it. */
    shared,
    /** What every time in it is compared with. */
    clock: time,
    /** How far this machine's clock is ahead of that. */
    aheadMs: () => databases?.aheadMs() ?? 0,
    runs: createRuns(db),
    restores: createRestores(db),
    prunings: createPrunings(db),
    forms: createForms(db),
    memory: createTicketMemory(passing),
    sealedKeys: createSealedKeys(db),
    keyTroubles: createKeyTroubles(db),
    marks: createMarks(db),
    timers: createTimers(db),
    customers: createCustomers(db),
    audit: createAudit(db),
    settled: createSettledTickets(db),
    digests: createDigests(db),
    digestPosts: createDigestPosts(db),
    hints: createHints(db),
    toldReplies: createToldReplies(db),
    shownLinks: createShownLinks(db),
    deliveries: createDeliveries(db),
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
