import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { startPostgres } from '../sandbox/postgres/start-postgres.ts';
import { openPostgres } from '../src/database/postgres.ts';
import { createPostgresPool } from '../src/database/postgres-pool.ts';
import type { Database } from '../src/database/schema.ts';
import { openSqlite } from '../src/database/sqlite.ts';
import type { Log } from '../src/shared/system.ts';

export const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A new database, with what is bare in it. */
export type OpenEngine = {
  readonly db: Kysely<Database>;
  /** The engine's own statement for a word, without rank, order, filters. */
  readonly bare: (word: string) => Promise<unknown>;
  /** Does what would take long one by one, and has everything where it stays afterwards. */
  readonly filling: (work: (db: Kysely<Database>) => Promise<void>) => Promise<void>;
  readonly megabytes: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type Engine = {
  readonly name: string;
  /** The goal for a p95. */
  readonly goalMs: number;
  /** Throws where there is no such engine. */
  readonly open: () => Promise<OpenEngine>;
};

const sqlite: Engine = {
  name: 'SQLite',
  goalMs: 20,
  open: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'bench-search-'));
    const file = join(dir, 'bench.db');
    const db = await openSqlite(file);
    return {
      db,
      bare: (word) => sql`select rowid from search_words where search_words match ${`"${word}"`} limit 20`.execute(db),
      filling: async (work) => {
        await work(db);
        await sql`pragma wal_checkpoint(truncate)`.execute(db);
      },
      megabytes: () => Promise.resolve(statSync(file).size / 1e6),
      close: async () => {
        await db.destroy();
        rmSync(dir, { recursive: true });
      },
    };
  },
};

/** As a server comes, and not as the tests' one, which has little memory and never waits for its disk. */
const AS_IT_COMES = ['fsync=on', 'full_page_writes=on', 'shared_buffers=128MB'];

const administer = async (url: string, work: (db: Kysely<never>) => Promise<unknown>): Promise<void> => {
  const db = new Kysely<never>({
    dialect: new PostgresDialect({ pool: createPostgresPool(url, { log: quiet, hurried: false }) }),
  });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
};

const wordIndexes = async (db: Kysely<Database>) => {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes where indexdef like '%USING gin%'`.execute(db);
  return rows;
};

const postgres: Engine = {
  name: 'Postgres',
  goalMs: 100,
  open: async () => {
    const given = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '') ? process.env.DATABASE_URL : undefined;
    const embedded = given ? null : await startPostgres(AS_IT_COMES);
    const server = given ?? embedded?.url() ?? '';
    const name = `syncro_slack_bench_${randomBytes(4).toString('hex')}`;
    const close = async (): Promise<void> => {
      if (embedded) await embedded.close();
      else await administer(server, (db) => sql`drop database if exists ${sql.id(name)} with (force)`.execute(db));
    };
    try {
      await administer(server, (db) => sql`create database ${sql.id(name)}`.execute(db));
      const url = new URL(server);
      url.pathname = `/${name}`;
      const db = await openPostgres(url.href, { log: quiet });
      return {
        db,
        bare: (word) =>
          sql`select ticket_id from search_words where words @@ ${`'t${word}'`}::tsquery limit 20`.execute(db),
        filling: async (work) => {
          const indexes = await wordIndexes(db);
          for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(db);
          url.searchParams.set('options', '-c synchronous_commit=off');
          const hasty = await openPostgres(url.href, { log: quiet });
          await work(hasty);
          await hasty.destroy();
          await administer(url.href, async (unhurried) => {
            for (const { definition } of indexes) await sql.raw(definition).execute(unhurried);
            // As its own housekeeping does, a minute later.
            await sql`vacuum analyze`.execute(unhurried);
            if (embedded) await sql`checkpoint`.execute(unhurried);
          });
        },
        megabytes: async () => {
          const { rows } = await sql<{ bytes: number }>`
            select pg_database_size(current_database()) as bytes`.execute(db);
          return (rows[0]?.bytes ?? Number.NaN) / 1e6;
        },
        close: async () => {
          await db.destroy();
          await close();
        },
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

export const ENGINES: readonly Engine[] = [sqlite, postgres];
