import { parseArgs } from 'node:util';
import { enterVirtualTime, leaveVirtualTime } from '../test/time/time.ts';

/**
 * `npm run month -- --seed 1 --customers 40`: a month of a shop, in a time of its own. Every hour that was worked is
 * invoiced once, waits for a recurring invoice, is not billable with a reason, or was reported. `--days 9-15`: a part of it.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    customers: { type: 'string', default: '40' },
    days: { type: 'string', default: '1-30' },
  },
});
enterVirtualTime();
// Whoever is loaded now takes its time from there.
const { playMonth } = await import('./month/play.ts');
const [first = 1, last = 30] = values.days.split('-').map(Number);
const { evidence, problems, close } = await playMonth({
  seed: Number(values.seed),
  customers: Number(values.customers),
  days: [first, last],
  say: console.log,
});
await close();
leaveVirtualTime();
const { counts, works } = evidence.diary;
for (const end of ['invoiced', 'waits', 'not billable', 'removed'])
  console.log(`${works.filter((work) => work.end === end).length} ${end}`);
console.log([...counts].map(([what, times]) => `${what}: ${times}`).join(', '));
console.log(problems.length === 0 ? 'Every hour has one end, at the right price.' : problems.join('\n'));
process.exit(problems.length === 0 ? 0 : 1);
