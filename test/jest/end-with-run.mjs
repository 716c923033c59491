import { spawn } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { fileURLToPath } from 'node:url';

const KEEPER = fileURLToPath(new URL('./keeper.mjs', import.meta.url));

const living = new Set();
let keeper = null;
let isKeepers = false;

const startKeeper = () => {
  isKeepers = true;
  // In a group of its own: Ctrl+C would end it with those that it is to end.
  const child = spawn(process.execPath, [KEEPER], { stdio: ['pipe', 'ignore', 'inherit'], detached: true });
  isKeepers = false;
  child.unref();
  child.stdin.unref();
  return child;
};

const tell = () => {
  keeper ??= startKeeper();
  keeper.stdin.write(`${[...living].map(({ pid }) => pid).join(' ')}\n`);
};

/** Processes that tests start end with this one, even if that is killed with -9. */
const keepChildren = () =>
  subscribe('child_process', ({ process: child }) => {
    if (isKeepers) return;
    child.once('spawn', () => {
      living.add(child);
      tell();
    });
    child.once('exit', () => {
      living.delete(child);
      tell();
    });
  });

/** A worker ends when jest is gone; else it would first run its test file to the end. */
const endWithParent = () => {
  if (!process.send) return;
  const end = () => process.exit(1);
  process.once('disconnect', end);
  // Listening keeps a process alive. jest's worker stops listening when it has nothing more to do.
  process.on('removeListener', (name) => {
    if (name === 'message') process.off('disconnect', end);
  });
};

export const endWithRun = () => {
  keepChildren();
  endWithParent();
};
