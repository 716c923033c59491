import { execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** Many end by themselves when their input does, and leave nothing else behind either, e.g. a Postgres its data. */
const GRACE_MS = 5_000;

/** Every process there is: by its id, its parent's, and when it was started, as ids are used again. */
const processes = () =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,lstart='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^ *(\d+) +(\d+) +(.+)$/.exec(line))
    .filter(Boolean)
    .map(([, pid, parent, began]) => ({ pid: Number(pid), parent: Number(parent), began }));

/** With their children, and the children of those. */
const families = (pids) => {
  const all = processes();
  const found = all.filter(({ pid }) => pids.includes(pid));
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
};

// Run beside a process that runs tests: each line names the processes that those have started and that still live.
let living = [];
for await (const line of createInterface({ input: process.stdin })) living = line.split(' ').map(Number);

// The process that runs tests is gone.
const left = families(living);
if (left.length > 0) await sleep(GRACE_MS);
const now = left.length > 0 ? processes() : [];
for (const { pid, began } of left)
  if (now.some((each) => each.pid === pid && each.began === began)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
