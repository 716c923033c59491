import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { createLastTimes } from '../../src/database/last-times.ts';
import { openPassing, openSqlite } from '../../src/database/sqlite.ts';
import { createTicketMemory } from '../../src/features/tickets/store/ticket-memory.ts';
import { countedInMemoryToo } from '../../src/syncro/memory-budget.ts';
import { createBudget } from '../../src/syncro/store/budget.ts';
import { aTicket, jerrysNumber, minute, noon } from '../runs/rules/a-ticket.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'locked-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A database that another program has locked for writing. */
const locked = async () => {
  const file = join(dir, 'journal.db');
  const db = await openSqlite(file);
  const other = new SqliteDatabase(file);
  other.exec('begin immediate');
  return { file, db, other, times: createLastTimes(db) };
};

const since = (began: number): number => performance.now() - began;

test('a write waits for the lock without holding the process, and is done once it is gone', async () => {
  const { db, other, times } = await locked();
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 20);
  const write = times.set('member:U1', noon);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(turns).toBeGreaterThan(10);
  other.exec('rollback');
  await write;
  expect(await times.at('member:U1')).toBe(noon);
  clearInterval(turning);
  other.close();
  await db.destroy();
});

test('a lock that stays is told as a database that is away, and nothing was stored', async () => {
  const { db, other, times } = await locked();
  await expect(times.set('member:U1', noon)).rejects.toMatchObject({ code: 'no_database', retryable: true });
  other.exec('rollback');
  expect(await times.at('member:U1')).toBeNull();
  other.close();
  await db.destroy();
});

test('what only reads does not wait behind writes that wait for the lock', async () => {
  const { db, other, times } = await locked();
  const write = times.set('member:U1', noon).catch((error: unknown) => error);
  const began = performance.now();
  for (let i = 0; i < 20; i++) expect(await times.at('member:U1')).toBeNull();
  expect(since(began)).toBeLessThan(1_000);
  other.exec('rollback');
  expect(await write).toBeUndefined();
  other.close();
  await db.destroy();
});

test('no write waits longer because others wait, and trying again does not hold the process', async () => {
  const { db, other, times } = await locked();
  const began = performance.now();
  const writes = Array.from({ length: 20 }, (_, i) => times.set(`member:U${i}`, noon).catch((e: unknown) => e));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 20);
  await new Promise((resolve) => setTimeout(resolve, 500));
  clearInterval(turning);
  expect(turns).toBeGreaterThan(5);
  for (const error of await Promise.all(writes)) expect(error).toMatchObject({ code: 'no_database' });
  expect(since(began)).toBeLessThan(5_000);
  other.close();
  await db.destroy();
});

test('a transaction of our own, which what others do meanwhile would be part of, is refused', async () => {
  const db = await openSqlite(join(dir, 'journal.db'));
  await expect(db.transaction().execute(() => Promise.resolve())).rejects.toThrow(/no transactions/);
  await db.destroy();
});

test('requests go on while the file is locked, and no minute sees more of them than Syncro allows', async () => {
  const { file, db, other } = await locked();
  other.exec('rollback');
  const passing = openPassing(file);
  const clock = aManualClock();
  const budget = countedInMemoryToo(createBudget(passing, 20, clock), 20, clock);
  const take = async (times: number): Promise<number> => {
    let granted = 0;
    for (let i = 0; i < times; i++) if ((await budget.take(0)) === 0) granted += 1;
    return granted;
  };
  expect(await take(9)).toBe(9);
  other.exec('begin immediate');
  const began = performance.now();
  expect(await take(6)).toBe(6);
  expect(since(began)).toBeLessThan(1_000);
  other.exec('rollback');
  clock.at += 2_000;
  // 19 of 20 are spent, wherever they were counted.
  expect(await take(10)).toBe(4);
  expect(await budget.take(0)).toBeLessThanOrEqual(1_000);
  clock.at += minute;
  expect(await take(20)).toBe(15);
  other.close();
  await Promise.all([passing.destroy(), db.destroy()]);
});

test('a 429 that is seen while the file is locked stops this process', async () => {
  const { file, db, other } = await locked();
  const passing = openPassing(file);
  const clock = aManualClock();
  const budget = countedInMemoryToo(createBudget(passing, 20, clock), 20, clock);
  await budget.pauseUntil(clock.now() + 30_000);
  expect(await budget.take(0)).toBe(30_000);
  other.close();
  await Promise.all([passing.destroy(), db.destroy()]);
});

test('whoever read a ticket does not hear that its number could not be remembered', async () => {
  const { file, db, other } = await locked();
  const passing = openPassing(file);
  const memory = createTicketMemory(passing);
  const { id, number, subject, customerId, customerName } = aTicket();
  await memory.remember({ id, number, subject, customerId, customerName });
  expect(await memory.recall(jerrysNumber)).toBeNull();
  other.close();
  await Promise.all([passing.destroy(), db.destroy()]);
});
