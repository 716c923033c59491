import { describe, expect, test } from '@jest/globals';
import { briefly, createCache, onceInAWhile } from '../../src/shared/briefly.ts';
import { hour } from '../runs/rules/a-ticket.ts';
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

describe('once in a while', () => {
  test('what takes long is done once, and counts from its end', async () => {
    const clock = aManualClock();
    const gate = Promise.withResolvers<number>();
    let reads = 0;
    const remembered = onceInAWhile<string, number>(clock, 1_000);
    const read = () => {
      reads += 1;
      return gate.promise;
    };
    const first = remembered('a', read);
    clock.at += 5_000;
    const others = [remembered('a', read), remembered('a', read, true)];
    gate.resolve(1);
    expect(await Promise.all([first, ...others])).toEqual([1, 1, 1]);
    clock.at += 999;
    await remembered('a', read);
    expect(reads).toBe(1);
    clock.at += 1;
    await remembered('a', read);
    await remembered('a', read, true);
    expect(reads).toBe(3);
  });

  test('a failure is remembered as well', async () => {
    const remembered = onceInAWhile<string, number>(aManualClock(), 1_000);
    const failing = () => remembered('a', () => Promise.reject(new Error('down')));
    await expect(failing()).rejects.toThrow('down');
    await expect(remembered('a', () => Promise.resolve(1))).rejects.toThrow('down');
  });
});

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
