import { describe, expect, test } from '@jest/globals';
import { fenced, inline } from '../../src/shared/markdown.ts';

describe('somebody else’s words in Markdown', () => {
  test.each([
    ['no code', '```text\nno code\n```'],
    ['```\nrm -rf\n```', '````text\n```\nrm -rf\n```\n````'],
    ['a `````` b', '```````text\na `````` b\n```````'],
    ['windows\r\nlines\rhere', '```text\nwindows\nlines\nhere\n```'],
    ['bell\u0007 and \u202eturned', '```text\nbell and turned\n```'],
  ])('stay behind their fence: %j', (text, expected) => {
    expect(fenced(text)).toBe(expected);
  });

  test.each([
    ['two\nlines', 'two lines'],
    ['# *x* <b> [a](b) `c` &amp; C:\\d', '\\# \\*x\\* \\<b\\> \\[a\\](b) \\`c\\` \\&amp; C:\\\\d'],
    ["Len's Auto-Brokerage, Inc.", "Len's Auto-Brokerage, Inc."],
  ])('are literal within a line: %j', (text, expected) => {
    expect(inline(text)).toBe(expected);
  });

  test('cuts what is endless and says so', () => {
    const text = fenced('x'.repeat(100_000));
    expect(text.length).toBeLessThan(21_000);
    expect(text).toContain('(cut here)');
    expect(inline('y'.repeat(5_000)).length).toBeLessThanOrEqual(1_000);
  });
});
