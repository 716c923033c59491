import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { appliedMigrations, KNOWN_MIGRATIONS } from '../../../src/database/migrate.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill();
});

const program = join(import.meta.dirname, 'opening-process.ts');
const start = (env: Readonly<Record<string, string>> = {}): ChildProcess => {
  const child = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'], env: { ...process.env, ...env } });
  children.push(child);
  return child;
};

const said = async (child: ChildProcess): Promise<unknown> => {
  const [word] = await once(child, 'message');
  return word;
};

test('processes that make the same file at the same moment all open it, each time', async () => {
  for (let i = 0; i < 3; i++) start();
  expect(await Promise.all(children.map(said))).toEqual(['ready', 'ready', 'ready']);
  for (let round = 0; round < 20; round++) {
    const dir = mkdtempSync(join(tmpdir(), 'opening-'));
    const answers = children.map(said);
    for (const child of children) child.send(join(dir, 'new.db'));
    expect(await Promise.all(answers)).toEqual(['opened', 'opened', 'opened']);
    rmSync(dir, { recursive: true });
  }
});

test.each([2, 12, 30])(
  'a process that dies before change %i of the schema leaves nothing in the next one’s way',
  async (at) => {
    const dir = mkdtempSync(join(tmpdir(), 'opening-'));
    const file = join(dir, 'new.db');
    const child = start({ DIE_AT: String(at) });
    expect(await said(child)).toBe('ready');
    child.send(file);
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const db = await openSqlite(file);
    expect(await appliedMigrations(db)).toEqual(KNOWN_MIGRATIONS);
    await db.destroy();
    rmSync(dir, { recursive: true });
  },
);
