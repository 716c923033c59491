import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { type Contents, finishBackup, toDisk } from './back-up-sqlite.ts';

export const STILL_RUNNING = 'the app is still running: stop it first';
export const isBusy = (error: unknown): boolean => (error as { code?: string }).code === 'SQLITE_BUSY';

/** Leaving WAL needs the file for oneself alone, so it fails while the app has it open; the log is in the file then. */
const takeAlone = (file: string): void => {
  const sqlite = new SqliteDatabase(file, { timeout: 0 });
  try {
    sqlite.pragma('journal_mode = DELETE');
  } catch (error) {
    if (isBusy(error)) throw new Error(STILL_RUNNING);
    // A database that is damaged is what a backup is for: it is put aside as it is.
  } finally {
    sqlite.close();
  }
};

type RestoredFile = Contents & { readonly putAside: string | null };

/**
 * Puts a backup in the place of a database that nobody uses; what was there is kept beside it.
 * @throws Error when the backup is not whole or the app runs; then nothing was changed
 */
export const restoreSqlite = async (backup: string, file: string, now: number): Promise<RestoredFile> => {
  if (!existsSync(backup)) throw new Error(`there is no file ${backup}`);
  mkdirSync(dirname(file), { recursive: true });
  const copy = `${file}.restoring`;
  rmSync(copy, { force: true });
  try {
    copyFileSync(backup, copy, constants.COPYFILE_EXCL);
    chmodSync(copy, 0o600);
    // A copy made by hand while the app ran has its newest changes in the log beside it.
    if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${copy}-wal`);
    const contents = await finishBackup(copy, Math.trunc(statSync(backup).mtimeMs), false);
    toDisk(copy);
    const putAside = existsSync(file)
      ? `${file}.before-restore-${new Date(now).toISOString().replace(/\D/g, '')}`
      : null;
    if (putAside) {
      takeAlone(file);
      for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, putAside + end);
    }
    renameSync(copy, file);
    toDisk(dirname(file));
    return { ...contents, putAside };
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(copy + end, { force: true });
  }
};
