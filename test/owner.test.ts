import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, test } from '@jest/globals';
import { createIsGone, createOwner } from '../src/owner.ts';

test('a process that ended on this machine is gone, a running one is not', async () => {
  const isGone = createIsGone(createOwner());
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)']);
  const owner = `${hostname()}/${child.pid}/abcd`;
  expect(isGone(owner)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isGone(owner)).toBe(true);
});

test('a holder on another machine is never declared gone', () => {
  expect(createIsGone(createOwner())('elsewhere/1/abcd')).toBe(false);
});

test('an earlier life with the same process id, as in a restarted container, is gone', () => {
  const self = createOwner();
  expect(createIsGone(self)(self.replace(/[^/]+$/, 'other'))).toBe(true);
  expect(createIsGone(self)(self)).toBe(false);
});
