import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { QUICK_START } from '../../bundle/quick-start.ts';

test('a few seconds of a shop’s day leave nothing doubled, and say what the app holds', async () => {
  const args = ['sandbox/soak.ts', '--minutes', '0.06', '--hours', '0.1', '--technicians', '6', '--seed', '3'];
  const { code, text } = await new Promise<{ code: number; text: string }>((done) => {
    execFile(
      resolve('node_modules/.bin/node'),
      args,
      { env: { ...process.env, ...QUICK_START } },
      (error, stdout, stderr) => done({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    );
  });
  expect(text).toContain('Nothing doubled, nothing lost, nothing refused.');
  expect(text).toMatch(/\n {2}runs +0 → \d+\n/);
  expect(text).toMatch(/heapUsed +\d+\.\d MiB → \d+\.\d MiB/);
  expect(code).toBe(0);
});
