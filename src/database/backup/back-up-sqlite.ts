import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { BACKUP, noteTime, timeOf } from '../last-times.ts';
import { appliedMigrations, refuseNewer } from '../migrate.ts';
import type { Database } from '../schema.ts';
import { noteBackup } from './storage.ts';

/** What is in a database file that was found whole. */
export type Contents = { readonly schema: string; readonly runs: number; readonly unfinished: number };

const count = async (db: Kysely<Database>, states?: readonly string[]): Promise<number> => {
  const all = db.selectFrom('runs').select(({ fn }) => fn.countAll<number>().as('n'));
  const { n } = await (states ? all.where('state', 'in', [...states]) : all).executeTakeFirstOrThrow();
  return Number(n);
};

/** @throws Error saying what is wrong: a damaged file, another program's, or one of a newer version */
const check = async (sqlite: SqliteDatabase.Database, db: Kysely<Database>): Promise<Contents> => {
  const found = sqlite.pragma('integrity_check', { simple: true });
  if (found !== 'ok') throw new Error(`the file is damaged: ${String(found)}`);
  const applied = await appliedMigrations(db);
  const schema = applied.at(-1);
  if (schema === undefined) throw new Error('it is no database of this app');
  refuseNewer(applied);
  return { schema, runs: await count(db), unfinished: await count(db, ['open', 'asking']) };
};

/** All pages in one step: in several, a writer in between makes the copy begin again, for ever where it is busy. */
const ALL_PAGES = 0x7fff_ffff;

/** Makes what was written, or renamed in a folder, outlive a power cut. */
export const toDisk = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

type BackedUp = Contents & {
  readonly bytes: number;
  /** Why the app can't be told of it; `null`: it is told. */
  readonly untold: string | null;
};

/**
 * Checks a copy, and makes it one file without a log beside it, which says of itself that it is a backup.
 * @param isAnew false: when it was made stays what the copy itself says, if it does
 */
export const finishBackup = async (file: string, madeAt: number, isAnew: boolean): Promise<Contents> => {
  const sqlite = new SqliteDatabase(file);
  try {
    sqlite.pragma('journal_mode = DELETE');
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
    const contents = await check(sqlite, db);
    if (isAnew || (await timeOf(db, BACKUP)) === null) await noteTime(db, BACKUP, madeAt);
    return contents;
  } finally {
    sqlite.close();
  }
};

/**
 * Copies a database that is in use to a new file, and checks the copy. Writers go on meanwhile.
 * @throws Error when there is no database, the copy's name is taken, or the copy is not whole; then no copy is left
 */
export const backUpSqlite = async (file: string, to: string, now: number): Promise<BackedUp> => {
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`);
  if (existsSync(to)) throw new Error(`${to} is there already; backups are never overwritten`);
  mkdirSync(dirname(to), { recursive: true });
  const part = `${to}.part-${process.pid}`;
  // Nobody else may read it, not even while it is written.
  closeSync(openSync(part, 'wx', 0o600));
  try {
    const source = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
    try {
      await source.backup(part, { progress: () => ALL_PAGES });
    } finally {
      source.close();
    }
    const contents = await finishBackup(part, now, true);
    chmodSync(part, 0o600);
    toDisk(part);
    if (existsSync(to)) throw new Error(`${to} is there already; backups are never overwritten`);
    renameSync(part, to);
    toDisk(dirname(to));
    return { ...contents, bytes: statSync(to).size, untold: noteBackup(file, now) };
  } finally {
    for (const rest of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(rest, { force: true });
  }
};
