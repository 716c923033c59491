import { expect, test } from '@jest/globals';
import { runSchedule } from '../../sandbox/simulation/schedule.ts';

/** The others once found that a clock which is set doubled a line, or let a bill go to another customer. */
const SEEDS = [...Array.from({ length: 40 }, (_, i) => i + 1), 137, 200_944, 202_545];

test('some random lives of the app double nothing, lose nothing and tell the truth', async () => {
  const counts = new Map<string, number>();
  for (const seed of SEEDS) {
    const outcome = await runSchedule(seed);
    expect({ seed, problems: outcome.problems }).toEqual({ seed, problems: [] });
    for (const [what, count] of Object.entries(outcome.counts)) counts.set(what, (counts.get(what) ?? 0) + count);
  }
  // A quiet world would prove nothing.
  const least = (...kinds: readonly string[]) => Math.min(...kinds.map((what) => counts.get(what) ?? 0));
  expect(
    least('bills', 'invoices', 'deaths', 'freezes', 'late', 'lost', 'by hand', 'moves', 'clocks set'),
  ).toBeGreaterThan(9);
  // Half of the lives know nothing of it.
  expect(least('charges', 'frees', 'corrects', 'removes', 'meddled', 'recurring invoices', 'mornings')).toBeGreaterThan(
    2,
  );
});

test('the same seed gives the same life', async () => {
  const [first, second] = [await runSchedule(7), await runSchedule(7)];
  expect(second.trace).toEqual(first.trace);
});
