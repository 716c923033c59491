import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { emptyJournal } from '../empty-journal.ts';
import { bill, previewBill, sent, startBilling, WRITES } from '../features/bill/bill-steps.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'unwritable-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A world whose app can't write its database while it is told so: the engine refuses, as on a disk that is read-only. */
const world = async () => {
  const opened = new Set<InstanceType<typeof SqliteDatabase>>();
  type Pragma = (this: InstanceType<typeof SqliteDatabase>, words: string, options?: object) => unknown;
  const { prototype } = SqliteDatabase as unknown as { prototype: { pragma: Pragma } };
  const { pragma } = prototype;
  prototype.pragma = function (...args) {
    opened.add(this);
    return Reflect.apply(pragma, this, args);
  };
  try {
    const databaseFile = join(dir, 'journal.db');
    writeFileSync(databaseFile, await emptyJournal());
    const started = await start({ databaseFile });
    const say = (words: string) => {
      for (const sqlite of opened) if (sqlite.open) sqlite.pragma(words);
    };
    const written = () => WRITES.map(([, , path]) => sent(started, path));
    return { ...started, written, readOnly: (is: boolean) => say(`query_only = ${is ? 'ON' : 'OFF'}`) };
  } finally {
    prototype.pragma = pragma;
  }
};

const read = async (port: number, path: string): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}${path}`)).text();

test('a bill that is pressed while the database can’t be written sends nothing, says so, and may be pressed again', async () => {
  const { slack, port, readOnly, written } = await world();
  const howard = slack.person('U012HOWARD');
  const preview = await previewBill(howard, 32164);
  readOnly(true);
  await preview.submit(/^Bill /);
  expect(preview.text()).toContain(
    "I can't write to my database: its disk is full, or it is read-only. Nothing was sent.",
  );
  await sleep(6_000);
  expect(JSON.parse(await read(port(), '/readyz'))).toMatchObject({
    database: "The database can't be written: its file or its disk is read-only (SQLITE_READONLY).",
  });
  expect(await read(port(), '/metrics')).toMatch(/^syncro_slack_database_up 0$/m);
  expect(written()).toEqual([0, 0, 0, 0]);

  readOnly(false);
  await sleep(6_000);
  expect(JSON.parse(await read(port(), '/readyz'))).toMatchObject({ database: 'ok' });
  expect(await read(port(), '/metrics')).toMatch(/^syncro_slack_database_up 1$/m);
  await bill(howard, 32164);
  expect(written()).toEqual([1, 1, 1, 1]);
});

test('a bill that is under way then stops before its next step, and goes on once there is room', async () => {
  const { slack, syncro, readOnly, written } = await world();
  const howard = slack.person('U012HOWARD');
  syncro.setLatency(() => (syncro.requests.at(-1)?.path.endsWith('/add_line_item') ? 500 : 0));
  await startBilling(howard, 32164);
  await slack.until(() => written()[1] === 1);
  readOnly(true);
  await sleep(20_000);
  expect(written()).toEqual([1, 1, 0, 0]);
  readOnly(false);
  await howard.message(/Billed #32164/);
  expect(written()).toEqual([1, 1, 1, 1]);
});
