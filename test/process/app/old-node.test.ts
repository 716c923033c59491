import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

const dir = mkdtempSync(join(tmpdir(), 'old-node-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
mkdirSync(join(dir, 'src', 'bin'), { recursive: true });
cpSync('src/bin/fit-node.mjs', join(dir, 'src', 'bin', 'fit-node.mjs'));
const STARTED = join(dir, 'src', 'bin', 'started.mjs');
writeFileSync(STARTED, `import './fit-node.mjs';\nprocess.stdout.write(process.execArgv.join(' '));\n`);

/** What a start ends with; an older Node is one that says so, as there is one only on some machines. */
const start = (version: string | null): Promise<string> => {
  const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`;
  const args = version === null ? [STARTED] : ['--import', older, STARTED];
  return new Promise((done) => {
    execFile(resolve('node_modules/.bin/node'), args, (_error, stdout, stderr) => done(`${stdout}${stderr}`));
  });
};

test('a start without packages, and by a Node that is too old, says what to do', async () => {
  expect(await start(null)).toBe('The packages are not there. Run this in the folder of the app: npm ci\n');
  mkdirSync(join(dir, 'node_modules', '.bin'), { recursive: true });
  for (const version of ['18.20.8', '20.20.2', '22.17.1'])
    expect(await start(version)).toBe(
      `Node ${version} is too old: Syncro for Slack needs 22.18 or newer.\n` +
        'npm ci brings one, unless it was told to run no scripts or to leave out devDependencies. ' +
        'Run this in the folder of the app, then start it again by npm:\n  npm ci --include=dev --ignore-scripts=false\n',
    );
  writeFileSync(join(dir, 'node_modules', '.bin', 'node'), '');
  expect(await start('20.20.2')).toContain('The packages brought one: start it by npm (npm start), or with');
  expect(await start('22.18.0')).not.toContain('too old');
});

test('takes on its options by itself, for an old Node would know nothing else to say of them', async () => {
  expect(await start(null)).toBe('--disable-sigusr1 --max-semi-space-size=4 --initial-old-space-size=80');
});
