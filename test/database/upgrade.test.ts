import { expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrate } from '../../src/database/migrate.ts';
import { journal } from '../../src/database/migrations/0001-journal.ts';
import type { Database } from '../../src/database/schema.ts';
import { createBudget } from '../../src/syncro/store/budget.ts';
import { noon } from '../runs/rules/a-ticket.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';
import { expectFoundAfterUpgrade } from './search-upgrade.ts';

test('an upgrade forgets no request of the last minute', async () => {
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: new SqliteDatabase(':memory:') }) });
  const old = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ '0001-journal': journal }) } });
  expect((await old.migrateToLatest()).error).toBeUndefined();
  const requests = db as unknown as Kysely<{ requests: { sent_at: number } }>;
  const sent = [
    ...Array.from({ length: 300 }, () => noon - 120_000),
    ...Array.from({ length: 15 }, (_, i) => noon - i),
  ];
  await requests
    .insertInto('requests')
    .values(sent.map((sent_at) => ({ sent_at })))
    .execute();
  await migrate(db);
  const budget = createBudget(db, 20, aManualClock());
  let granted = 0;
  while ((await budget.take(0)) === 0) granted += 1;
  expect(granted).toBe(4);
  await db.destroy();
});

test('an upgrade makes the words of the search index anew from the copy', async () => {
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: new SqliteDatabase(':memory:') }) });
  await expectFoundAfterUpgrade(db, async () => {
    await sql`insert into search_heads (rowid, subject, about, marks) values (1, 'wi fi is slow', '', '')`.execute(db);
    await sql`insert into search_words (rowid, talk, marks) values (1, 'wi fi is slow toner', '')`.execute(db);
  });
  await db.destroy();
});
