import { nameOfDatabase } from '../config/database-url.ts';
import { openExisting } from '../database/open-existing.ts';
import type { AuditRow } from '../runs/ports.ts';
import { createAudit, firstBroken } from '../runs/store/audit.ts';
import { createLog } from '../shared/log.ts';
import { counted, databaseUrl, end, wordsOf } from './command-line.ts';

/** `syncro-slack audit --verify --csv`: checks the chain, prints every row. */
const url = databaseUrl();
const [verify, csv] = [process.argv.includes('--verify'), process.argv.includes('--csv')];
if (!verify && !csv) end(2, 'Usage: syncro-slack audit --verify (check the chain), --csv (print every row), or both.');

const read = async (): Promise<readonly AuditRow[]> => {
  try {
    const db = await openExisting(url, { log: createLog('silent', []), readonly: true });
    try {
      return await createAudit(db).all();
    } finally {
      await db.destroy();
    }
  } catch (error) {
    return end(1, `The audit can't be read: ${wordsOf(error)}`);
  }
};
const rows = await read();
// Beside what is printed for a spreadsheet.
process.stderr.write(`Read from ${nameOfDatabase(url)}: ${counted(rows.length, 'row')}.\n`);

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
      ? `The chain holds: ${counted(rows.length, 'row')}, the last hash is ${rows.at(-1)?.hash ?? 'none'}.\n`
      : `The chain is broken at row ${broken} of ${rows.length}: it was changed, added or removed.\n`,
  );
  process.exitCode = broken === null ? 0 : 1;
}
