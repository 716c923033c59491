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
import type { Database } from '../schema.ts';
import { BACKUP, noteTime } from './backup-mark.ts';
import { type Contents, checkSqlite } from './check-sqlite.ts';

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

export type BackedUp = Contents & { readonly bytes: number };

/** One file without a log beside it, which says of itself that it is a backup. */
const finish = async (file: string, now: number): Promise<Contents> => {
  const sqlite = new SqliteDatabase(file);
  try {
    sqlite.pragma('journal_mode = DELETE');
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
    const contents = await checkSqlite(sqlite);
    await noteTime(db, BACKUP, now);
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
    const contents = await finish(part, now);
    chmodSync(part, 0o600);
    toDisk(part);
    if (existsSync(to)) throw new Error(`${to} is there already; backups are never overwritten`);
    renameSync(part, to);
    toDisk(dirname(to));
    return { ...contents, bytes: statSync(to).size };
  } finally {
    for (const rest of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(rest, { force: true });
  }
};
