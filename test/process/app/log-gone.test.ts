/** Another process writes its log. @time machine */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const LOGGING = `
  import { createLog } from './src/shared/log.ts';
  import { droppedLines } from './src/shared/log.ts';
  const log = createLog('info', []);
  for (let i = 0; i < 50; i++) { log.info({ i }, process.env.WORDS ?? 'hello'); await new Promise((go) => setTimeout(go, 2)); }
  process.exit(droppedLines() > 0 ? 7 : 8);
`;

test('a disk that is full ends nothing', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', LOGGING], {
    stdio: ['ignore', openSync('/dev/full', 'w'), 'inherit'],
  });
  expect(await once(child, 'exit')).toEqual([7, null]);
});

test('a reader that went away ends nothing', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', LOGGING], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.destroy();
  expect(await once(child, 'exit')).toEqual([7, null]);
});

test('a reader that stands still holds nothing up', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', LOGGING], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, WORDS: 'y'.repeat(20_000) },
  });
  // Where it holds, it would do so for ever.
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 20_000);
  expect(await once(child, 'exit')).toEqual([7, null]);
  clearTimeout(tooLong);
}, 30_000);
