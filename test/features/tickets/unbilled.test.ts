import { expect, test } from '@jest/globals';
import { unbilledRows } from '../../../src/features/tickets/slack/unbilled-words.ts';
import { NOTHING_PROMISED, unbilledOf } from '../../../src/features/tickets/unbilled.ts';
import type { TimerEntry } from '../../../src/syncro/ticket.ts';
import { aComment, aLineItem, anInvoice, anInvoiceLine, aTicket, noon } from '../../runs/rules/a-ticket.ts';

const entry: TimerEntry = {
  id: 1,
  startedAt: noon,
  endedAt: noon,
  notes: '',
  recorded: false,
  technicianId: 1750,
  lineItemId: null,
};
const line = aLineItem();
const timer = { startedAt: noon, stoppedAt: null };

test('a ticket that nobody has billed anything on is told as such', () => {
  expect(unbilledOf(aTicket(), [], [], NOTHING_PROMISED)).toEqual([{ kind: 'nothing' }]);
});

test.each([
  ['logged as not billable', { timers: [{ ...entry, billable: false }] }],
  ['not billable by its comment', { comments: [aComment({ subject: 'Not billable', hidden: true })] }],
])('a ticket whose time is %s has nothing left to bill', (_what, fields) => {
  expect(unbilledOf(aTicket(fields), [], [], NOTHING_PROMISED)).toEqual([]);
});

test('a customer who writes that something is not billable has said nothing about what was worked', () => {
  const comments = [aComment({ subject: 'Not billable', hidden: false })];
  expect(unbilledOf(aTicket({ comments }), [], [], NOTHING_PROMISED)).toEqual([{ kind: 'nothing' }]);
});

test('a line is unbilled until an invoice holds it by what it says and costs', () => {
  const ticket = aTicket({ lineItems: [line] });
  const { productId, name, description, quantityHundredths, rateCents } = line;
  const same = anInvoiceLine({ productId, name, description, quantityHundredths, rateCents });
  expect(unbilledOf(ticket, [], [], NOTHING_PROMISED)).toEqual([{ kind: 'line', line }]);
  expect(unbilledOf(ticket, [anInvoice({ lines: [same] })], [], NOTHING_PROMISED)).toEqual([]);
  expect(
    unbilledOf(ticket, [anInvoice({ lines: [{ ...same, description: 'Other', rateCents: 1 }] })], [], NOTHING_PROMISED),
  ).toHaveLength(1);
});

test('a timer entry of Syncro is unbilled until it was charged, if anybody is to pay for it', () => {
  const timers = [entry, { ...entry, id: 2, recorded: true }, { ...entry, id: 3, billable: false }];
  expect(unbilledOf(aTicket({ timers, lineItems: [{ ...line, invoiced: true }] }), [], [], NOTHING_PROMISED)).toEqual([
    { kind: 'timer_entry', entry },
  ]);
});

test('the technician’s own timers come first', () => {
  const kinds = unbilledOf(aTicket({ timers: [entry], lineItems: [line] }), [], [timer], NOTHING_PROMISED).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(['timer', 'line', 'timer_entry']);
});

test('an invoice without a line of the ticket counts as billed', () => {
  expect(unbilledOf(aTicket(), [anInvoice({ lines: [] })], [], NOTHING_PROMISED)).toEqual([]);
});

test('a line that a recurring invoice is to take is said to be promised, not forgotten', () => {
  const ticket = aTicket({ lineItems: [aLineItem({ id: 1 }), aLineItem({ id: 2 })] });
  const unbilled = unbilledOf(ticket, [], [], { days: new Map([[1, '2026-12-01']]), taken: new Set() });
  expect(unbilled).toMatchObject([
    { kind: 'line', promisedFor: '2026-12-01' },
    { kind: 'line', line: { id: 2 } },
  ]);
  expect(unbilledRows(unbilled, ticket.number, noon).flat().join('')).toMatch(
    /\) is not invoiced\.1\.0 h Labor - Onsite Business \$175\.00 goes on a recurring invoice, Dec 1\./,
  );
});

test('a line that a recurring invoice is known to hold is no work that anybody forgot', () => {
  const ticket = aTicket({ lineItems: [aLineItem({ id: 1 }), aLineItem({ id: 2 })] });
  const promised = { days: new Map<number, string>(), taken: new Set([1]) };
  expect(unbilledOf(ticket, [], [], promised)).toMatchObject([{ kind: 'line', line: { id: 2 } }]);
});
