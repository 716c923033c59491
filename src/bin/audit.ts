import { databaseUrl, problemOfDatabaseUrl } from '../config/database-url.ts';
import { openDatabase } from '../database/open-database.ts';
import { createAudit, firstBroken } from '../runs/store/audit.ts';
import { createLog } from '../shared/log.ts';
import { end } from './command-line.ts';

/** `npm run audit -- --verify --csv`: checks the chain, prints every row. */
const url = databaseUrl();
const [verify, csv] = [process.argv.includes('--verify'), process.argv.includes('--csv')];
if (!verify && !csv) end(2, 'Say what to do: npm run audit -- --verify (check the chain), --csv (every row), or both.');

const problem = problemOfDatabaseUrl(url);
if (problem) end(2, problem);
const db = await openDatabase(url, { log: createLog('silent', []) });
const rows = await createAudit(db).all();
await db.destroy();

/** A name that begins like a formula would be one in a spreadsheet; behind a quote it is a text. */
const inert = (text: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text);

if (csv) {
  const quoted = (value: unknown): string => `"${inert(String(value ?? '')).replaceAll('"', '""')}"`;
  const columns = ['seq', 'time', 'slackUser', 'technician', 'syncroUserId', 'syncroUser', 'what', 'outcome'] as const;
  const more = ['ticketNumber', 'recordId', 'ref', 'hash'] as const;
  process.stdout.write(`${[...columns, ...more].join(',')}\n`);
  for (const row of rows) {
    const cells = { ...row, time: new Date(row.at).toISOString() };
    process.stdout.write(`${[...columns, ...more].map((name) => quoted(cells[name])).join(',')}\n`);
  }
}
if (verify) {
  const broken = firstBroken(rows);
  process.stderr.write(
    broken === null
      ? `The chain holds: ${rows.length} rows, the last hash is ${rows.at(-1)?.hash ?? 'none'}.\n`
      : `The chain is broken at row ${broken} of ${rows.length}: it was changed, added or taken away.\n`,
  );
  process.exitCode = broken === null ? 0 : 1;
}
