import { expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { PatientSqliteDialect } from '../../src/database/patient-sqlite.ts';
import { failureOfSqlite } from '../../src/database/sqlite-failure.ts';

test('a full disk is told as a database that can’t be written, and what was there can still be read', async () => {
  const sqlite = new SqliteDatabase(':memory:');
  const db = new Kysely({ dialect: new PatientSqliteDialect({ database: sqlite }, 0) });
  await sql`create table kept (body text)`.execute(db);
  sqlite.pragma('max_page_count = 3');
  const body = 'x'.repeat(3_000);
  const write = async (): Promise<void> => {
    for (;;) await sql`insert into kept values (${body})`.execute(db);
  };
  await expect(write()).rejects.toMatchObject({
    code: 'no_database',
    why: 'unwritable',
    message: "The database can't be written: its disk is full (SQLITE_FULL).",
  });
  expect((await sql`select * from kept`.execute(db)).rows.length).toBeGreaterThan(0);
  await db.destroy();
});

test.each([
  ['SQLITE_READONLY', 'no_database', 'its file or its disk is read-only'],
  ['SQLITE_READONLY_DBMOVED', 'no_database', 'its file was moved or deleted'],
  ['SQLITE_IOERR_WRITE', 'no_database', 'its disk fails or is full'],
  ['SQLITE_CANTOPEN', 'no_database', "its file or folder does not exist, or this user can't open it"],
  // The disk may have it, and a crash would bring it back.
  ['SQLITE_IOERR_FSYNC', 'unsure', 'its disk fails or is full'],
])('%s is told as %s: %s', (code, told, why) => {
  const failed = new SqliteDatabase.SqliteError('disk trouble', code);
  expect(failureOfSqlite(failed)).toMatchObject({
    code: told,
    why: 'unwritable',
    message: `The database can't be written: ${why} (${code}).`,
  });
});

test('a mistake in a statement stays what it is', () => {
  const mistake = new SqliteDatabase.SqliteError('no such table: x', 'SQLITE_ERROR');
  expect(failureOfSqlite(mistake)).toBe(mistake);
});
