import { expect, test } from '@jest/globals';
import { createCache } from '../../src/shared/small-cache.ts';
import { hour } from '../runs/rules/a-ticket.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';

test('of too many values the one goes that was not used for longest', () => {
  const cache = createCache<string, number>(2, 1_000, aManualClock());
  cache.set('a', 1).set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
});

test.each([
  ['passes', 1_000, undefined],
  ['almost passes', 999, 1],
  ['is set ahead', hour, undefined],
  ['is set back', -hour, undefined],
  ['is set back and ahead again', [-hour, hour], undefined],
])('of a time that %s', (_how, by, left) => {
  const clock = aManualClock();
  const cache = createCache<string, number>(2, 1_000, clock);
  cache.set('a', 1);
  for (const ms of [by].flat()) {
    clock.at += ms;
    cache.has('b');
    cache.peek('a');
  }
  expect(cache.get('a')).toBe(left);
});
