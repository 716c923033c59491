import { spawn } from 'node:child_process';

// npm run quick -- [paths]: the types, the linter and the unit tests beside each other.

/** Seconds of nothing but arithmetic or a disk each; `npm run test:unit` has them, and so has `npm run quick -- <their name>`. */
const LONG = ['digests/slots', 'rules/run-properties', 'sandbox/simulation', 'database/sqlite', 'slack/html'];

const asked = process.argv.slice(2);
const leftOut = asked.length > 0 ? [] : ['--testPathIgnorePatterns', ...LONG];
const began = Date.now();

/** Its output is shown when it has ended: of two at once nobody could read a word. */
const run = (script, ...args) =>
  new Promise((done) => {
    const child = spawn('npm', ['run', '-s', script, '--', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
    child.once('close', (code) => {
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      process.stdout.write(`${text}${code === 0 ? '✓' : '✗'} ${script} (${seconds} s)\n`);
      done(code === 0);
    });
  });

const good = await Promise.all([run('test:unit', ...asked, ...leftOut), run('typecheck'), run('lint')]);
process.exitCode = good.every(Boolean) ? 0 : 1;
