import { describe, expect, test } from '@jest/globals';
import type { SeenIds } from '../../../src/runs/rules/bill-plan.ts';
import { effectsOf, type Intent, type Reading, reconcile } from '../../../src/runs/rules/reconcile.ts';
import { type Ticket, type TimerEntry, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import type { TimerFields, Write } from '../../../src/syncro/write.ts';
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
    const earlier = { id: knownId - 1 };
    expect(result({ ...earlier, createdAt: noon - 2 * minute - 1 })).toEqual({ result: 'absent' });
    expect(result({ ...earlier, createdAt: noon - 2 * minute })).toEqual({ ...landed, id: knownId - 1 });
  });

  test('that came after all that was known is ours however far a clock is off; where nothing was, up to a day and a half', () => {
    const longAgo = { createdAt: noon - 36 * 60 * minute - 1 };
    expect(result(longAgo)).toEqual(landed);
    const nothing: SeenIds = { commentIds: [], lineItemIds: [], invoiceIds: [] };
    expect(reconcile(write, intent, nothing, read([longAgo]))).toEqual({ result: 'absent' });
    expect(reconcile(write, intent, nothing, read([{ createdAt: noon - 36 * 60 * minute }]))).toEqual(landed);
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

  const unrecognisable: ReadonlyArray<readonly [string, string]> = [
    ['other words', 'Replaced the drum.'],
    ['cut off after a few characters', body.slice(0, 12)],
    ['nothing', ''],
  ];

  test.each(unrecognisable)('of which there is %s it is unclear, and both are to be compared', (_how, seen) => {
    expect(reconcile(comment, intent, known, { comments: [{ ...ours, body: seen }] })).toEqual({
      result: 'unclear',
      candidates: [501],
      alike: [{ id: 501, text: seen }],
    });
    const ticket = aTicket({ lineItems: [{ ...ourLine, description: seen }] });
    expect(reconcile(line, intent, known, { ticket })).toMatchObject({ alike: [{ id: 701, text: seen }] });
  });

  test('is found beside another comment of ours', () => {
    const comments = [{ ...ours, id: 502, body: 'Called Jerry.' }, ours];
    expect(reconcile(comment, intent, known, { comments })).toMatchObject({ result: 'landed', id: 501 });
  });

  test('of any length is kept short in the journal', () => {
    const comments = [{ ...ours, body: 'x'.repeat(5_000) }];
    const result = reconcile(comment, intent, known, { comments });
    expect(JSON.stringify(result).length).toBeLessThan(400);
  });
});

describe('a comment without an author id', () => {
  const shown = (authorName: string | null, seen: string, fields = {}) =>
    reconcile(comment, intent, known, { comments: [{ ...ours, authorId: null, authorName, body: seen, ...fields }] });

  test.each([howard.name, howard.name.toLowerCase(), ` ${howard.name.replace(' ', '  ')}`])(
    'is ours when it shows our name, however it is written: "%s"',
    (name) => {
      expect(shown(name, body)).toMatchObject({ result: 'landed', id: 501 });
    },
  );

  test.each(['Howard E.', 'howard@acme.example', 'Jerry Burger'])(
    'is unclear when "%s" says what we did, and theirs when they say something else',
    (name) => {
      expect(shown(name, body)).toEqual({ result: 'unclear', candidates: [501], alike: [{ id: 501, text: body }] });
      expect(shown(name, 'Thanks!')).toEqual({ result: 'absent' });
    },
  );

  test('and without a name is unclear when the same people see it, whatever it says', () => {
    expect(shown(null, body)).toMatchObject({ result: 'unclear' });
    expect(shown(null, 'Replaced')).toMatchObject({ result: 'unclear', candidates: [501] });
    expect(shown(null, 'Replaced', { hidden: true })).toEqual({ result: 'absent' });
  });
});

describe('a comment that other people see', () => {
  test('is not ours with other words, and unclear with the same', () => {
    const hidden = (seen: string) =>
      reconcile(comment, intent, known, { comments: [{ ...ours, hidden: true, body: seen }] }).result;
    expect([hidden('Called Jerry.'), hidden(body)]).toEqual(['absent', 'unclear']);
  });
});

describe('a line', () => {
  test.each([
    ['product', { productId: 1 }],
    ['hours', { quantityHundredths: 74 }],
  ])('with another %s is not ours, unless it reads the same', (_what, fields) => {
    const seen = (description: string) =>
      reconcile(line, intent, known, { ticket: aTicket({ lineItems: [{ ...ourLine, ...fields, description }] }) });
    expect(seen('Something else')).toEqual({ result: 'absent' });
    expect(seen(body)).toMatchObject({ result: 'unclear', candidates: [701] });
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

/** What a write changes or removes is as it was to become, or not; nothing in between. */
const asIntended = (write: Write, reading: Reading) => reconcile(write, intent, known, reading).result;
const LANDED = { result: 'landed', id: null, number: null };

describe('a change of the ticket', () => {
  const fields = {
    status: 'Invoiced',
    priority: 'High',
    subject: 'Cloud',
    problemType: 'Network',
    technicianId: mike.syncroUserId,
  };
  const contact = { id: 45, name: 'Ann Burger', email: null, phone: null };
  const changed = { ...fields, contact, dueAt: Date.UTC(2026, 10, 30) };
  const all: Write = {
    kind: 'ticket_update',
    ticketId: jerrysTicketId,
    fields: { ...fields, contactId: 45, dueDate: '2026-11-30' },
  };

  test('has landed when the ticket says so', () => {
    expect(reconcile(update, intent, known, { ticket: aTicket({ status: 'Invoiced' }) })).toEqual(LANDED);
    expect(reconcile(all, intent, known, { ticket: aTicket(changed) })).toEqual(LANDED);
  });

  test('has landed though Syncro keeps the subject its own way', () => {
    const fields = { subject: 'Jerry’s café 🎉' };
    const write: Write = { kind: 'ticket_update', ticketId: jerrysTicketId, fields };
    expect(asIntended(write, { ticket: aTicket({ subject: 'Jerry&rsquo;s cafe\u0301' }) })).toBe('landed');
  });

  test.each([...Object.keys(changed)])('has not landed while its %s is the old one', (field) => {
    const before = { ...aTicket(), dueAt: Date.UTC(2026, 10, 24) };
    const ticket = { ...aTicket(changed), [field]: before[field as keyof typeof before] };
    expect(reconcile(all, intent, known, { ticket })).toEqual({ result: 'absent' });
  });

  test.each(['contact', 'dueAt', 'technicianId', 'priority'])('has not landed while there is no %s', (field) => {
    const ticket = { ...aTicket(changed), [field]: null };
    expect(asIntended(all, { ticket })).toBe('absent');
  });

  test.each([
    ['the day’s beginning in Los Angeles', '2026-11-30T00:00:00-08:00', 'Pacific Time (US & Canada)', 'landed'],
    ['the day’s beginning in Auckland', '2026-11-30T00:00:00+13:00', 'Auckland', 'landed'],
    ['the day before', '2026-11-29T00:00:00Z', 'Auckland', 'absent'],
    ['the day after', '2026-12-01T00:00:00Z', 'Auckland', 'absent'],
    ['the next day’s beginning in Auckland', '2026-12-01T00:00:00+13:00', 'Auckland', 'absent'],
    ['the next day’s beginning in Sydney', '2026-12-01T00:00:00+11:00', 'Sydney', 'absent'],
    ['the day before’s beginning in Hawaii', '2026-11-29T00:00:00-10:00', 'Hawaii', 'absent'],
    ['a moment, while the zone is not known', '2026-11-30T00:00:00+13:00', null, 'unclear'],
  ])('of the due date, read as %s, has (not) landed', (_what, seen, timeZone, result) => {
    const fields = { dueDate: '2026-11-30', timeZone };
    const write: Write = { kind: 'ticket_update', ticketId: jerrysTicketId, fields };
    expect(asIntended(write, { ticket: aTicket({ dueAt: Date.parse(seen) }) })).toBe(result);
  });

  test('is unclear when the ticket was not read', () => {
    expect(reconcile(update, intent, known, {})).toEqual({ result: 'unclear', candidates: [] });
  });
});

describe('a change of a line', () => {
  const item = {
    productId: 1_190_473,
    name: 'Labor - Remote Business',
    description: body,
    quantityHundredths: 50,
    rateCents: 15_000,
    taxable: true,
  };
  const write: Write = { kind: 'line_item_update', ticketId: jerrysTicketId, lineItemId: 700, item };
  const with_ = (fields: object) => ({ ticket: aTicket({ lineItems: [aLineItem({ id: 700, ...fields })] }) });

  test('has landed when the line says so', () => {
    expect(reconcile(write, intent, known, with_(item))).toEqual(LANDED);
  });

  test.each(Object.keys(item) as ReadonlyArray<keyof typeof item>)('has not landed while its %s is old', (field) => {
    expect(asIntended(write, with_({ ...item, [field]: aLineItem()[field] }))).toBe('absent');
    const only: Write = { ...write, item: { [field]: item[field] } };
    expect([asIntended(only, with_({})), asIntended(only, with_(item))]).toEqual(['absent', 'landed']);
  });

  test('has not landed on another line, or on one that is gone', () => {
    expect(asIntended(write, with_({ ...item, id: 701 }))).toBe('absent');
    expect(asIntended(write, { ticket: aTicket() })).toBe('absent');
  });
});

const aTimer = (fields: Partial<TimerEntry> = {}): TimerEntry => ({
  id: 40,
  startedAt: noon - 45 * minute,
  endedAt: noon,
  notes: body,
  recorded: false,
  technicianId: howard.syncroUserId,
  lineItemId: null,
  ...fields,
});

const withTimers = (...timers: Array<Partial<TimerEntry>>): Reading => ({
  ticket: aTicket({ timers: timers.map(aTimer) }),
});

describe('a timer', () => {
  const timer: Write = {
    kind: 'timer',
    ticketId: jerrysTicketId,
    timer: { startedAt: noon - 45 * minute, endedAt: noon, notes: body },
  };
  const seen: SeenIds = { ...known, timerIds: [39] };
  const result = (...timers: Array<Partial<TimerEntry>>) => reconcile(timer, intent, seen, withTimers(...timers));

  test('that is new, ours and equal has landed; Syncro keeps whole seconds', () => {
    expect(result({})).toEqual({ result: 'landed', id: 40, number: null });
    expect(result({ startedAt: noon - 45 * minute - 999 })).toMatchObject({ id: 40 });
    expect(result({ technicianId: null })).toMatchObject({ id: 40 });
  });

  test.each<[string, Partial<TimerEntry>]>([
    ['known before', { id: 39 }],
    ['another technician’s', { technicianId: mike.syncroUserId }],
    ['of another time and length, with other notes', { startedAt: noon - 44 * minute, notes: 'Something else' }],
  ])('%s is not ours', (_what, fields) => {
    expect(result(fields)).toEqual({ result: 'absent' });
  });

  test.each<[string, Partial<TimerEntry>]>([
    ['begun at another time', { startedAt: noon - 44 * minute }],
    ['of the same length in another zone', { startedAt: noon - 105 * minute, endedAt: noon - 60 * minute }],
    ['without a beginning', { startedAt: null }],
    ['with other notes', { notes: 'Something else' }],
  ])('%s may be ours', (_what, fields) => {
    expect(result(fields)).toMatchObject({ result: 'unclear', candidates: [40], alike: [{ id: 40 }] });
  });

  test('that is there twice is unclear, with both ids', () => {
    expect(result({}, { id: 41 })).toEqual({ result: 'unclear', candidates: [40, 41] });
  });

  test('of a ticket that was not read, or is gone, is unclear', () => {
    for (const reading of [{}, { ticket: null }])
      expect(reconcile(timer, intent, seen, reading)).toEqual({ result: 'unclear', candidates: [] });
  });

  test('is charged when Syncro says that it made a line of it', () => {
    const write: Write = { kind: 'timer_charge', ticketId: jerrysTicketId, timerId: 40 };
    expect(reconcile(write, intent, known, withTimers({ recorded: true }))).toEqual(LANDED);
    expect(asIntended(write, withTimers({}))).toBe('absent');
    expect(asIntended(write, withTimers({ id: 41, recorded: true }))).toBe('absent');
  });

  const changes: ReadonlyArray<readonly [string, Partial<TimerFields>, Partial<TimerEntry>]> = [
    ['notes', { notes: 'Better' }, { notes: '<p>Better</p>' }],
    ['beginning', { startedAt: noon - 30 * minute }, { startedAt: noon - 30 * minute }],
    ['end', { endedAt: noon + minute }, { endedAt: noon + minute }],
  ];

  test.each(changes)('has its new %s when Syncro shows it', (_field, sent, shown) => {
    const write: Write = { kind: 'timer_update', ticketId: jerrysTicketId, timerId: 40, timer: sent };
    expect(reconcile(write, intent, known, withTimers(shown))).toEqual(LANDED);
    expect(asIntended(write, withTimers({}))).toBe('absent');
    expect(asIntended(write, withTimers({ id: 41, ...shown }))).toBe('absent');
  });

  test('never shows its product, so a change of that is sent until it is answered', () => {
    const write: Write = { kind: 'timer_update', ticketId: jerrysTicketId, timerId: 40, timer: { productId: 1 } };
    expect(asIntended(write, withTimers({}))).toBe('absent');
  });

  test.each([true, false])('says whether it is billable (%p)', (billable) => {
    const write: Write = { kind: 'timer_billable', ticketId: jerrysTicketId, timerId: 40, billable };
    expect(asIntended(write, withTimers({ billable }))).toBe('landed');
    expect(asIntended(write, withTimers({ billable: !billable }))).toBe('absent');
    // What does not say so is billable.
    expect(asIntended(write, withTimers({}))).toBe(billable ? 'landed' : 'absent');
    expect(asIntended(write, withTimers({ id: 41, billable }))).toBe('absent');
  });
});

test('an invoice never shows that it is a draft, so that is sent until it is answered', () => {
  const write: Write = { kind: 'invoice_draft', invoiceId: 3_000 };
  expect(reconcile(write, intent, known, {})).toEqual({ result: 'absent' });
});

describe('a removal', () => {
  const gone: Reading = {
    ticket: aTicket({ lineItems: [aLineItem({ id: 799 })], timers: [aTimer({ id: 49 })] }),
    invoices: [anInvoice({ id: 3_999 })],
  };
  const removals: ReadonlyArray<readonly [Write, Reading]> = [
    [
      { kind: 'line_item_remove', ticketId: jerrysTicketId, lineItemId: 700 },
      { ticket: aTicket({ lineItems: [aLineItem({ id: 700 })] }) },
    ],
    [{ kind: 'timer_delete', ticketId: jerrysTicketId, timerId: 40 }, withTimers({})],
    [{ kind: 'invoice_delete', invoiceId: 3_000 }, { invoices: [anInvoice({ id: 3_000 })] }],
  ];

  test.each(removals)('$kind has landed when it is gone, not while it is there', (write, there) => {
    expect(reconcile(write, intent, known, gone)).toEqual(LANDED);
    expect(reconcile(write, intent, known, there)).toEqual({ result: 'absent' });
    expect(reconcile(write, intent, known, {})).toEqual({ result: 'unclear', candidates: [] });
  });

  test('of the ticket has landed when there is no such ticket any more', () => {
    const write: Write = { kind: 'ticket_delete', ticketId: jerrysTicketId };
    expect(reconcile(write, intent, known, { ticket: null })).toEqual(LANDED);
    expect(reconcile(write, intent, known, { ticket: aTicket() })).toEqual({ result: 'absent' });
    expect(reconcile(write, intent, known, {})).toEqual({ result: 'unclear', candidates: [] });
  });
});

describe('a new ticket', () => {
  const write: Write = {
    kind: 'ticket',
    customerId: 9_001,
    fields: { subject: 'Cloud & more' },
    firstComment: null,
  };
  const seen: SeenIds = { ...known, ticketIds: [1, 9] };
  const row = (fields: Partial<Ticket> = {}): Ticket =>
    aTicket({
      id: ticketId(2),
      number: ticketNumber(32_200),
      subject: 'Cloud &amp; more',
      createdAt: noon + 1_000,
      ...fields,
    });
  const result = (...tickets: readonly Ticket[]) => reconcile(write, intent, seen, { tickets });

  test('of this customer, with this subject, has landed under its number', () => {
    expect(result(row(), row({ id: ticketId(3), subject: 'Other' }))).toEqual({
      result: 'landed',
      id: 2,
      number: '32200',
    });
  });

  test.each<[string, Partial<Ticket>]>([
    ['known before', { id: ticketId(1) }],
    ['older than the intent', { createdAt: noon - 2 * minute - 1 }],
    ['of another customer', { customerId: 9_002 }],
  ])('%s is not ours', (_what, fields) => {
    expect(result(row(fields))).toEqual({ result: 'absent' });
  });

  test('of this customer, with another subject, may be ours', () => {
    const alike = [{ id: 2, text: 'Printer' }];
    expect(result(row({ subject: 'Printer' }))).toEqual({ result: 'unclear', candidates: [2], alike });
  });

  test('that is there twice is unclear, with both ids', () => {
    expect(result(row(), row({ id: ticketId(3) }))).toEqual({ result: 'unclear', candidates: [2, 3] });
  });

  test('is unclear when the customer’s tickets were not read', () => {
    expect(reconcile(write, intent, seen, {})).toEqual({ result: 'unclear', candidates: [] });
  });
});

test('a new customer can’t be looked for', () => {
  const write: Write = { kind: 'customer', businessName: 'Burger Barn' };
  expect(reconcile(write, intent, known, { ticket: aTicket(), comments: [], invoices: [], tickets: [] })).toEqual({
    result: 'unclear',
    candidates: [],
  });
});

describe('the effects of a write', () => {
  test('are all that may be its effect, first what reads the same', () => {
    const comments = [{ ...ours, id: 503, body: 'Else' }, { ...ours, id: 502 }, ours];
    expect(effectsOf(comment, intent, known, { comments })).toEqual([
      { id: 502, number: null, text: body, equal: true },
      { id: 501, number: null, text: body, equal: true },
      { id: 503, number: null, text: 'Else', equal: false },
    ]);
    expect(effectsOf(invoice, intent, known, { invoices: [ourInvoice] })).toMatchObject([
      { id: 3_001, number: '4445', equal: true },
    ]);
  });

  test('of a change or a removal are no records', () => {
    for (const write of [update, { kind: 'invoice_delete', invoiceId: 3_000 } as const])
      expect(effectsOf(write, intent, known, { ticket: aTicket(), invoices: [] })).toBeNull();
  });
});
