import { resolve } from 'node:path';
import type { Clock } from './app/ports.ts';
import type { Config } from './config.ts';
import { createAudit } from './store/audit.ts';
import { createBudget } from './store/budget.ts';
import { createSealedKeys } from './store/connected-keys.ts';
import { createCustomers } from './store/customers.ts';
import { createDigestPosts } from './store/digest-posts.ts';
import { createDigests } from './store/digests.ts';
import { createForms } from './store/forms.ts';
import { createRuns } from './store/runs.ts';
import { createSettledTickets } from './store/settled-tickets.ts';
import { openPassing, openSqlite } from './store/sqlite.ts';
import { createTicketMemory } from './store/ticket-memory.ts';
import { createTimers } from './store/timers.ts';

/** Everything that is kept, over one database. */
export const openStore = async (config: Config, clock: Clock) => {
  const name = config.env.DATABASE_URL.replace(/^sqlite:/, '');
  const file = name === ':memory:' ? name : resolve(name);
  const db = await openSqlite(file);
  // The requests of the last minute: when a machine is back after a power cut, they count no more.
  const passing = file === ':memory:' ? db : openPassing(file);
  return {
    close: async (): Promise<void> => {
      await Promise.all([db.destroy(), passing.destroy()]);
    },
    runs: createRuns(db),
    forms: createForms(db),
    memory: createTicketMemory(db),
    sealedKeys: createSealedKeys(db),
    timers: createTimers(db),
    customers: createCustomers(db),
    audit: createAudit(db),
    settled: createSettledTickets(db),
    digests: createDigests(db),
    digestPosts: createDigestPosts(db),
    budget: createBudget(passing, config.settings.syncro.requests_per_minute, clock),
  };
};

export type Store = Awaited<ReturnType<typeof openStore>>;
