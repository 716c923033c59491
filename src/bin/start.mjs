import * as module from 'node:module';
import { join } from 'node:path';

// Plain JavaScript, so that a Node too old for the rest can at least say so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: Syncro for Slack needs 22.18 or newer.\n` +
      'Start it with "npm start", which brings its own Node, or install a current Node.\n',
  );
  process.exit(1);
}
// What is compiled once, types stripped, is kept beside the packages: the next start takes half the processor time and
// 20 MB less. Never in the shared /tmp, where anybody could leave something to be run. Where it can't be written, or on
// a Node that can't do it, everything is compiled each time.
module.enableCompileCache?.(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'syncro-slack'));
await import('./main.ts');
// Else only an orderly end would keep it.
module.flushCompileCache?.();
