import { describe, expect, test } from '@jest/globals';
import type { SeenIds } from '../../src/domain/billing.ts';
import { type Intent, type Reading, reconcile } from '../../src/domain/reconcile.ts';
import { ticketId } from '../../src/domain/ticket.ts';
import type { Write } from '../../src/domain/write.ts';
import { aComment, aLineItem, anInvoice, aTicket, howard, jerrysTicketId, mike, minute, noon } from './a-ticket.ts';

const intent: Intent = {
  at: noon,
  settledAt: noon + 150_000,
  author: { id: howard.syncroUserId, name: howard.name },
};
const known: SeenIds = { commentIds: [500], lineItemIds: [700], invoiceIds: [3_000] };

const body = 'Replaced the toner, ran three test pages and cleaned the rollers.\nPings <hostname> & all is well.';
const comment: Write = {
  kind: 'comment',
  ticketId: jerrysTicketId,
  subject: 'Resolution',
  body,
  audience: 'email',
};
const line: Write = {
  kind: 'line_item',
  ticketId: jerrysTicketId,
  item: {
    productId: 1_190_473,
    name: 'Labor - Remote Business',
    description: body,
    quantityHundredths: 75,
    rateCents: 15_000,
    taxable: false,
  },
};
const invoice: Write = { kind: 'invoice', ticketId: jerrysTicketId, customerId: 9_001, date: '2026-11-23' };
const update: Write = { kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Invoiced' } };

const ours = aComment({ id: 501, body, createdAt: noon + 1_000 });
const ourLine = aLineItem({
  id: 701,
  productId: 1_190_473,
  quantityHundredths: 75,
  description: body,
  createdAt: noon + 1_000,
});
const ourInvoice = anInvoice({ id: 3_001, number: '4445', createdAt: noon + 1_000 });

/** Each kind of write that leaves a record, with a record that is its effect and a way to change that record. */
const kinds = [
  {
    name: 'a comment',
    write: comment,
    read: (rows: ReadonlyArray<Partial<typeof ours>>): Reading => ({
      comments: rows.map((row) => ({ ...ours, ...row })),
    }),
    landed: { result: 'landed', id: 501, number: null },
    by: (id: number | null, name: string | null) => ({ authorId: id, authorName: name }),
    knownId: 500,
  },
  {
    name: 'a line',
    write: line,
    read: (rows: ReadonlyArray<Partial<typeof ourLine>>): Reading => ({
      ticket: aTicket({ lineItems: rows.map((row) => ({ ...ourLine, ...row })) }),
    }),
    landed: { result: 'landed', id: 701, number: null },
    by: (id: number | null) => ({ technicianId: id }),
    knownId: 700,
  },
  {
    name: 'an invoice',
    write: invoice,
    read: (rows: ReadonlyArray<Partial<typeof ourInvoice>>): Reading => ({
      invoices: rows.map((row) => ({ ...ourInvoice, ...row })),
    }),
    landed: { result: 'landed', id: 3_001, number: '4445' },
    by: (id: number | null) => ({ technicianId: id }),
    knownId: 3_000,
  },
] as const;

describe.each(kinds)('$name', ({ write, read, landed, by, knownId }) => {
  const result = (...rows: object[]) => reconcile(write, intent, known, read(rows));

  test('that is new, ours and equal has landed', () => {
    expect(result({})).toEqual(landed);
  });

  test('that is not there is absent', () => {
    expect(result()).toEqual({ result: 'absent' });
  });

  test('that is there twice is unclear, with both ids', () => {
    expect(result({}, { id: 9_999 })).toEqual({ result: 'unclear', candidates: [landed.id, 9_999] });
  });

  test('by another author is not ours', () => {
    expect(result(by(mike.syncroUserId, mike.name))).toEqual({ result: 'absent' });
  });

  test('whose id was known before is not ours', () => {
    expect(result({ id: knownId })).toEqual({ result: 'absent' });
  });

  test('older than the intent is not ours, but clocks may differ by two minutes', () => {
    expect(result({ createdAt: noon - 2 * minute - 1 })).toEqual({ result: 'absent' });
    expect(result({ createdAt: noon - 2 * minute })).toEqual(landed);
  });

  test('without a time of its own counts as new', () => {
    expect(result({ createdAt: null })).toEqual(landed);
  });

  test('that was not read is unclear', () => {
    expect(reconcile(write, intent, known, {})).toEqual({ result: 'unclear', candidates: [] });
  });
});

describe('text that Syncro changed on the way is still ours', () => {
  const changes: ReadonlyArray<readonly [string, string]> = [
    ['wrapped in HTML', `<p>${body.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>`],
    ['with other line ends', body.replace('\n', '<br />\r\n')],
    ['with other white space', ` ${body.replace(/ /g, '  ')}\n\n`],
    ['with the tag dropped', body.replace('<hostname>', '')],
    ['cut off', `${body.slice(0, 60)}…`],
  ];

  test.each(changes)('%s', (_how, seen) => {
    expect(reconcile(comment, intent, known, { comments: [{ ...ours, body: seen }] })).toMatchObject({ id: 501 });
    const ticket = aTicket({ lineItems: [{ ...ourLine, description: seen }] });
    expect(reconcile(line, intent, known, { ticket })).toMatchObject({ id: 701 });
  });

  test('other words are not', () => {
    const comments = [{ ...ours, body: body.replace('toner', 'drum') }];
    expect(reconcile(comment, intent, known, { comments })).toEqual({ result: 'absent' });
  });
});

describe('a comment without an author id', () => {
  test('is ours when it shows our name, else it is the customer’s', () => {
    const shown = (authorName: string | null) =>
      reconcile(comment, intent, known, { comments: [{ ...ours, authorId: null, authorName }] }).result;
    expect([shown(howard.name), shown('Jerry Burger'), shown(null)]).toEqual(['landed', 'absent', 'absent']);
  });
});

describe('a line', () => {
  test.each([
    ['product', { productId: 1 }],
    ['hours', { quantityHundredths: 74 }],
    ['text', { description: 'Something else' }],
  ])('with another %s is not ours', (_what, fields) => {
    const ticket = aTicket({ lineItems: [{ ...ourLine, ...fields }] });
    expect(reconcile(line, intent, known, { ticket })).toEqual({ result: 'absent' });
  });

  test('without a technician may be ours', () => {
    const ticket = aTicket({ lineItems: [{ ...ourLine, technicianId: null }] });
    expect(reconcile(line, intent, known, { ticket })).toMatchObject({ result: 'landed' });
  });
});

describe('an invoice', () => {
  test('of another ticket is not ours, one without a ticket may be', () => {
    const of = (id: number | null) =>
      reconcile(invoice, intent, known, {
        invoices: [{ ...ourInvoice, ticketId: id === null ? null : ticketId(id) }],
      }).result;
    expect([of(1), of(jerrysTicketId), of(null)]).toEqual(['absent', 'landed', 'landed']);
  });
});

describe('a change of the ticket', () => {
  const fields = {
    status: 'Invoiced',
    priority: 'High',
    subject: 'Cloud',
    problemType: 'Network',
    technicianId: mike.syncroUserId,
  };
  const all: Write = { kind: 'ticket_update', ticketId: jerrysTicketId, fields };

  test('has landed when the ticket says so', () => {
    expect(reconcile(update, intent, known, { ticket: aTicket({ status: 'Invoiced' }) })).toEqual({
      result: 'landed',
      id: jerrysTicketId,
      number: null,
    });
    expect(reconcile(all, intent, known, { ticket: aTicket(fields) }).result).toBe('landed');
  });

  test.each(Object.keys(fields))('has not landed while its %s is the old one', (field) => {
    const ticket = aTicket({ ...fields, [field]: null });
    expect(reconcile(all, intent, known, { ticket })).toEqual({ result: 'absent' });
  });

  test('is unclear when the ticket was not read', () => {
    expect(reconcile(update, intent, known, {})).toEqual({ result: 'unclear', candidates: [] });
  });
});

test('a kind of write that nobody can look for yet is unclear', () => {
  const remove: Write = { kind: 'line_item_remove', ticketId: jerrysTicketId, lineItemId: 700 };
  const reading = { ticket: aTicket(), comments: [], invoices: [] };
  expect(reconcile(remove, intent, known, reading)).toEqual({ result: 'unclear', candidates: [] });
});
