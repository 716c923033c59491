import { renameSync, writeFileSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';

/**
 * Where a backup tells the app that it was made. Beside the database, not in it: a backup only reads the database, whoever
 * makes it, and a database that is put in its place forgets no later one.
 */
const noteOf = (file: string): string => `${file}.last-backup`;

/** @returns null, or why the app can't be told; the backup is no worse for it */
export const noteBackup = (file: string, at: number): string | null => {
  const part = `${noteOf(file)}.part-${process.pid}`;
  try {
    writeFileSync(part, `${new Date(at).toISOString()}\n`);
    // In the place of another user's, too.
    renameSync(part, noteOf(file));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** What is known of the place where the database's file is. */
export type Storage = {
  /** Epoch milliseconds; `null`: none was made yet. */
  readonly lastBackupAt: number | null;
  readonly freeBytes: number;
  readonly sizeBytes: number;
};

const lastBackupAt = async (file: string): Promise<number | null> => {
  const at = Date.parse((await readFile(noteOf(file), 'utf8').catch(() => '')).trim());
  return Number.isNaN(at) ? null : at;
};

/** @throws when the disk can't be asked */
export const readStorage = async (file: string): Promise<Storage> => {
  const [at, { bavail, blocks, bsize }] = await Promise.all([lastBackupAt(file), statfs(file)]);
  return { lastBackupAt: at, freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
};
