import { parseArgs } from 'node:util';
import { ack } from './ack.ts';
import { bill } from './bill.ts';
import { burst } from './burst.ts';
import { digest } from './digest.ts';
import { morning } from './morning.ts';
import { requests } from './requests.ts';
import { writeResults } from './results.ts';
import type { Bench } from './row.ts';
import { search } from './search-index.ts';
import { start } from './start.ts';
import { tableOf } from './table.ts';

/** `npm run bench`: everything beside its floor, in one run. */
const BENCHES: readonly Bench[] = [requests, bill, ack, start, morning, burst, digest, search];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench/results.json' },
  },
});
const unknown = (values.only ?? []).filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench called ${unknown.join(', ')}. There are:\n`);
  for (const { name, about } of BENCHES) process.stderr.write(`  ${name.padEnd(10)} ${about}\n`);
  process.exit(1);
}

const chosen = BENCHES.filter(({ name }) => !values.only || values.only.includes(name));
const results = [];
for (const bench of chosen) {
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  const began = performance.now();
  const measured = await bench.measure({
    quick: values.quick,
    say: (line) => void process.stderr.write(`  ${line}\n`),
  });
  results.push({ bench: bench.name, seconds: Math.round((performance.now() - began) / 1000), ...measured });
}
process.stdout.write(`${tableOf(results.flatMap(({ rows }) => rows))}\n`);
writeResults(values.out, { quick: values.quick, results });
