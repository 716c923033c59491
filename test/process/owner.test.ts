import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { createIsGone, createOwner, endOwner } from '../../src/shared/owner.ts';

const [host, place, pid] = createOwner().split('/');

test('a process that ended on this machine is gone, a running one is not', async () => {
  const isGone = createIsGone(createOwner());
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)']);
  const owner = `${host}/${place}/${child.pid}/abcd`;
  expect(isGone(owner)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isGone(owner)).toBe(true);
});

test.each([
  ['on another machine', `elsewhere/${place}/999999/abcd`],
  ['in another container of the same host name', `${host}/0b9c.4026532999/999999/abcd`],
  ['in another container with our own process id', `${host}/0b9c.4026532999/${pid}/abcd`],
  ['that does not know where its id counts', `${host}//999999/abcd`],
  ['of an older version', `${host}/999999/abcd`],
  ['of a strange name', 'alpha'],
])('a holder %s is never declared gone', (_where, owner) => {
  expect(createIsGone(createOwner())(owner)).toBe(false);
});

test('nobody is declared gone by one who can’t tell where its own id counts', () => {
  expect(createIsGone(`${host}//17/abcd`)(`${host}//999999/abcd`)).toBe(false);
});

test('an earlier process with our id is gone', () => {
  const self = createOwner();
  expect(createIsGone(self)(self.replace(/[^/]+$/, 'other'))).toBe(true);
  expect(createIsGone(self)(self)).toBe(false);
});

test('another app of the same process is gone when it stopped, not before', () => {
  const [self, other] = [createOwner(), createOwner()];
  expect(createIsGone(self)(other)).toBe(false);
  endOwner(other);
  expect(createIsGone(self)(other)).toBe(true);
});
