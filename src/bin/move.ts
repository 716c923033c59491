import { nameOfDatabase, problemOfDatabaseUrl } from '../config/database-url.ts';
import { moveDatabase } from '../database/backup/move-database.ts';
import { createAudit, firstBroken } from '../runs/store/audit.ts';
import { createLog } from '../shared/log.ts';
import { counted, end, wordsOf } from './command-line.ts';

/** `syncro-slack move <from> <to>`: everything into an empty database, of the other engine or the same. */
const [from = '', to = '', more] = process.argv.slice(2);
if (!from || !to || more !== undefined)
  end(2, 'From where to where? Usage: syncro-slack move sqlite:data/syncro-slack.db postgres://user@host:5432/name');
for (const [which, url] of Object.entries({ '<from>': from, '<to>': to })) {
  const problem = problemOfDatabaseUrl(url);
  if (problem) end(2, `${which} ${problem}`);
}

try {
  const { tables, audit } = await moveDatabase(from, to, {
    now: Date.now(),
    log: createLog('silent', []),
    checkAudit: async (db) => {
      const rows = await createAudit(db).all();
      return { rows: rows.length, broken: firstBroken(rows), lastHash: rows.at(-1)?.hash ?? null };
    },
  });
  const width = Math.max(...tables.map(({ table }) => table.length));
  const row = (name: string, before: unknown, after: unknown): string =>
    `${name.padEnd(width)}  ${String(before).padStart(9)}  ${String(after).padStart(9)}\n`;
  process.stdout.write(row('', 'before', 'after'));
  for (const { table, before, after } of tables) process.stdout.write(row(table, before, after));
  const chain =
    audit.broken === null
      ? `The audit's chain holds on both sides: ${counted(audit.rows, 'row')}.`
      : `The audit's chain is broken at row ${audit.broken} of ${audit.rows}, as it was before.`;
  end(
    0,
    `${chain}\nEverything is in ${nameOfDatabase(to)} now. Set DATABASE_URL to it, then start the app.\n` +
      `${nameOfDatabase(from)} was kept. Don't start the app on it. If it is started anyway, it checks Syncro before it sends anything.`,
  );
} catch (error) {
  end(1, `Nothing was moved: ${wordsOf(error)}`);
}
