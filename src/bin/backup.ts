import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sqliteFile, withoutPassword } from '../config/database-url.ts';
import { backUpSqlite } from '../database/backup/back-up-sqlite.ts';
import { counted, databaseUrl, end, wordsOf } from './command-line.ts';

/** `syncro-slack backup <folder or new file>`: a checked copy of the database, made while the app runs. */

const url = databaseUrl();
const file = sqliteFile(url);
if (file === null)
  end(
    2,
    `This is a PostgreSQL database. Back it up with PostgreSQL's own tool, in the server's version or newer:\n` +
      `  pg_dump --format=custom --no-owner --file=syncro-slack.dump '${withoutPassword(url)}'`,
  );
const [target] = process.argv.slice(2);
if (!target) end(2, 'Where to? Usage: syncro-slack backup <folder or new file>');

const now = Date.now();
const isFolder = (path: string): boolean => path.endsWith('/') || (existsSync(path) && statSync(path).isDirectory());
const stamp = new Date(now).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
const to = resolve(isFolder(target ?? '') ? join(target ?? '', `syncro-slack-${stamp}.db`) : (target ?? ''));

try {
  const { bytes, schema, runs, unfinished, untold } = await backUpSqlite(file ?? '', to, now);
  const metric = untold ? ` This could not be reported to the app's metrics: ${untold}` : '';
  end(
    0,
    `${to}: ${bytes} bytes, schema ${schema}, ${counted(runs, 'run')}, ${unfinished} unfinished; checked.${metric}`,
  );
} catch (error) {
  end(1, `No backup was made: ${wordsOf(error)}`);
}
