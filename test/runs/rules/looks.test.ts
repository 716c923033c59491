import { describe, expect, test } from '@jest/globals';
import { isAbsenceCertain, isHopeless, nextLookAt, settledBy, withLook } from '../../../src/runs/rules/looks.ts';
import type { Intent } from '../../../src/runs/rules/reconcile.ts';
import type { Look } from '../../../src/runs/rules/step.ts';
import { author } from './a-run.ts';
import { minute, noon } from './a-ticket.ts';

const second = 1_000;
const intent: Intent = { at: noon, settledAt: noon + 150 * second, author };

/** Looks at these seconds after the send; a minus: the look failed. */
const looksAt = (...seconds: number[]): readonly Look[] =>
  seconds.map((s) => ({ at: noon + Math.abs(s) * second, found: 0, failed: s < 0 }));

describe('absence', () => {
  test.each([
    ['no look', []],
    ['one look after settling', [150]],
    ['two looks after settling, too close', [150, 154.9]],
    ['many looks before settling', [0, 1, 20, 100, 149, 149.9]],
    ['one look before settling and one after', [149, 170]],
    ['looks after settling of which one failed', [150, -156]],
    ['only looks that failed', [-150, -156, -200]],
  ])('is not certain after %s', (_what, seconds) => {
    expect(isAbsenceCertain(intent, looksAt(...seconds))).toBe(false);
  });

  test.each([
    ['two looks after settling, five seconds apart', [150, 155]],
    ['a third look, when the second was too close', [150, 151, 155]],
    ['two good looks around one that failed', [150, -152, 156]],
  ])('is certain after %s', (_what, seconds) => {
    expect(isAbsenceCertain(intent, looksAt(...seconds))).toBe(true);
  });
});

describe('a request can no longer land', () => {
  const settleMs = 150 * second;
  const hour = 60 * minute;
  test.each<[string, { now: number; setAt: number }, number]>([
    ['its time after it left', { now: noon + second, setAt: 0 }, noon + settleMs],
    ['its time after it left, with a clock that was set before', { now: noon + second, setAt: noon }, noon + settleMs],
    ['its time after the clock was set ahead', { now: noon + hour, setAt: noon + hour }, noon + hour + settleMs],
    ['its time after the clock was set back', { now: noon - hour, setAt: noon - hour }, noon - hour + settleMs],
    ['its time after the clock was set back a little', { now: noon + 9, setAt: noon + 5 }, noon + 5 + settleMs],
  ])('%s', (_what, clock, expected) => {
    expect(settledBy(intent, settleMs, clock)).toBe(expected);
  });
});

describe('the next look', () => {
  const waitAfter = (...seconds: number[]) => {
    const now = noon + Math.abs(seconds.at(-1) ?? 0) * second;
    return (nextLookAt(intent, looksAt(...seconds), now) - now) / second;
  };

  test('comes soon at first, then ever later, but when it has settled at the latest', () => {
    expect([waitAfter(0), waitAfter(0, 1.5), waitAfter(0, 1.5, 6.5), waitAfter(0, 1.5, 6.5, 26.5)]).toEqual([
      1.5, 5, 20, 60,
    ]);
    expect([waitAfter(0, 1.5, 6.5, 120), waitAfter(0, 1.5, 6.5, 26.5, 86.5)]).toEqual([30, 63.5]);
  });

  test('after settling comes five seconds after the first one that counted', () => {
    expect([waitAfter(150), waitAfter(151)]).toEqual([5, 5]);
  });

  test('after ones that failed comes ever later, up to a minute', () => {
    const failed = Array.from({ length: 10 }, (_, i) => -200 - i);
    expect(failed.map((_, i) => waitAfter(...failed.slice(0, i + 1)))).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
  });

  test('after one that succeeded again is as if none had failed', () => {
    expect(waitAfter(-150, -152, -156, 164)).toBe(5);
  });
});

describe('looking in vain because Syncro can’t be read', () => {
  const at = (ms: number, ...seconds: number[]) => isHopeless(intent, looksAt(...seconds), intent.settledAt + ms);

  test('is hopeless over 15 minutes after settling, not before', () => {
    expect(at(15 * minute, -1_050)).toBe(false);
    expect(at(15 * minute + 1, -1_050)).toBe(true);
  });

  test('is not hopeless when the last look told something', () => {
    expect(at(60 * minute, -150, 3_600)).toBe(false);
  });
});

test('the last 20 looks are kept', () => {
  let looks: readonly Look[] = [];
  for (let i = 0; i < 50; i++) looks = withLook(looks, { at: i, found: 0, failed: true });
  expect(looks.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, i) => 30 + i));
});
