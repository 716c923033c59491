import { expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrate } from '../../src/database/migrate.ts';
import { journal } from '../../src/database/migrations/0001-journal.ts';
import type { Database } from '../../src/database/schema.ts';
import { createBudget } from '../../src/syncro/store/budget.ts';
import { noon } from '../runs/rules/a-ticket.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';

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
