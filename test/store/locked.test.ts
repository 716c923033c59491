import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { createMarks } from '../../src/store/marks.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { noon } from '../domain/a-ticket.ts';

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
  return { db, other, marks: createMarks(db) };
};

test('a write waits for the lock without holding the process, and is done once it is gone', async () => {
  const { db, other, marks } = await locked();
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 20);
  const write = marks.set('member:U1', noon);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(turns).toBeGreaterThan(10);
  other.exec('rollback');
  await write;
  expect(await marks.at('member:U1')).toBe(noon);
  clearInterval(turning);
  other.close();
  await db.destroy();
});

test('a lock that stays is told as a database that is away, and nothing was stored', async () => {
  const { db, other, marks } = await locked();
  await expect(marks.set('member:U1', noon)).rejects.toMatchObject({ code: 'no_database', retryable: true });
  other.exec('rollback');
  expect(await marks.at('member:U1')).toBeNull();
  other.close();
  await db.destroy();
});
