import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../../../src/database/engine.ts';
import { KNOWN_MIGRATIONS } from '../../../src/database/migrate.ts';
import { openDatabase } from '../../../src/database/open-database.ts';
import type { Database } from '../../../src/database/schema.ts';
import { askedWords } from '../../../src/features/search/search-words.ts';
import { createTicketIndex, wordIndexFor } from '../../../src/features/search/store/search-index.ts';
import { createMirrorStore } from '../../../src/features/search/store/search-mirror.ts';
import { bodyOf } from '../../../src/features/search/store/search-row.ts';
import { createAudit, firstBroken } from '../../../src/runs/store/audit.ts';
import { ticketId } from '../../../src/syncro/ticket.ts';
import { bundled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { holdStill } from '../../held-time.ts';
import { aRun } from '../../runs/rules/a-run.ts';
import { aTicket, noon } from '../../runs/rules/a-ticket.ts';
import { silentLog } from '../../silent-log.ts';
import { newDatabase, type TestDatabase } from '../postgres/new-database.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = Readonly<Record<string, readonly Row[]>>;

let dir: string;
let server: TestDatabase;
const file = (name = 'journal.db'): string => join(dir, name);
const sqlite = (name?: string): string => `sqlite:${file(name)}`;

beforeEach(async () => {
  holdStill(['setTimeout', 'clearTimeout']);
  dir = mkdtempSync(join(tmpdir(), 'move-'));
  server = await newDatabase({ empty: true });
});
afterEach(async () => {
  await server.drop();
  rmSync(dir, { recursive: true, force: true });
  jest.useRealTimers();
});

const move = (...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> =>
  new Promise((done) => {
    const env = { PATH: process.env.PATH, ...QUICK_START };
    execFile(
      resolve('node_modules/.bin/node'),
      [...bundled('src/bin/move.ts'), ...args],
      { env },
      (error, stdout, stderr) => done({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    );
  });

const within = async <Value>(url: string, work: (db: Kysely<Database>) => Promise<Value>): Promise<Value> => {
  const db = await openDatabase(url, { log: silentLog, hurried: false });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
};

/** Of the engine's own list, but for those whose content each engine makes for itself. */
const tablesIn = async (db: Kysely<Database>): Promise<readonly string[]> => {
  const { rows } = isPostgres(db)
    ? await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(db)
    : await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  return rows
    .map(({ name }) => name)
    .filter((name) => !/^(kysely_|sqlite_|search_heads|search_words)/.test(name))
    .sort();
};

/** Every row of every table, in an order that depends on nothing but what is in them. */
const everything = async (db: Kysely<Database>): Promise<Rows> => {
  const all: Record<string, readonly Row[]> = {};
  for (const name of await tablesIn(db)) {
    const { rows } = await sql<Row>`select * from ${sql.table(name)}`.execute(db);
    const sorted = rows.map((row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
    all[name] = sorted.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return all;
};

const BATCHES = 1_203;

/** Rows for every table that there is, also for one that is added tomorrow. The audit writes its own. */
const fill = async (db: Kysely<Database>): Promise<void> => {
  // The disk has nothing to do with it.
  await sql`pragma synchronous = off`.execute(db);
  const tables = await db.introspection.getTables();
  for (const name of await tablesIn(db)) {
    if (name === 'audit') continue;
    const columns = tables.find((table) => table.name === name)?.columns ?? [];
    const { rows: keys } = await sql<{
      name: string;
    }>`select name from pragma_table_info(${name}) where pk > 0`.execute(db);
    const isKey = (column: string): boolean => keys.some((key) => key.name === column);
    const several = name === 'search_comments' ? BATCHES : 3;
    for (let i = 1; i <= several; i++) {
      const value = (column: (typeof columns)[number], at: number): unknown => {
        if (name === 'search_tickets' && column.name === 'id') return i;
        if (column.name === 'body')
          return name === 'search_tickets'
            ? bodyOf(aTicket({ id: ticketId(i), subject: `Toner ${i}` }))
            : JSON.stringify({ mark: i });
        if (column.isNullable && i === 2 && !isKey(column.name)) return null;
        return /int/i.test(column.dataType) ? noon + at * 100_000 + i : `ü€😀'"\\ ${column.name} ${i}`;
      };
      const values = columns.map((column, at) => sql`${value(column, at)}`);
      const names = columns.map((column) => sql.ref(column.name));
      await sql`insert into ${sql.table(name)} (${sql.join(names)}) values (${sql.join(values)})`.execute(db);
    }
  }
  const run = aRun({ id: 'audited', formId: 'audited' });
  const entry = { what: 'comment', outcome: 'confirmed', recordId: 1 } as const;
  await createAudit(db).append({ ...run, audit: [1, 2, 3].map((n) => ({ ...entry, n, at: noon + n })) });
};

/** As it is where it went: the words are to be made anew. */
const arrived = ({ search_progress = [], ...rest }: Rows): Rows => ({
  ...rest,
  search_progress: search_progress.map((row) => ({
    ...row,
    body: row.body === null ? '{"wordsTo":0}' : JSON.stringify({ ...JSON.parse(String(row.body)), wordsTo: 0 }),
  })),
});

describe('syncro-slack move', () => {
  test('takes every row of every table to Postgres and back, and says how many', async () => {
    const before = await within(sqlite(), async (db) => {
      await fill(db);
      return everything(db);
    });
    for (const [table, rows] of Object.entries(before)) expect(`${table} ${rows.length > 2}`).toBe(`${table} true`);

    const there = await move(sqlite(), server.url);
    expect(there).toMatchObject({ code: 0, text: expect.stringMatching(/audit +3 +3\n/) });
    expect(there.text).toMatch(new RegExp(`search_comments +${BATCHES} +${BATCHES}\n`));
    expect(there.text).toContain("The audit's chain holds on both sides: 3 rows.");
    await within(server.url, async (db) => {
      expect(await everything(db)).toEqual(arrived(before));
      expect(firstBroken(await createAudit(db).all())).toBeNull();
      const words = wordIndexFor(db);
      expect(await createMirrorStore(db, words).putWords(0)).toBeNull();
      expect(await createTicketIndex(db, words).find(askedWords('toner 2'), {}, 0, 9)).toMatchObject({ count: 1 });
    });
    // What was left behind looks before it sends, should anybody start it.
    const marks = await within(sqlite(), (db) => db.selectFrom('refreshes').select('name').execute());
    expect(marks.map(({ name }) => name)).toContain('backup');

    expect(await move(server.url, sqlite('back.db'))).toMatchObject({ code: 0 });
    await within(sqlite('back.db'), async (db) => {
      expect(await everything(db)).toEqual(arrived(before));
      expect(firstBroken(await createAudit(db).all())).toBeNull();
    });
    expect(readdirSync(dir).filter((name) => name.includes('.moving'))).toEqual([]);
  });

  test('leaves all as it was when a row can’t be taken', async () => {
    await within(sqlite(), async (db) => {
      await fill(db);
      // Postgres takes no such number for a time.
      await sql`update told_replies set began_at = 1.5 where comment_id in (select min(comment_id) from told_replies)`.execute(
        db,
      );
    });
    const before = await within(sqlite(), everything);
    expect(await move(sqlite(), server.url)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/^Nothing was moved: /),
    });
    expect(await within(sqlite(), everything)).toEqual(before);
    const there = await within(server.url, everything);
    expect(Object.values(there).flat()).toEqual([]);
  });

  test('refuses while either side is in use', async () => {
    const refused = {
      code: 1,
      text: expect.stringMatching(/^Nothing was moved: .*the app is still running: stop it first/),
    };
    await within(sqlite(), async () => {
      expect(await move(sqlite(), server.url)).toMatchObject(refused);
    });
    await within(server.url, async (db) => {
      await sql`select 1`.execute(db);
      expect(await move(sqlite(), server.url)).toMatchObject(refused);
      expect(await move(server.url, sqlite('new.db'))).toMatchObject(refused);
    });
    expect(existsSync(file('new.db'))).toBe(false);
    expect(await within(sqlite(), (db) => db.selectFrom('refreshes').selectAll().execute())).toEqual([]);
    expect(await move(sqlite(), server.url)).toMatchObject({ code: 0 });
  });

  test('refuses what is not empty, not there, or of another version', async () => {
    const says = (words: string) => ({ code: 1, text: expect.stringContaining(words) });
    expect(await move(sqlite('none.db'), server.url)).toMatchObject(says('there is no database of this app'));
    expect(existsSync(file('none.db'))).toBe(false);
    await within(sqlite(), fill);
    expect(await move(sqlite(), sqlite())).toMatchObject(says('is there already: name a new file'));
    await within(server.url, (db) => db.insertInto('refreshes').values({ name: 'x', at: 1 }).execute());
    expect(await move(sqlite(), server.url)).toMatchObject(says('is not empty: refreshes has rows'));
    await within(server.url, async (db) => {
      await sql`delete from kysely_migration where name = ${KNOWN_MIGRATIONS.at(-1)}`.execute(db);
    });
    expect(await move(sqlite(), server.url)).toMatchObject(says('has the schema of another version'));
    expect(await move(server.url, sqlite('new.db'))).toMatchObject(says('has the schema of another version'));
    expect(await move(sqlite())).toMatchObject({ code: 2 });
    expect(await move('somewhere', server.url)).toMatchObject({
      code: 2,
      text: expect.stringMatching(/^<from> must begin/),
    });
  });
});
