import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/shared/errors.ts';
import { untilKnown } from '../../src/shared/until-known.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';

const away = new AppError('no_database', 'away', { retryable: true });
const unsure = new AppError('unsure', 'no answer', { retryable: true });

/** Fails in this order, then answers; time passes only by waiting. */
const failing = (...failures: readonly Error[]) => {
  const clock = aManualClock();
  let asked = 0;
  const ask = (): Promise<string> => {
    const failure = failures[asked];
    asked += 1;
    return failure ? Promise.reject(failure) : Promise.resolve('stored');
  };
  return {
    clock: {
      now: () => clock.at,
      sleep: (ms: number) => {
        clock.at += ms;
        return Promise.resolve();
      },
    },
    ask,
  };
};

describe('asking a database that is away', () => {
  test('goes on until it answers', async () => {
    const { clock, ask } = failing(away, unsure, ...Array.from({ length: 200 }, () => away));
    expect(await untilKnown(clock, ask)).toBe('stored');
  });

  test.each([
    ['provably stored nothing', [away, away, away], 'no_database'],
    ['nobody knows about, once an answer was lost', [away, unsure, away, away], 'unsure'],
  ])('for so long only ends with what it %s', async (_what, failures, code) => {
    const { clock, ask } = failing(...failures, ...Array.from({ length: 50 }, () => away));
    await expect(untilKnown(clock, ask, 1_200)).rejects.toMatchObject({ code });
  });

  test('repeats no other failure', async () => {
    const { clock, ask } = failing(new Error('a bug'));
    await expect(untilKnown(clock, ask)).rejects.toThrow('a bug');
  });
});
