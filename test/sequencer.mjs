import { statSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/** Seconds that a file takes by itself, roughly: those where its size says too little. A fresh clone has no cache to ask. */
const SECONDS = [
  [/\/crash\//, 25],
  [/\/copies\//, 18],
  [/\/(database\/postgres|app\/process)\.test/, 25],
  [/\/(page\/demo|slots|app\/doctor|bench\/run|postgres-server|read-faults\.e2e)\.test/, 14],
  [/\/(picture\/scenes\.e2e|soak\/soak|run-properties|app\/socket-mode)\.test/, 11],
  [/\/(install|sandbox\/simulation|receiver\.e2e)\.test/, 7],
  [/\/(database\/sqlite|database-clock|opening|app\/stopping|leak\.e2e|create-metrics)\.test/, 5],
];
const BYTES_A_SECOND = { e2e: 1_500, others: 20_000 };

const seconds = (path) =>
  SECONDS.find(([file]) => file.test(path))?.[1] ??
  statSync(path).size / (path.endsWith('.e2e.test.ts') ? BYTES_A_SECOND.e2e : BYTES_A_SECOND.others);

/** These keep the processor busy with processes of their own; the others mostly wait. */
const BUSY = /\/test\/process\/(crash|copies|bench|page|soak)\//;
const OTHERS_BETWEEN = 2;

/** The longest first, as what is left for the end is to be short; but the busy ones neither all at the same time nor last. */
export default class extends Sequencer {
  sort(tests) {
    const long = new Map(tests.map((test) => [test, seconds(test.path)]));
    const sorted = [...tests].sort((a, b) => long.get(b) - long.get(a) || (a.path < b.path ? -1 : 1));
    const busy = sorted.filter(({ path }) => BUSY.test(path));
    const others = sorted.filter(({ path }) => !BUSY.test(path));
    return [
      ...busy.flatMap((test, i) => [test, ...others.slice(i * OTHERS_BETWEEN, (i + 1) * OTHERS_BETWEEN)]),
      ...others.slice(busy.length * OTHERS_BETWEEN),
    ];
  }
}
