import { parseArgs } from 'node:util';
import { type Outcome, runSchedule } from './simulation/schedule.ts';

/** `npm run simulate -- --runs 10000 --seed 1`: random lives of the app on virtual time; `--trace` prints one whole. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const first = Number(values.seed);
const MOST_FAILURES = 5;

const started = Date.now();
const totals = new Map<string, number>();
const failed: Outcome[] = [];

for (let seed = first; seed < first + runs && failed.length < MOST_FAILURES; seed++) {
  const outcome = await runSchedule(seed);
  for (const [what, count] of Object.entries(outcome.counts)) totals.set(what, (totals.get(what) ?? 0) + count);
  if (outcome.problems.length > 0) {
    failed.push(outcome);
    console.log(`seed ${seed} failed: ${outcome.problems.join('; ')}`);
  }
  if (values.trace) console.log(outcome.trace.join('\n'));
  const done = seed - first + 1;
  if (done % 1000 === 0)
    console.log(`${done} schedules, ${failed.length} failed, ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

for (const { seed, problems, trace } of failed) {
  console.log(`\nseed ${seed} failed:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  if (failed[0]?.seed === seed && !values.trace) console.log(`\n${trace.join('\n')}`);
  console.log(`\nreplay: npm run simulate -- --runs 1 --seed ${seed} --trace`);
}
console.log(
  `\n${[...totals]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, count]) => `${what}: ${count}`)
    .join('\n')}`,
);
console.log(
  `\n${runs} schedules from seed ${first}, ${failed.length} failed, ${((Date.now() - started) / 1000).toFixed(1)} s`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
