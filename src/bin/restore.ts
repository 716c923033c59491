import { sqliteFile, withoutPassword } from '../config/database-url.ts';
import { restoreSqlite } from '../database/backup/restore-sqlite.ts';
import { openExisting } from '../database/open-existing.ts';
import { createRestores } from '../runs/store/restores.ts';
import { createLog } from '../shared/log.ts';
import { counted, databaseUrl, end, wordsOf } from './command-line.ts';

/**
 * `syncro-slack restore <backup>` puts a backup in the database's place. `syncro-slack restore --mark` is for a database that
 * came back in another way (pg_restore, a snapshot of the disk): the next start looks before it sends.
 */

const LOOKS = 'On the next start, the app checks Syncro for unfinished work before it sends anything.';
const [source] = process.argv.slice(2);
const url = databaseUrl();
const file = sqliteFile(url);

const mark = async (): Promise<string> => {
  const db = await openExisting(url, { log: createLog('silent', []) });
  try {
    await createRestores(db).markBackup(Date.now());
  } finally {
    await db.destroy();
  }
  return `Marked as restored. ${LOOKS}`;
};

const restore = async (backup: string, to: string): Promise<string> => {
  const { runs, unfinished, putAside } = await restoreSqlite(backup, to, Date.now());
  const before = putAside ? ` What was there before is kept as ${putAside}.` : '';
  return `Restored ${to}: ${counted(runs, 'run')}, ${unfinished} unfinished.${before} ${LOOKS}`;
};

if (!source)
  end(2, 'Which backup? Usage: syncro-slack restore <backup file>, or --mark if you restored it another way');
/** Into an empty database: what only the newer version had would stay in the old one, and be in the next upgrade's way. */
const ofPostgres = (dump: string): string => {
  const shown = withoutPassword(url);
  const name = shown.slice(shown.lastIndexOf('/') + 1);
  const beside = `${name}_before_${new Date().toISOString().slice(0, 16).replace(/\D/g, '')}`;
  return (
    `This is a PostgreSQL database. Stop every copy of the app, then run this as a user who may create databases:\n` +
    `  psql --set=ON_ERROR_STOP=1 --dbname='${shown.slice(0, -name.length)}postgres' ` +
    `--command='alter database "${name}" rename to "${beside}"' --command='create database "${name}" template template0'\n` +
    `  pg_restore --no-owner --exit-on-error --single-transaction --dbname='${shown}' '${dump}'\n` +
    '  syncro-slack restore --mark\n' +
    `What was there before stays beside it as ${beside}. Use the tools of the version that you are about to start.`
  );
};

if (source !== '--mark' && file === null) end(2, ofPostgres(source ?? 'syncro-slack.dump'));
try {
  end(0, source === '--mark' ? await mark() : await restore(source ?? '', file ?? ''));
} catch (error) {
  end(1, `Nothing was restored: ${wordsOf(error)}`);
}
