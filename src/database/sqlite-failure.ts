import SqliteDatabase from 'better-sqlite3';
import { AppError } from '../shared/errors.ts';

/** Told of what can't be written to, by SQLite's code; the first that fits. @see https://www.sqlite.org/rescode.html */
const UNWRITABLE: ReadonlyArray<readonly [RegExp, string]> = [
  [/^SQLITE_FULL/, 'its disk is full'],
  [/^SQLITE_READONLY_DBMOVED/, 'its file was moved or deleted'],
  [/^SQLITE_READONLY/, 'its file or its disk is read-only'],
  [/^SQLITE_IOERR/, 'its disk fails or is full'],
  [/^SQLITE_CANTOPEN/, "its file or folder does not exist, or this user can't open it"],
];

/** The disk did not say whether it has what it was given: after a crash it may be there. */
const UNSURE = /^SQLITE_IOERR_(DIR_)?FSYNC/;

/** What a failed statement means to whoever asked; what is no trouble of the disk stays as it is. */
export const failureOfSqlite = (error: unknown): unknown => {
  if (!(error instanceof SqliteDatabase.SqliteError)) return error;
  const reason = UNWRITABLE.find(([code]) => code.test(error.code))?.[1];
  if (reason === undefined) return error;
  return new AppError(
    UNSURE.test(error.code) ? 'unsure' : 'no_database',
    `The database can't be written: ${reason} (${error.code}).`,
    { retryable: true, why: 'unwritable', cause: error },
  );
};
