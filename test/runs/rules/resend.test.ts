import { describe, expect, test } from '@jest/globals';
import { emailsCustomer, isRemoval, isRepeatable, mayResend } from '../../../src/runs/rules/resend.ts';
import { plannedStep } from '../../../src/runs/rules/step.ts';
import type { Audience } from '../../../src/syncro/audience.ts';
import type { Write, WriteKind } from '../../../src/syncro/write.ts';
import { settings } from './a-run.ts';
import { jerrysTicketId, noon } from './a-ticket.ts';

const ticketId = jerrysTicketId;

const comment = (audience: Audience): Write => ({ kind: 'comment', ticketId, subject: 'Update', body: 'Hi', audience });
const ticket = (audience: Audience | null): Write => ({
  kind: 'ticket',
  customerId: 9_001,
  fields: { subject: 'Cloud' },
  firstComment: audience && { subject: 'Initial Issue', body: 'Hi', audience },
});

const item = {
  productId: 1_190_473,
  name: 'Labor',
  description: 'Fixed',
  quantityHundredths: 75,
  rateCents: 15_000,
  taxable: false,
};

/** One write of every kind, and what may be done with it. */
const writes: {
  readonly [K in WriteKind]: { readonly write: Write; readonly repeatable: boolean; readonly removal: boolean };
} = {
  comment: { write: comment('portal'), repeatable: false, removal: false },
  line_item: { write: { kind: 'line_item', ticketId, item }, repeatable: false, removal: false },
  line_item_update: {
    write: { kind: 'line_item_update', ticketId, lineItemId: 700, item },
    repeatable: true,
    removal: false,
  },
  line_item_remove: { write: { kind: 'line_item_remove', ticketId, lineItemId: 700 }, repeatable: true, removal: true },
  timer: {
    write: { kind: 'timer', ticketId, timer: { startedAt: noon, endedAt: noon, notes: 'Fixed' } },
    repeatable: false,
    removal: false,
  },
  timer_update: {
    write: { kind: 'timer_update', ticketId, timerId: 40, timer: { notes: 'Fixed' } },
    repeatable: true,
    removal: false,
  },
  timer_charge: { write: { kind: 'timer_charge', ticketId, timerId: 40 }, repeatable: false, removal: false },
  timer_delete: { write: { kind: 'timer_delete', ticketId, timerId: 40 }, repeatable: true, removal: true },
  timer_billable: {
    write: { kind: 'timer_billable', ticketId, timerId: 40, billable: false },
    repeatable: true,
    removal: false,
  },
  invoice: {
    write: { kind: 'invoice', ticketId, customerId: 9_001, date: '2026-11-23' },
    repeatable: false,
    removal: false,
  },
  invoice_delete: { write: { kind: 'invoice_delete', invoiceId: 3_000 }, repeatable: true, removal: true },
  invoice_draft: { write: { kind: 'invoice_draft', invoiceId: 3_000 }, repeatable: true, removal: false },
  ticket: { write: ticket(null), repeatable: false, removal: false },
  ticket_update: { write: { kind: 'ticket_update', ticketId, fields: {} }, repeatable: true, removal: false },
  ticket_delete: { write: { kind: 'ticket_delete', ticketId }, repeatable: true, removal: true },
  customer: { write: { kind: 'customer', businessName: 'Burger Barn' }, repeatable: false, removal: false },
};

const tried = (write: Write, tries: number) => ({ ...plannedStep(write), tries });

describe.each(Object.entries(writes))('%s', (_kind, { write, repeatable, removal }) => {
  test('is (not) repeatable, (not) a removal', () => {
    expect([isRepeatable(write), isRemoval(write)]).toEqual([repeatable, removal]);
  });

  test('is sent again once by itself, or up to ten times where that changes nothing', () => {
    const may = [1, 2, 9, 10].map((tries) => mayResend(write, tried(write, tries), settings));
    expect(may).toEqual(repeatable ? [true, true, true, false] : [true, false, false, false]);
  });
});

describe('what emails the customer', () => {
  test('is a comment to them, or a new ticket whose first comment is one', () => {
    const audiences = ['email', 'portal', 'internal'] as const;
    expect(audiences.map((audience) => emailsCustomer(comment(audience)))).toEqual([true, false, false]);
    expect([...audiences, null].map((audience) => emailsCustomer(ticket(audience)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test.each([comment('email'), ticket('email')])('($kind) is sent again by itself only where that is set', (write) => {
    const auto = { ...settings, resendEmailComment: 'auto' } as const;
    expect(mayResend(write, tried(write, 1), settings)).toBe(false);
    expect(mayResend(write, tried(write, 1), auto)).toBe(true);
    expect(mayResend(write, tried(write, 2), auto)).toBe(false);
  });
});
