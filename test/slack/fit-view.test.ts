import { expect, test } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { checkView } from '../../sandbox/slack/block-limits.ts';
import { fitView } from '../../src/slack/forms/fit-view.ts';

const aForm = (value: string, max?: number): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Form' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'comment',
      label: { type: 'plain_text', text: 'Comment' },
      element: {
        type: 'plain_text_input',
        action_id: 'comment',
        initial_value: value,
        ...(max ? { max_length: max } : {}),
      },
    },
  ],
});

/** Every text in it, in its order. */
const textsOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === 'string' && (key === 'text' || key === 'initial_value') ? [each] : textsOf(each),
  );
};

test.each([
  [3_000, undefined],
  [255, 255],
])('what fits stays as it is', (length, max) => {
  const form = aForm('x'.repeat(length), max);
  expect(fitView(form)).toEqual(form);
});

test.each([
  [3_001, undefined],
  [3_100, 3_000],
  [256, 255],
  [40_000, 3_000],
])('of %i characters in a field of %s nothing is lost', (length, max) => {
  const text = Array.from({ length }, (_, i) => 'abcdefghij🖥️k'[i % 12])
    .join('')
    .toWellFormed();
  const fitted = fitView(aForm(text, max));
  expect(checkView(fitted)).toEqual([]);
  const all = textsOf(fitted.blocks);
  expect(all.filter((each) => each.length > 200 || text.includes(each)).join('')).toContain(text.slice(-200));
  expect(all.join(' ')).toContain(`Comment takes at most ${(max ?? 3_000).toLocaleString('en-US')} characters`);
});

test('a megabyte is given back as far as a form can hold it, and the rest is counted', () => {
  const fitted = fitView(aForm('y'.repeat(1_000_000)));
  expect(checkView(fitted)).toEqual([]);
  expect(textsOf(fitted.blocks).join(' ')).toContain('and 955,000 more characters');
});
