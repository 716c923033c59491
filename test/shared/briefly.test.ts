import { expect, test } from '@jest/globals';
import { briefly } from '../../src/shared/briefly.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';

test('remembers for a while, or reads anew when told', async () => {
  const clock = aManualClock();
  let reads = 0;
  const remembered = briefly<string, number>(clock, 1_000);
  const read = () => Promise.resolve(++reads);
  expect([await remembered('a', read), await remembered('a', read)]).toEqual([1, 1]);
  expect([await remembered('a', read, true), await remembered('a', read)]).toEqual([2, 2]);
  clock.at += 1_000;
  expect(await remembered('a', read)).toBe(3);
});

test('a failed reading does not throw away a newer one', async () => {
  const clock = aManualClock();
  const remembered = briefly<string, number>(clock, 1_000);
  const failing = Promise.withResolvers<number>();
  const first = remembered('a', () => failing.promise);
  await remembered('a', () => Promise.resolve(2), true);
  failing.reject(new Error('late'));
  await expect(first).rejects.toThrow('late');
  expect(await remembered('a', () => Promise.resolve(3))).toBe(2);
});
