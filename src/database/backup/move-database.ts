import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import { nameOfDatabase, sqliteFile } from '../../config/database-url.ts';
import type { Log } from '../../shared/system.ts';
import { isPostgres } from '../engine.ts';
import { BACKUP, noteTime } from '../last-times.ts';
import { lookAtDatabase } from '../look-at-database.ts';
import { askForWords } from '../migrations/0011-words-anew.ts';
import { openDatabase } from '../open-database.ts';
import { createPostgresPool } from '../postgres-pool.ts';
import type { Database } from '../schema.ts';
import { toDisk } from './back-up-sqlite.ts';
import { isBusy, STILL_RUNNING } from './restore-sqlite.ts';

type Rows = Readonly<Record<string, unknown>>;
type Side = { readonly db: Kysely<Database>; readonly url: string };
type Table = { readonly name: string; readonly columns: readonly string[] };

/** The words of the search: each engine has tables of its own for them, which are filled from what is moved. */
const DERIVED = /^search_(heads|words)(_|$)/;

const unhurried = (url: string, log: Log): Kysely<Database> =>
  new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPostgresPool(url, { log, hurried: false }) }) });

/** A file that nobody else can read or write until it is closed. */
const openAlone = (file: string): Kysely<Database> => {
  const sqlite = new SqliteDatabase(file, { timeout: 0, fileMustExist: true });
  try {
    // Fails while the app has it open.
    sqlite.pragma('journal_mode = DELETE');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.exec('begin exclusive; commit');
  } catch (error) {
    sqlite.close();
    throw isBusy(error) ? new Error(`${file}: ${STILL_RUNNING}`) : error;
  }
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
};

const tablesOf = async (db: Kysely<Database>): Promise<readonly Table[]> => {
  const schema = isPostgres(db)
    ? (await sql<{ name: string }>`select current_schema() as name`.execute(db)).rows[0]?.name
    : undefined;
  return (await db.introspection.getTables())
    .filter((table) => table.schema === schema && !table.isView && !DERIVED.test(table.name))
    .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name).sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** An autovacuum gives way after a second. */
const LOCK_WAIT = '5s';

/** The server may take a moment to let go of connections that were closed. */
const LOOKS = 20;

/** A copy of the app is known by the name of its connections, which is that of ours unless the address gives another. */
const isConnected = async (db: Kysely<Database>): Promise<boolean> => {
  for (let i = 0; i < LOOKS; i++) {
    const { rows } = await sql`select pid from pg_stat_activity where datname = current_database()
      and application_name = current_setting('application_name') and pid <> pg_backend_pid()`.execute(db);
    if (rows.length === 0) return false;
    await sql`select pg_stat_clear_snapshot(), pg_sleep(0.1)`.execute(db);
  }
  return true;
};

/** Nobody else reads or writes until the transaction ends; whoever did before is connected still. */
const holdPostgres = async ({ db, url }: Side, tables: readonly Table[]): Promise<void> => {
  const stillRunning = `${nameOfDatabase(url)}: ${STILL_RUNNING}`;
  await sql`set local lock_timeout = ${sql.lit(LOCK_WAIT)}`.execute(db);
  const all = [DEFAULT_MIGRATION_TABLE, ...tables.map((table) => table.name)].map((table) => sql.table(table));
  try {
    await sql`lock table ${sql.join(all)} in access exclusive mode`.execute(db);
  } catch (error) {
    throw new Error(stillRunning, { cause: error });
  }
  if (await isConnected(db)) throw new Error(stillRunning);
};

const count = async (db: Kysely<Database>, { name }: Table): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db);
  return Number(rows[0]?.n ?? 0);
};

/** Few enough that all their values fit into one statement. */
const BATCH = 500;

/** Every row, a batch at a time. */
async function* batchesOf(db: Kysely<Database>, { name }: Table): AsyncGenerator<readonly Rows[]> {
  const all = sql<Rows>`select * from ${sql.table(name)}`;
  if (isPostgres(db)) {
    await sql`declare moved cursor for ${all}`.execute(db);
    for (;;) {
      const { rows } = await sql<Rows>`fetch ${sql.lit(BATCH)} from moved`.execute(db);
      if (rows.length === 0) break;
      yield rows;
    }
    await sql`close moved`.execute(db);
    return;
  }
  let batch: Rows[] = [];
  const stream = db
    .selectFrom(name as keyof Database)
    .selectAll()
    .stream();
  for await (const row of stream) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Postgres takes no zero byte in a text. */
const storable = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\0', '') : value);

const copy = async (from: Kysely<Database>, to: Kysely<Database>, table: Table): Promise<void> => {
  const into = sql`insert into ${sql.table(table.name)} (${sql.join(table.columns.map((name) => sql.ref(name)))})`;
  for await (const rows of batchesOf(from, table)) {
    const values = rows.map((row) => sql`(${sql.join(table.columns.map((name) => storable(row[name])))})`);
    await sql`${into} values ${sql.join(values)}`.execute(to);
  }
};

const shapeOf = ({ name, columns }: Table): string => `${name} (${columns.join(', ')})`;

/** @throws Error when the way from one to the other is not known */
const expectSame = (before: readonly Table[], after: readonly Table[]): void => {
  const shapes = [before, after].map((tables) => new Set(tables.map(shapeOf)));
  const differing = shapes.flatMap((some) => [...some]).find((shape) => !shapes.every((some) => some.has(shape)));
  if (differing) throw new Error(`only one side has the table ${differing}`);
};

export type MovedTable = { readonly table: string; readonly before: number; readonly after: number };
/** What is to be said of the audit's chain, the same on both sides. */
type Chain = { readonly rows: number; readonly broken: number | null; readonly lastHash: string | null };
type Moved = { readonly tables: readonly MovedTable[]; readonly audit: Chain };

type Options = {
  readonly now: number;
  readonly log: Log;
  readonly checkAudit: (db: Kysely<Database>) => Promise<Chain>;
};

/** A target that nobody sees before it is whole. */
type Target = { readonly db: Kysely<Database>; readonly finish: () => void; readonly giveUp: () => void };

const openTarget = async (url: string, log: Log): Promise<Target> => {
  const file = sqliteFile(url);
  if (file === null) {
    const state = await lookAtDatabase(url, log);
    if (state.is !== 'new' && state.is !== 'current')
      throw new Error(`${nameOfDatabase(url)} has the schema of another version: name an empty database`);
    await (await openDatabase(url, { log, hurried: false })).destroy();
    return { db: unhurried(url, log), finish: () => undefined, giveUp: () => undefined };
  }
  if (existsSync(file)) throw new Error(`${file} is there already: name a new file`);
  const part = `${file}.moving`;
  const giveUp = (): void => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true });
  };
  giveUp();
  await (await openDatabase(`sqlite:${part}`, { log })).destroy();
  const finish = (): void => {
    toDisk(part);
    if (existsSync(file)) throw new Error(`${file} is there already: name a new file`);
    renameSync(part, file);
    toDisk(dirname(file));
  };
  return { db: openAlone(part), finish, giveUp };
};

const moveRows = async (from: Side, to: Side, checkAudit: Options['checkAudit']): Promise<Moved> => {
  const [before, after] = [from.db, to.db];
  const tables = await tablesOf(before);
  expectSame(tables, await tablesOf(after));
  for (const side of [from, to]) if (isPostgres(side.db)) await holdPostgres(side, tables);
  for (const table of tables)
    if ((await count(after, table)) > 0)
      throw new Error(`${nameOfDatabase(to.url)} is not empty: ${table.name} has rows`);
  for (const table of tables) await copy(before, after, table);
  const counted: MovedTable[] = [];
  for (const table of tables)
    counted.push({ table: table.name, before: await count(before, table), after: await count(after, table) });
  const short = counted.find((one) => one.before !== one.after);
  if (short) throw new Error(`of ${short.before} rows of ${short.table} ${short.after} arrived`);
  const audit = await checkAudit(before);
  if (!isDeepStrictEqual(audit, await checkAudit(after))) throw new Error('the audit did not arrive as it was');
  await askForWords(after);
  return { tables: counted, audit };
};

/**
 * Copies everything into a database that is empty, in one transaction, while nobody uses either. What was left behind counts
 * as a backup from then on: an app that is started on it all the same looks in Syncro before it sends.
 * @throws Error in words, AppError no_database: nothing was moved
 */
export const moveDatabase = async (from: string, to: string, { now, log, checkAudit }: Options): Promise<Moved> => {
  const state = await lookAtDatabase(from, log);
  if (state.is === 'new') throw new Error(`there is no database of this app: ${nameOfDatabase(from)}`);
  if (state.is !== 'current')
    throw new Error(
      `${nameOfDatabase(from)} has the schema of another version: move it with that version, or start this one on it before`,
    );
  const file = sqliteFile(from);
  const source = file === null ? unhurried(from, log) : openAlone(file);
  try {
    const target = await openTarget(to, log);
    try {
      // What stays behind is marked before the new one is there.
      const moved = await target.db.transaction().execute((after) =>
        source.transaction().execute(async (before) => {
          const found = await moveRows({ db: before, url: from }, { db: after, url: to }, checkAudit);
          await noteTime(before, BACKUP, now);
          return found;
        }),
      );
      await target.db.destroy();
      target.finish();
      return moved;
    } finally {
      await target.db.destroy();
      target.giveUp();
    }
  } finally {
    await source.destroy();
  }
};
