import { describe, expect, test } from '@jest/globals';
import { judgeDone, judgeDoubles } from '../../../sandbox/soak/oracle.ts';
import { openShop } from '../../../sandbox/soak/shop.ts';

const words = 'Commented no. 1 of this hour';

/** Somebody was told that their comment is there; so often it is. */
const commented = (times: number, author?: number) => {
  const { state, colleagues, numbers } = openShop(2, 3);
  const [by] = colleagues;
  const [number] = numbers;
  const [row] = state.comments;
  if (!by || number === undefined || !row) throw new Error('an empty shop');
  for (let i = 0; i < times; i++) state.comments.push({ ...row, body: words, user_id: author ?? by.syncroUserId });
  return [...judgeDone(state, [{ kind: 'comment', by, number, words }]), ...judgeDoubles(state)];
};

describe('the judge of a soak', () => {
  test('is content with what is there once', () => {
    expect(commented(1)).toEqual([]);
  });
  test('finds what is doubled, lost, or under another name', () => {
    expect(commented(2)).toEqual([expect.stringContaining('comments by [3000,3000]'), `comment ${words}: 2 times`]);
    expect(commented(0)).toEqual([expect.stringContaining('comments by []')]);
    expect(commented(1, 3001)).toEqual([expect.stringContaining('comments by [3001]')]);
  });
});
