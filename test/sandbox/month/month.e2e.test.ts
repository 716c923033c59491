import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Evidence, judgeMonth } from '../../../sandbox/month/judge.ts';
import { type Month, playMonth } from '../../../sandbox/month/play.ts';
import type { LineRow } from '../../../sandbox/syncro/rows.ts';
import { emptyJournal } from '../../empty-journal.ts';

/** One customer of each kind, over the days on which a recurring invoice takes, leaves or misses what was promised. */
let month: Month;
beforeAll(async () => {
  month = await playMonth({ seed: 1, customers: 10, days: [9, 15], journal: await emptyJournal() });
});
afterAll(() => month.close());

test('some days of a shop leave every hour with one end, at the right price', () => {
  expect(month.problems).toEqual([]);
  const { works, counts } = month.evidence.diary;
  // A quiet week would prove nothing.
  expect(works.length).toBeGreaterThan(8);
  for (const what of ['billed', 'charged for later']) expect(counts.get(what)).toBeGreaterThan(0);
});

/** The same evidence with something done to it; what was there is put back. */
const judgedWith = (change: (evidence: Evidence) => void): readonly string[] => {
  const { evidence } = month;
  const state = structuredClone(evidence.state);
  const works = evidence.diary.works.map((work) => ({ ...work }));
  const changed = { ...evidence, state, diary: { ...evidence.diary, works, blocks: new Map(evidence.diary.blocks) } };
  change(changed);
  return judgeMonth(changed);
};

const the = <Row>(row: Row | undefined): Row => {
  if (row === undefined) throw new Error('the month has none');
  return row;
};

const invoicedLine = ({ state }: Evidence): LineRow => the(state.lines.find(({ invoice_id }) => invoice_id !== null));

test.each<readonly [string, (evidence: Evidence) => void, RegExp]>([
  ['a line too much', ({ state }) => state.lines.push({ ...the(state.lines[0]), invoice_id: null }), /^line too many/],
  ['a line that is gone', ({ state }) => state.lines.pop(), /^line missing/],
  [
    'a price',
    (evidence) => Object.assign(invoicedLine(evidence), { retail_cents: 1 }),
    /^line too many: .* at 1 cents/,
  ],
  ['hours', (evidence) => Object.assign(invoicedLine(evidence), { quantity: 9 }), /^line too many: .* 9 h/],
  ['somebody else’s key', (evidence) => Object.assign(invoicedLine(evidence), { user_id: 1 }), /by 1, invoiced/],
  ['tax', (evidence) => Object.assign(invoicedLine(evidence), { taxable: true }), /, taxed, by/],
  [
    'what is on an invoice twice',
    ({ state }) => state.invoiceLines.push(...state.invoiceLines.slice(-1)),
    /^on invoice \d+ too many/,
  ],
  [
    'an invoice that nobody made',
    ({ state }) => state.invoices.push({ ...the(state.invoices[0]), ticket_id: 1 }),
    /^invoice too many/,
  ],
  ['a comment said twice', ({ state }) => state.comments.push({ ...the(state.comments[0]) }), /^comment too many/],
  ['a mail that did not go out', ({ state }) => state.outbox.splice(0), /^comment missing: .* mailed/],
  ['a block', ({ state }) => Object.assign(the(state.customers[1]), { prepay_hours: '-1' }), /^customer 601 has -1/],
  [
    'an hour without an end',
    ({ state, diary }) => {
      Object.assign(the(diary.works.find(({ price }) => price)), { end: 'waits' });
      state.schedules.length = 0;
    },
    / has no end$/,
  ],
  [
    'what was left and not told',
    ({ diary }) => Object.assign(the(diary.works[0]), { end: 'waits', followed: 'left', ticket: 1 }),
    /was left by its recurring invoice, and Winter Hale was not told/,
  ],
])('the judge notices %s', (_what, change, words) => {
  expect(judgedWith(change)).toContainEqual(expect.stringMatching(words));
});
