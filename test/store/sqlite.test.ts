import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { createRuns } from '../../src/store/runs.ts';
import type { Database } from '../../src/store/schema.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { auditContract } from './audit-contract.ts';
import { budgetContract } from './budget-contract.ts';
import { connectedKeysContract } from './connected-keys-contract.ts';
import { aRunOn, type NewStore } from './contract.ts';
import { customersContract } from './customers-contract.ts';
import { digestsContract } from './digests-contract.ts';
import { formsContract, ticketMemoryContract } from './forms-contract.ts';
import { journalContract } from './journal-contract.ts';
import { leaseContract } from './lease-contract.ts';
import { settledContract } from './settled-contract.ts';
import { timersContract } from './timers-contract.ts';

/** A file in a directory of its own; each opening is one more connection to it. */
const newFile: NewStore = () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'));
  const opened: Kysely<Database>[] = [];
  return {
    open: async () => {
      const db = await openSqlite(join(dir, 'data', 'test.db'));
      opened.push(db);
      return db;
    },
    drop: async () => {
      await Promise.all(opened.map((db) => db.destroy()));
      rmSync(dir, { recursive: true });
    },
  };
};

describe('SQLite', () => {
  journalContract(newFile);
  leaseContract(newFile);
  formsContract(newFile);
  ticketMemoryContract(newFile);
  budgetContract(newFile);
  settledContract(newFile);
  auditContract(newFile);
  digestsContract(newFile);
  customersContract(newFile);
  timersContract(newFile);
  connectedKeysContract(newFile);

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

  test('works in memory', async () => {
    const db = await openSqlite(':memory:');
    expect(await createRuns(db).add(aRunOn(1))).toEqual({ result: 'added' });
    await db.destroy();
  });
});
