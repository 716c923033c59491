import { describe, expect, test } from '@jest/globals';
import { planned } from '../../../src/runs/rules/bill-plan.ts';
import {
  changedTarget,
  correctingWrite,
  correctionNote,
  loggedTime,
  type Target,
  type targetNow,
  uncorrected,
  withActual,
} from '../../../src/runs/rules/correction.ts';
import { reconcile } from '../../../src/runs/rules/reconcile.ts';
import type { LineItem, Ticket, TimerEntry } from '../../../src/syncro/ticket.ts';
import { author } from './a-run.ts';
import { aLineItem, aTicket, jerrysTicketId, minute, noon } from './a-ticket.ts';

const onLine = (row: LineItem): Target & { of: 'line' } => ({ of: 'line', id: row.id, ...planned(row) });
const aLine = aLineItem({ id: 700 });
const line = onLine(aLine);

const entry: TimerEntry = {
  id: 800,
  startedAt: noon - 60 * minute,
  endedAt: noon - 30 * minute,
  notes: 'Swapped the switch',
  recorded: false,
  billable: true,
  activeSeconds: 1_800,
  technicianId: 1750,
  productId: 26_118,
  lineItemId: null,
};
const time = loggedTime(entry);
if (!time) throw new Error('it has an end');

const withLine = (fields: Partial<LineItem> = {}): Ticket => aTicket({ lineItems: [{ ...aLine, ...fields }] });
const withEntry = (fields: Partial<TimerEntry> = {}): Ticket => aTicket({ timers: [{ ...entry, ...fields }] });

describe('before it is sent', () => {
  test.each<[string, Target, Ticket, ReturnType<typeof targetNow> | 'same']>([
    ['a line as it was', line, withLine(), 'same'],
    ['its price', line, withLine({ rateCents: 1 }), { ...line, rateCents: 1, amountCents: 1 }],
    ['its hours', line, withLine({ quantityHundredths: 50 }), { ...line, quantityHundredths: 50, amountCents: 8_750 }],
    ['its product', line, withLine({ productId: 1 }), { ...line, productId: 1 }],
    ['its tax', line, withLine({ taxable: true }), { ...line, taxable: true }],
    [
      'the case of its text',
      line,
      withLine({ description: 'swapped the switch' }),
      { ...line, description: 'swapped the switch' },
    ],
    ['an invoiced line', line, withLine({ invoiced: true }), 'invoiced'],
    ['a line that is gone', line, aTicket({ lineItems: [] }), 'gone'],
    ['time as it was', time, withEntry(), 'same'],
    ['time whose labor Syncro does not show any more', time, withEntry({ productId: null }), 'same'],
    ['its notes', time, withEntry({ notes: 'Else' }), { ...time, notes: 'Else' }],
    ['its beginning', time, withEntry({ startedAt: noon - 90 * minute }), { ...time, startedAt: noon - 90 * minute }],
    ['its labor', time, withEntry({ productId: 1 }), { ...time, productId: 1 }],
    ['charged time', time, withEntry({ recorded: true }), 'charged'],
    ['time that is gone', time, aTicket({ timers: [] }), 'gone'],
    ['time that runs again', time, withEntry({ endedAt: null, activeSeconds: null }), null],
  ])('%s is compared', (_what, before, ticket, to) => {
    expect(changedTarget({ before, after: null }, ticket)).toEqual(to === 'same' ? null : { from: before, to });
  });
});

const longer = { ...line, description: `${line.description} and looked whether all of the phones came back` };
const evenLonger = { ...longer, description: `${longer.description}, twice` };

describe('after it was sent', () => {
  test.each<[string, Target, Target | null, Ticket, boolean]>([
    [
      'as it was to become',
      line,
      { ...line, quantityHundredths: 50, amountCents: 8_750 },
      withLine({ quantityHundredths: 50 }),
      true,
    ],
    ['as it was', line, { ...line, quantityHundredths: 50, amountCents: 8_750 }, withLine(), false],
    [
      'at another price',
      line,
      { ...line, quantityHundredths: 50 },
      withLine({ quantityHundredths: 50, rateCents: 0 }),
      false,
    ],
    ['taxed', line, { ...line, quantityHundredths: 50 }, withLine({ quantityHundredths: 50, taxable: true }), false],
    [
      'a text that Syncro squeezed',
      line,
      { ...line, description: 'A  &  b' },
      withLine({ description: 'A &amp; b' }),
      true,
    ],
    [
      'the old text, of which the new one is more',
      longer,
      evenLonger,
      withLine({ description: longer.description }),
      false,
    ],
    ['a new text that was cut off', line, longer, withLine({ description: longer.description.slice(0, 45) }), true],
    ['gone as it was to be', line, null, aTicket({ lineItems: [] }), true],
    ['still there', line, null, withLine(), false],
    ['gone', line, { ...line, quantityHundredths: 50 }, aTicket({ lineItems: [] }), false],
    [
      'time of the new length',
      time,
      { ...time, startedAt: noon - 75 * minute, seconds: 2_700 },
      withEntry({ startedAt: noon - 75 * minute, activeSeconds: 2_700 }),
      true,
    ],
    [
      'time that is not counted anew',
      time,
      { ...time, startedAt: noon - 75 * minute, seconds: 2_700 },
      withEntry({ startedAt: noon - 75 * minute }),
      false,
    ],
  ])('it is %s', (_what, before, after, ticket, isRight) => {
    expect(uncorrected({ before, after }, ticket) === null).toBe(isRight);
  });

  test('what Syncro has instead counts on a person’s word', () => {
    const wanted = { ...line, quantityHundredths: 50 };
    const found = uncorrected({ before: line, after: wanted }, withLine({ rateCents: 1 }));
    if (!found) throw new Error('it is something else');
    expect(withActual({ before: line, after: wanted }, found).after).toMatchObject({
      rateCents: 1,
      quantityHundredths: 100,
    });
    expect(withActual({ before: line, after: wanted }, { wanted, actual: 'gone' }).after).toBeNull();
    const priced = { laborWord: 'remote', workedMinutes: 45, billedMinutes: 45 };
    expect(withActual({ before: line, after: wanted, priced }, found)).not.toHaveProperty('priced');
  });
});

describe('its write', () => {
  test('says the money of a line each time, its text and labor only where they change', () => {
    expect(correctingWrite(jerrysTicketId, { before: line, after: { ...line, quantityHundredths: 50 } })).toEqual({
      kind: 'line_item_update',
      ticketId: jerrysTicketId,
      lineItemId: 700,
      item: { quantityHundredths: 50, rateCents: 17_500, taxable: false },
      was: line.description,
    });
    const other = { ...line, productId: 1, name: 'Remote', rateCents: 15_000, description: 'Else' };
    expect(correctingWrite(jerrysTicketId, { before: line, after: other })).toMatchObject({
      item: { productId: 1, name: 'Remote', rateCents: 15_000, description: 'Else' },
    });
  });

  test.each([
    [line, { kind: 'line_item_remove', ticketId: jerrysTicketId, lineItemId: 700 }],
    [time, { kind: 'timer_delete', ticketId: jerrysTicketId, timerId: 800 }],
  ])('takes it away', (before, write) => {
    expect(correctingWrite(jerrysTicketId, { before, after: null })).toEqual(write);
  });

  test('is not taken for landed where the text is what it was', () => {
    const ticket = withLine({ description: longer.description });
    const write = correctingWrite(jerrysTicketId, { before: longer, after: evenLonger });
    const intent = { at: noon, settledAt: noon, author };
    const known = { commentIds: [], lineItemIds: [], invoiceIds: [] };
    expect(reconcile(write, intent, known, { ticket })).toEqual({ result: 'absent' });
    expect(reconcile(write, intent, known, { ticket: withLine({ description: evenLonger.description }) }).result).toBe(
      'landed',
    );
  });

  test('of a time entry is known by its labor, where Syncro shows it', () => {
    const write = correctingWrite(jerrysTicketId, { before: time, after: { ...time, productId: 1 } });
    const read = (productId: number | null) =>
      reconcile(
        write,
        { at: noon, settledAt: noon, author },
        { commentIds: [], lineItemIds: [], invoiceIds: [] },
        { ticket: withEntry({ productId }) },
      ).result;
    expect([read(1), read(26_118), read(null)]).toEqual(['landed', 'absent', 'absent']);
  });
});

test('the audit has what it was and what it became', () => {
  expect(correctionNote({ before: line, after: { ...line, quantityHundredths: 50, amountCents: 8_750 } })).toBe(
    'was 1.0 h × $175.00 = $175.00, Labor - Onsite Business, "Swapped the switch"; now 0.5 h × $175.00 = $87.50, Labor - Onsite Business, "Swapped the switch"',
  );
  expect(correctionNote({ before: time, after: null })).toBe('was 30 min logged, "Swapped the switch"');
});
