import { expect, test } from '@jest/globals';
import { addedTo, touchesBy, touchText } from '../../../src/runs/rules/deletion.ts';
import type { InvoiceSummary } from '../../../src/syncro/invoice.ts';
import type { Comment, LineItem, Ticket, Unread } from '../../../src/syncro/ticket.ts';
import { aComment, aLineItem, aTicket } from './a-ticket.ts';

type On = {
  readonly comments?: readonly Comment[];
  readonly lines?: readonly LineItem[];
  readonly unread?: readonly Unread[];
  readonly invoices?: readonly InvoiceSummary[];
};

const contents = ({ comments = [], lines = [], unread = [], invoices = [] }: On) => ({
  ticket: { ...aTicket(), comments: [], lineItems: lines, timers: [], unread } satisfies Ticket,
  comments,
  invoices,
});

test.each<[string, On, readonly string[]]>([
  ['nothing', {}, []],
  ['one’s own', { comments: [aComment()], lines: [aLineItem()] }, []],
  [
    'a comment of a colleague',
    { comments: [aComment({ authorId: 1737, authorName: 'Winter' })] },
    ['It has a comment by Winter.'],
  ],
  [
    'a customer’s comment',
    { comments: [aComment({ authorId: null, authorName: null })] },
    ["It has a comment without an author: it may be the customer's."],
  ],
  [
    // Syncro puts the key's owner on what customers answer by email.
    'a comment without a user under one’s own name',
    { comments: [aComment({ authorId: null, authorName: 'Howard Enos' })] },
    ['It has a comment by Howard Enos.'],
  ],
  ['a line of a colleague', { lines: [aLineItem({ technicianId: 1737 })] }, ['It has a line by Syncro user 1737.']],
  ['a line of nobody', { lines: [aLineItem({ technicianId: null })] }, ['It has a line without an author.']],
  ['what nobody can read', { unread: [{ kind: 'comment', id: null, name: '' }] }, ["Part of it can't be read."]],
  [
    'an invoice',
    {
      invoices: [
        {
          id: 1,
          number: '70001',
          totalCents: 100,
          ticketId: null,
          technicianId: 1750,
          createdAt: null,
        } as InvoiceSummary,
      ],
    },
    ['It has invoice #70001, $1.00.'],
  ],
])('a ticket with %s', (_what, on, reasons) => {
  expect(touchesBy(contents(on), 1750).map(touchText)).toEqual(reasons);
});

test('what was not there when it was decided is told, also one’s own', () => {
  const known = { commentIds: [500], lineItemIds: [], invoiceIds: [], timerIds: [] };
  const on = contents({ comments: [aComment({ id: 500 }), aComment({ id: 501 })], lines: [aLineItem({ id: 700 })] });
  expect(addedTo(on, known, { name: 'Howard' }).map(({ id }) => id)).toEqual([501, 700]);
});
