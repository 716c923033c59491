import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Say } from '../../src/slack/person.ts';
import type { Reply } from '../../src/slack/reply.ts';
import { waitOut } from '../../src/slack/wait-out.ts';
import { aManualClock } from '../syncro/scripted-syncro.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const answer: Reply = { text: 'The card', blocks: [] };

/** Work that takes so long, while the limit is used up or not. */
const waiting = async (ms: number, isFull: boolean, name: 'ticket' | 'update' = 'ticket') => {
  const said: string[] = [];
  const say: Say = ({ text }, { replace = false } = {}) => {
    said.push(`${text}${replace ? ' (replaces)' : ''}`);
    return Promise.resolve();
  };
  const done = waitOut({ clock: aManualClock(), isFull: () => isFull }, name === 'ticket', say, async (place) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await place(answer);
  });
  await jest.advanceTimersByTimeAsync(ms + 1);
  await done;
  return said;
};

test('whoever waits for Syncro’s limit is told why, and the answer comes in its place', async () => {
  expect(await waiting(60_000, true)).toEqual([
    expect.stringMatching(
      /^⏳ .*rate limit is reached.* You'll get your answer as soon as there is room.* \(replaces\)$/,
    ),
    'The card (replaces)',
  ]);
});

test.each([
  [4_000, true, 'ticket'],
  [60_000, false, 'ticket'],
  [60_000, true, 'update'],
] as const)('after %d ms, limit used up: %s, %s: nothing but the answer is said', async (ms, isFull, name) => {
  expect(await waiting(ms, isFull, name)).toEqual(['The card']);
});
