import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Database } from '../../src/database/schema.ts';
import { openPassing, openSqlite } from '../../src/database/sqlite.ts';
import type { Runs } from '../../src/runs/ports.ts';
import { createRuns } from '../../src/runs/store/runs.ts';
import { createBudget } from '../../src/syncro/store/budget.ts';
import { emptyJournal } from '../empty-journal.ts';
import { customersContract } from '../features/customers/store/customers-contract.ts';
import { digestsContract } from '../features/digests/store/digests-contract.ts';
import { connectedKeysContract } from '../features/keys/store/connected-keys-contract.ts';
import { keyTroublesContract } from '../features/keys/store/key-troubles-contract.ts';
import { promisesContract } from '../features/later/store/promises-contract.ts';
import { notificationsContract } from '../features/replies/store/notifications-contract.ts';
import { searchContract } from '../features/search/store/search-contract.ts';
import { settledContract } from '../features/tickets/store/settled-contract.ts';
import { timersContract } from '../features/time/store/timers-contract.ts';
import { standingsContract } from '../metrics/standings-contract.ts';
import { minute, noon } from '../runs/rules/a-ticket.ts';
import { auditContract } from '../runs/store/audit-contract.ts';
import { formsContract, ticketMemoryContract } from '../runs/store/forms-contract.ts';
import { journalContract } from '../runs/store/journal-contract.ts';
import { deliveriesContract } from '../slack/deliveries-contract.ts';
import { budgetContract } from '../syncro/store/budget-contract.ts';
import { aRunOn, type NewStore } from './contract.ts';
import { lastTimesContract } from './last-times-contract.ts';
import { leaseContract } from './lease-contract.ts';
import { pruningsContract } from './prunings-contract.ts';
import { restoresContract } from './restores-contract.ts';

/** A file in a directory of its own; each opening is one more connection to it. */
const newFile: NewStore = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'));
  const file = join(dir, 'test.db');
  writeFileSync(file, await emptyJournal());
  const opened: Kysely<Database>[] = [];
  return {
    open: async () => {
      const db = await openSqlite(file);
      opened.push(db);
      return db;
    },
    drop: async () => {
      await Promise.all(opened.map((db) => db.destroy()));
      rmSync(dir, { recursive: true });
    },
  };
};

/** How the engine carries out what is asked of it. */
const plansOf = async (
  db: Kysely<Database>,
  ask: (spied: Kysely<Database>) => Promise<unknown>,
): Promise<readonly string[]> => {
  const asked: CompiledQuery[] = [];
  const spied = db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      asked.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  await ask(spied);
  expect(asked).not.toEqual([]);
  const explained = asked.map((query) =>
    db.executeQuery<{ detail: string }>(CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters])),
  );
  return (await Promise.all(explained)).flatMap(({ rows }) => rows.map(({ detail }) => detail));
};

describe('SQLite', () => {
  journalContract(newFile);
  leaseContract(newFile);
  formsContract(newFile);
  ticketMemoryContract(newFile);
  budgetContract(newFile);
  searchContract(newFile);
  settledContract(newFile);
  auditContract(newFile);
  digestsContract(newFile);
  customersContract(newFile);
  timersContract(newFile);
  connectedKeysContract(newFile);
  restoresContract(newFile);
  pruningsContract(newFile);
  keyTroublesContract(newFile);
  lastTimesContract(newFile);
  notificationsContract(newFile);
  promisesContract(newFile);
  deliveriesContract(newFile);
  standingsContract(newFile);

  test('keeps its file from other people', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'store-'));
    const file = join(dir, 'new', 'test.db');
    const db = await openSqlite(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await db.destroy();
    rmSync(dir, { recursive: true });
  });

  test('keeps what was stored when the last process has closed the file', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'store-'));
    const file = join(dir, 'test.db');
    const before = await openSqlite(file);
    await createRuns(before).add(aRunOn(1));
    await before.destroy();
    const after = await openSqlite(file);
    expect(await createRuns(after).get('run-1')).toEqual(aRunOn(1));
    await after.destroy();
    rmSync(dir, { recursive: true });
  });

  test.each<[string, (runs: Runs) => Promise<unknown>]>([
    ['whose leases are held', (runs) => runs.holders()],
    ['what is due', (runs) => runs.claim('alpha', noon, minute)],
    ['what is not shown', (runs) => runs.claimUnshown(noon, minute, 40)],
    ['what ended on a ticket', (runs) => runs.endedOn(1, noon)],
    ['who is asked', (runs) => runs.asking()],
    ['which clocks are taken', (runs) => runs.ofTimers(['a', 'b'])],
  ])('finds %s without reading the whole journal', async (_what, ask) => {
    const db = await openSqlite(':memory:');
    for (const plan of await plansOf(db, (spied) => ask(createRuns(spied))))
      expect(plan).not.toMatch(/SCAN runs(?! USING)/);
    await db.destroy();
  });

  test('works in memory', async () => {
    const db = await openSqlite(':memory:');
    expect(await createRuns(db).add(aRunOn(1))).toEqual({ result: 'added' });
    await db.destroy();
  });
});

test('requests that were noted without waiting for the disk count for the next process too', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'));
  const file = join(dir, 'test.db');
  const clock = { now: () => noon, sleep: () => Promise.resolve() };
  const first = [await openSqlite(file), openPassing(file)] as const;
  const budget = createBudget(first[1], 4, clock);
  expect([await budget.take(0), await budget.take(0), await budget.take(0)]).toEqual([0, 0, 0]);
  const next = await openSqlite(file);
  expect(await createBudget(next, 4, clock).take(0)).toBeGreaterThan(0);
  await Promise.all([...first, next].map((db) => db.destroy()));
  rmSync(dir, { recursive: true });
});

test('a query that is asked again with other values answers for those', async () => {
  const db = await openSqlite(':memory:');
  const budget = createBudget(db, 180, { now: () => noon, sleep: () => Promise.resolve() });
  for (let i = 0; i < 3; i++) await budget.take(0);
  const count = async (from: number) =>
    (await db.selectFrom('request_slots').select('sent_at').where('sent_at', '>=', from).execute()).length;
  expect([await count(noon), await count(noon + 1), await count(noon)]).toEqual([3, 0, 3]);
  await db.destroy();
});
