import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Log } from '../src/app/ports.ts';
import { startPostgres } from '../src/sandbox/postgres/start-postgres.ts';
import { openPostgres } from '../src/store/postgres.ts';
import { createPostgresPool } from '../src/store/postgres-pool.ts';
import type { Database } from '../src/store/schema.ts';
import { openSqlite } from '../src/store/sqlite.ts';

export const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A new database, with what is bare in it. */
export type OpenEngine = {
  readonly db: Kysely<Database>;
  /** The engine's own statement for a word, without rank, order, filters. */
  readonly bare: (word: string) => Promise<unknown>;
  /** After what was filled in is where it stays. */
  readonly settle: () => Promise<unknown>;
  readonly megabytes: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type Engine = {
  readonly name: string;
  /** Throws where there is no such engine. */
  readonly open: () => Promise<OpenEngine>;
};

const sqlite: Engine = {
  name: 'SQLite',
  open: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'bench-search-'));
    const file = join(dir, 'bench.db');
    const db = await openSqlite(file);
    return {
      db,
      bare: (word) => sql`select rowid from search_words where search_words match ${`"${word}"`} limit 20`.execute(db),
      settle: () => sql`pragma wal_checkpoint(truncate)`.execute(db),
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
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool: createPostgresPool(url, { log: quiet }) }) });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
};

const postgres: Engine = {
  name: 'Postgres',
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
          sql`select ticket_id from search_words where words @@ ${`'${word}'`}::tsquery limit 20`.execute(db),
        // As its own housekeeping does, a minute later.
        settle: () => sql`vacuum analyze`.execute(db),
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
