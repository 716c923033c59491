import { describe, expect, test } from '@jest/globals';
import type { DueLine } from '../../../src/features/later/ports.ts';
import { asItStands, findOnInvoices, soughtOf, whereIsLine } from '../../../src/features/later/where-is-line.ts';
import { chargedLineOf } from '../../../src/runs/rules/charge.ts';
import type { Invoice } from '../../../src/syncro/invoice.ts';
import { ticketId } from '../../../src/syncro/ticket.ts';
import { doneCharge, theLine } from '../../runs/rules/a-charge.ts';
import { anInvoice, aTicket, hour, jerrysTicketId, noon } from '../../runs/rules/a-ticket.ts';

const run = doneCharge();
const line = (lineId: number | null): DueLine => ({
  ...{ runId: run.id, customerId: run.ticket.customerId, ticketId: jerrysTicketId, lineId },
  ...{ day: '2026-12-01', state: 'waiting', looks: 0, told: {} },
});

describe('a charged line', () => {
  test.each([
    ['waits', [theLine()], 'waiting'],
    ['was invoiced', [theLine({ invoiced: true })], 'invoiced'],
    ['was corrected since, and waits', [theLine({ quantityHundredths: 100, rateCents: 1 })], 'waiting'],
    ['was removed beside an equal one', [theLine({ id: 901 })], 'gone'],
  ] as const)('that %s is known by its id', (_what, lineItems, where) => {
    expect(whereIsLine(line(900), run, aTicket({ lineItems }))).toBe(where);
  });

  test('is spoken of as it stands now', () => {
    const lineItems = [theLine({ quantityHundredths: 100, description: 'Fixed it twice' })];
    const now = asItStands(line(900), run, aTicket({ lineItems }));
    expect(chargedLineOf(now)).toMatchObject({ id: 900, amountCents: 15_000, description: 'Fixed it twice' });
    expect(asItStands(line(900), run, null)).toBe(run);
  });

  test('of a ticket that is gone is gone', () => {
    expect(whereIsLine(line(900), run, null)).toBe('gone');
  });

  test('may be what can’t be read of its ticket', () => {
    const unread = (id: number | null) => aTicket({ unread: [{ kind: 'line', id, name: '' }] });
    expect([null, 900, 5].map((id) => whereIsLine(line(900), run, unread(id)))).toEqual(['unread', 'unread', 'gone']);
  });

  test('that only a person saw is known by what it is, and waits while one like it does', () => {
    const where = (...lineItems: ReturnType<typeof theLine>[]) => whereIsLine(line(null), run, aTicket({ lineItems }));
    expect(where(theLine({ description: 'Another' }))).toBe('gone');
    expect(where(theLine({ invoiced: true }))).toBe('invoiced');
    expect(where(theLine({ invoiced: true }), theLine({ id: 901 }))).toBe('waiting');
    for (const other of [{ productId: 1 }, { quantityHundredths: 100 }]) expect(where(theLine(other))).toBe('gone');
    const before = { ...run, known: { ...run.known, lineItemIds: [900] } };
    expect(whereIsLine(line(null), before, aTicket({ lineItems: [theLine()] }))).toBe('gone');
  });
});

describe('an invoice that names no ticket', () => {
  const invoice = (fields: Partial<Invoice> = {}): Invoice => {
    const { productId, description, quantityHundredths, rateCents } = theLine();
    const made = { id: 1, productId, name: 'Labor', description, quantityHundredths, rateCents };
    const lines = [{ ...made, taxable: false, labor: true, discounted: false }];
    const of = { ticketId: null, customerId: run.ticket.customerId, createdAt: noon };
    return { ...anInvoice(), ...of, lines, ...fields };
  };

  const held = (...invoices: Invoice[]) => findOnInvoices([soughtOf(run)], invoices).size === 1;

  test('holds a line of its product, hours and text', () => {
    expect(held(invoice())).toBe(true);
  });

  test('holds a line whose text Syncro cut', () => {
    const text = 'Replaced the switch. '.repeat(20);
    const long = { ...soughtOf(run), description: text };
    const [made] = invoice().lines;
    if (!made) throw new Error('no line');
    const cut = invoice({ lines: [{ ...made, description: text.slice(0, 255) }] });
    expect(findOnInvoices([long], [cut]).size).toBe(1);
  });

  test.each([
    ['made for another ticket', { ticketId: ticketId(5) }],
    ['older than the charge', { createdAt: noon - 1 }],
    ['without such a line', { lines: [] }],
  ])('does not when it is %s', (_what, fields) => {
    expect(held(invoice(fields))).toBe(false);
  });

  test('does not when its line has other hours or words', () => {
    const [made] = invoice().lines;
    if (!made) throw new Error('no line');
    for (const other of [{ quantityHundredths: 100 }, { description: 'Another' }, { productId: 1 }])
      expect(held(invoice({ lines: [{ ...made, ...other }] }))).toBe(false);
  });

  test('holds as many lines as it has rows, and the ticket’s own invoice comes first', () => {
    const [first, second] = [soughtOf(run), { ...soughtOf(run), ticketId: 5 }];
    expect([...findOnInvoices([first, second], [invoice()])]).toEqual([first]);
    const both = [invoice(), invoice({ createdAt: noon + 1, ticketId: jerrysTicketId })];
    expect([...findOnInvoices([first, second], both)]).toEqual([first, second]);
  });

  test('that was made after a line was seen on one holds another', () => {
    const [before, now] = [soughtOf(run, noon + hour), soughtOf(run)];
    const holds = (createdAt: number) => {
      const found = findOnInvoices([before, now], [invoice({ createdAt })]);
      return [found.has(before), found.has(now)];
    };
    expect(holds(noon + hour)).toEqual([true, false]);
    expect(holds(noon + 2 * hour)).toEqual([false, true]);
  });

  test('holds the older line, and the next one what was charged since, in whatever order they are read', () => {
    const [older, newer] = [soughtOf(run), { ...soughtOf(run), from: noon + hour }];
    const two = [invoice({ createdAt: noon + 2 * hour }), invoice({ createdAt: noon })];
    expect(findOnInvoices([older, newer], two).size).toBe(2);
  });
});
