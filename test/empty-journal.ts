import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../src/database/sqlite.ts';

let made: Promise<Buffer> | undefined;

const make = async (): Promise<Buffer> => {
  const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-empty-'));
  try {
    const file = join(dir, 'journal.db');
    await (await openSqlite(file)).destroy();
    return readFileSync(file);
  } finally {
    rmSync(dir, { recursive: true });
  }
};

/** A database file with every table and no row: to copy it takes a tenth of the time that the migrations take. */
export const emptyJournal = (): Promise<Buffer> => (made ??= make());
