import { afterEach, beforeEach } from '@jest/globals';
import type { Kysely } from 'kysely';
import { createPrunings, type OldRows } from '../../src/database/prune.ts';
import type { Database } from '../../src/database/schema.ts';
import type { BillRun } from '../../src/runs/rules/run.ts';
import { ticketId } from '../../src/syncro/ticket.ts';
import { aRun } from '../runs/rules/a-run.ts';

/** An empty database that can be opened several times, as several processes do. */
export type Store = {
  readonly open: () => Promise<Kysely<Database>>;
  /** Closes what was opened and throws the database away. */
  readonly drop: () => Promise<void>;
};

/** Makes an empty database; each engine brings its own, every engine runs the same contract. */
export type NewStore = () => Store | Promise<Store>;

/** Opens connections to a database that is new for each test. */
export const eachTest = (newStore: NewStore): { readonly open: () => Promise<Kysely<Database>> } => {
  let store: Store | undefined;
  beforeEach(async () => {
    store = await newStore();
  });
  afterEach(() => store?.drop());
  return {
    open: () => {
      if (!store) throw new Error('Open a database inside a test');
      return store.open();
    },
  };
};

/** Deletes what is old at that moment. How many rows there were. */
export const prune = async (db: Kysely<Database>, old: OldRows, now: number, limit = 100): Promise<number> => {
  const [pruning] = createPrunings(db, [old]);
  return pruning?.prune(now - old.keptMs, limit) ?? 0;
};

/** A run on a ticket of its own. */
export const aRunOn = (ticket: number, fields: Partial<BillRun> = {}): BillRun => {
  const run = aRun();
  return {
    ...run,
    id: `run-${ticket}`,
    formId: `form-${ticket}`,
    ticket: { ...run.ticket, id: ticketId(ticket) },
    ...fields,
  };
};
