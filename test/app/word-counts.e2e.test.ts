import { expect, test } from '@jest/globals';
import { answerTo, readHome } from '../../sandbox/picture/acts.ts';
import { play } from '../../sandbox/picture/play.ts';
import type { Scene } from '../../sandbox/picture/scene.ts';
import type { Node } from '../../sandbox/picture/tree.ts';
import { emptyJournal } from '../empty-journal.ts';
import { openBillForm, previewBill } from '../features/bill/bill-steps.ts';

/**
 * How many words stand on a surface that people look at all day, so that none grows unseen. Counted as it is drawn: titles,
 * labels, hints, buttons, what a customer wrote, and what Slack adds. A word has a letter in it: numbers, amounts and marks
 * are none. Menus are closed, and what stands in an empty field is not counted, nor is what was typed into one.
 */
const INLINE = ['a', 'b', 'code', 'i'];

const textOf = (node: Node): string => {
  if (typeof node === 'string') return node;
  const { tag, attrs, children } = node;
  if (tag === 'details' || tag === 'textarea' || attrs.class?.toString().startsWith('avatar')) return '';
  if (tag === 'select') return ` ${shownIn(children)} `;
  const text = children.map(textOf).join('');
  return INLINE.includes(tag) ? text : ` ${text} `;
};

/** What a closed menu shows: what is chosen in it, else what it is for. */
const shownIn = (options: readonly Node[]): string => {
  const chosen = options.find((option) => typeof option !== 'string' && option.attrs.selected === true);
  return [chosen ?? options[0] ?? ''].map(textOf).join('');
};

const wordsOn = (node: Node): readonly string[] =>
  textOf(node)
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word));

/** A third fewer than there were when each surface was drawn anew. */
const SURFACES: ReadonlyArray<readonly [string, number, Scene['act']]> = [
  ['bill form', 49, async (howard) => ({ modal: await openBillForm(howard, 32164) })],
  ['bill preview', 44, async (howard) => ({ modal: await previewBill(howard, 32164, { minutes: '41' }) })],
  ['card', 89, async (howard) => ({ message: await answerTo(howard, 'ticket 32164', /Nothing billed/) })],
  ['digest', 142, async (howard) => ({ message: await answerTo(howard, 'digest preview', /Open tickets · /) })],
  ['list', 226, async (howard) => ({ message: await answerTo(howard, '', /Your open tickets[^$]*Team: /) })],
  ['Home', 431, async (howard) => ({ home: await readHome(howard) })],
];

test.each(SURFACES)('the %s has a third fewer words than %i', async (name, before, act) => {
  const journal = await emptyJournal();
  const words = wordsOn(await play({ name, world: { journal, syncro: { data: 'full' } }, act }));
  expect(words.length).toBeGreaterThan(before / 5);
  expect(words.slice(Math.ceil((before * 2) / 3))).toEqual([]);
});
