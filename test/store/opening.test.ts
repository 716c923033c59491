import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill();
});

const said = async (child: ChildProcess): Promise<unknown> => {
  const [word] = await once(child, 'message');
  return word;
};

test('processes that make the same file at the same moment all open it, each time', async () => {
  const program = join(import.meta.dirname, 'opening-process.ts');
  for (let i = 0; i < 3; i++) children.push(fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'] }));
  expect(await Promise.all(children.map(said))).toEqual(['ready', 'ready', 'ready']);
  for (let round = 0; round < 20; round++) {
    const dir = mkdtempSync(join(tmpdir(), 'opening-'));
    const answers = children.map(said);
    for (const child of children) child.send(join(dir, 'new.db'));
    expect(await Promise.all(answers)).toEqual(['opened', 'opened', 'opened']);
    rmSync(dir, { recursive: true });
  }
});
