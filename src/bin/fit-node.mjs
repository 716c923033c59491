import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Imported before anything else. Plain JavaScript, so that a Node too old for the rest can at least say so; for the same
// reason npm's scripts have no options of Node's: an old one would know nothing but "bad option".
const root = fileURLToPath(new URL('../..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
const end = (words) => {
  process.stderr.write(`${words}\n`);
  process.exit(1);
};

if (!existsSync(join(root, 'node_modules')))
  end('The packages are not there. Run this in the folder of the app: npm ci');
if (major < 22 || (major === 22 && minor < 18)) {
  const own = existsSync(join(root, 'node_modules', '.bin', 'node'));
  const remedy = own
    ? 'The packages brought one: start it by npm (npm start), or with node_modules/.bin/node.'
    : 'npm ci brings one, unless it was told to run no scripts or to leave out devDependencies. ' +
      'Run this in the folder of the app, then start it again by npm:\n  npm ci --include=dev --ignore-scripts=false';
  end(`Node ${process.versions.node} is too old: Syncro for Slack needs 22.18 or newer.\n${remedy}`);
}

// SIGUSR1 would open Node's inspector, to which keys are plain text. What the two numbers do is told in the Dockerfile.
const OPTIONS = ['--disable-sigusr1', '--max-semi-space-size=4', '--initial-old-space-size=80'];
// The process becomes the one with the options: nobody stands between it and who sends it signals. Windows can't.
if (!process.execArgv.includes('--disable-sigusr1') && process.platform !== 'win32') {
  const { execPath, execArgv, argv, env } = process;
  process.execve?.(execPath, [execPath, ...OPTIONS, ...execArgv, ...argv.slice(1)], env);
}
