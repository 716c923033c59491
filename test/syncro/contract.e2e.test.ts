import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { driveClient } from '../../sandbox/drive-client.ts';
import { type SyncroSandbox, startSyncro } from '../../sandbox/syncro/start-syncro.ts';
import type { Syncro } from '../../src/syncro/create-syncro.ts';
import type { Caller } from '../../src/syncro/ports.ts';
import { type TicketId, ticketId, ticketNumber } from '../../src/syncro/ticket.ts';
import type { Write, WriteOutcome } from '../../src/syncro/write.ts';
import { as, connect, failureOf, keyOf } from './harness.ts';

let sandbox: SyncroSandbox;
let syncro: Syncro;

beforeEach(async () => {
  sandbox = await startSyncro({ data: 'tiny', requestsPerMinute: 0 });
  syncro = connect(sandbox.url, { requestsPerMinute: 100_000, budget: { take: () => 0, pauseUntil: () => undefined } });
});

afterEach(async () => {
  syncro.close();
  await sandbox.close();
});

const howard: Caller = as('run', 'sandbox-howard');
const jerrys = ticketId(108443837);

const write = async (change: Write): Promise<WriteOutcome> => (await syncro.writes.prepare(howard, change)).send();

/** The id of what was made; anything but a landed write with an id fails the test. */
const make = async (change: Write): Promise<number> => {
  const outcome = await write(change);
  if (outcome.outcome !== 'landed' || outcome.id === null) throw new Error(JSON.stringify(outcome));
  return outcome.id;
};

const customerOf = async (id: TicketId): Promise<number> => (await syncro.reads.ticket(howard, id)).customerId;

const labor = {
  productId: 1190473,
  name: 'Labor - Remote Business',
  description: 'Own cloud',
  quantityHundredths: 75,
  rateCents: 15000,
  taxable: false,
};

const addLine = (id: TicketId): Promise<number> => make({ kind: 'line_item', ticketId: id, item: labor });

const makeInvoice = async (id: TicketId): Promise<number> =>
  make({ kind: 'invoice', ticketId: id, customerId: await customerOf(id), date: '2026-11-23' });

describe('every request that the client can make', () => {
  test.each(['query', 'header'] as const)('is understood with the key as %s, and its answer read', async (auth) => {
    const full = await startSyncro({ requestsPerMinute: 0 });
    try {
      full.state.settings.has_drafts = true;
      await driveClient(full.url, 'sandbox-howard', auth);
      const failed = full.requests.filter(({ status }) => status >= 400);
      expect(failed.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    } finally {
      await full.close();
    }
  });
});

describe('reading from Syncro', () => {
  test('lists tickets that changed since, with the comment that the list still carries', async () => {
    const { rows } = await syncro.reads.listedTickets(howard, {});
    const all = rows.map(({ ticket }) => ticket);
    const jerry = rows.find(({ ticket }) => ticket.id === jerrys);
    expect(jerry?.comments).toHaveLength(1);
    expect(jerry?.comments[0]).toMatchObject({ body: expect.any(String), hidden: expect.any(Boolean) });
    const since = all.map(({ updatedAt }) => updatedAt ?? 0).toSorted((a, b) => b - a)[2] ?? 0;
    const changed = await syncro.reads.listedTickets(howard, { updatedSince: since, page: 1 });
    expect(changed.rows.length).toBeLessThanOrEqual(all.filter(({ updatedAt }) => (updatedAt ?? 0) >= since).length);
    expect(changed.rows.every(({ ticket }) => (ticket.updatedAt ?? 0) >= since)).toBe(true);
    expect(changed.rows.length).toBeGreaterThanOrEqual(2);
  });

  test.each([false, true])(
    'finds a ticket by number although another has that id (closed hidden: %p)',
    async (hides) => {
      sandbox.behaviour.numberHidesClosed = hides;
      const found = await syncro.reads.findTicket(howard, ticketNumber(32164));
      expect(found).toMatchObject({
        id: 108443837,
        number: 32164,
        subject: 'Own cloud thing again',
        technicianId: 1750,
      });
      expect(await syncro.reads.ticket(howard, ticketId(32164))).toMatchObject({ id: 32164, number: 32101 });
      expect(await syncro.reads.findTicket(howard, ticketNumber(32160))).toMatchObject({ status: 'Resolved' });
    },
  );

  test('finds a ticket by number where Syncro ignores the number and many mention it', async () => {
    sandbox.behaviour.numberIgnored = true;
    const { comments, tickets } = sandbox.state;
    const [comment] = comments;
    const [sample] = tickets;
    if (!comment || !sample) throw new Error('the sample is empty');
    const mention = (id: number): void => {
      tickets.unshift({ ...sample, id, number: id });
      comments.push({ ...comment, id, ticket_id: id, body: 'As in 32164.' });
    };
    for (let id = 900_000; id < 900_060; id++) mention(id);
    expect(await syncro.reads.findTicket(howard, ticketNumber(32164))).toMatchObject({ number: 32164 });
    for (let id = 900_060; id < 900_700; id++) mention(id);
    tickets.splice(0, tickets.length, ...tickets.filter(({ number }) => number !== 32164));
    const failure = await failureOf(syncro.reads.findTicket(howard, ticketNumber(32164)));
    expect(failure).toMatchObject({ code: 'unreadable', message: expect.stringContaining('which ticket is #32164') });
  });

  test('reads only the contacts of a customer where Syncro sends everybody’s', async () => {
    sandbox.behaviour.contactsIgnoreCustomer = true;
    const customerId = sandbox.state.contacts[0]?.customer_id ?? 0;
    const own = sandbox.state.contacts.filter((row) => row.customer_id === customerId).map(({ id }) => id);
    expect(own.length).toBeLessThan(sandbox.state.contacts.length);
    const { rows } = await syncro.reads.contacts(howard, { customerId });
    expect(rows.map(({ id }) => id)).toEqual(own);
  });

  test('finds nothing, with three requests, under a number that is only an id', async () => {
    expect(await syncro.reads.findTicket(howard, ticketNumber(108443837))).toBeNull();
    expect(sandbox.requests).toHaveLength(3);
  });

  test('reads a ticket with its comments, lines, customer and technician', async () => {
    const ticket = await syncro.reads.ticket(howard, jerrys);
    expect(ticket).toMatchObject({
      number: 32164,
      status: 'New',
      technicianName: 'Howard Enos',
      customerReplied: true,
    });
    expect(ticket.comments.map(({ body }) => body)).toContain('Rebooted, sync runs again.');
    expect(ticket.comments.filter(({ hidden }) => hidden)).toHaveLength(1);
    expect(ticket.customerName).not.toBe('');
    const billed = await syncro.reads.ticket(howard, ticketId(108443655));
    expect(billed.lineItems).toHaveLength(2);
    expect(billed.lineItems.find(({ productId }) => productId === 26118)).toMatchObject({
      quantityHundredths: 300,
      rateCents: 17500,
      taxable: false,
      invoiced: true,
    });
  });

  test('lists tickets by every filter', async () => {
    const mine = await syncro.reads.tickets(howard, { mine: true, status: 'Not Closed' });
    expect(mine.rows.length).toBeGreaterThan(2);
    expect(mine.rows.every(({ technicianId, status }) => technicianId === 1750 && status !== 'Resolved')).toBe(true);
    expect(mine).toMatchObject({ page: 1, totalPages: 1 });
    const winters = await syncro.reads.tickets(howard, { technicianId: 1737, status: 'Scheduled' });
    expect(winters.rows.map(({ number }) => number)).toEqual([32149]);
    expect(winters.rows[0]?.dueAt).toBeGreaterThan(Date.now());
    const ofCustomer = await syncro.reads.tickets(howard, { customerId: await customerOf(jerrys), query: 'router' });
    expect(ofCustomer.rows.map(({ number }) => number)).toEqual([32159]);
    const later = await syncro.reads.tickets(howard, { updatedSince: Date.now() + 60_000 });
    expect(later.rows).toEqual([]);
    expect((await syncro.reads.tickets(howard, { page: 99 })).rows).toEqual([]);
  });

  test('reads comments newest first, as many as asked for', async () => {
    const diary = await syncro.reads.findTicket(howard, ticketNumber(32120));
    if (!diary) throw new Error('no diary');
    const page = await syncro.reads.comments(howard, diary.id, { perPage: 5 });
    expect(page.rows.map(({ body }) => body)[0]).toBe('Entry 400 of the move diary.');
    expect(page).toMatchObject({ page: 1, totalPages: 80 });
    expect(page.rows).toHaveLength(5);
    const second = await syncro.reads.comments(howard, diary.id, { perPage: 5, page: 2 });
    expect(second.rows[0]?.body).toBe('Entry 395 of the move diary.');
  });

  test('tells the customer from the technician in comments', async () => {
    const { rows } = await syncro.reads.comments(howard, jerrys, { perPage: 10 });
    expect(rows.find(({ subject }) => subject === 'Customer Reply')?.authorId).toBeNull();
    expect(rows.find(({ subject }) => subject === 'Update')).toMatchObject({
      authorId: 1750,
      authorName: 'Howard Enos',
    });
  });

  test('reads everybody’s timers', async () => {
    const { rows } = await syncro.reads.timers(howard, { page: 1 });
    expect(rows.find(({ endedAt }) => endedAt === null)).toMatchObject({ recorded: false, technicianId: 1750 });
  });

  test('searches, completes and opens customers, without their portal key', async () => {
    const { rows } = await syncro.reads.customers(howard, { query: 'acme' });
    expect(rows.length).toBeGreaterThan(1);
    const completed = await syncro.reads.autocompleteCustomers(howard, 'acme');
    expect(new Set(completed.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)));
    for (const row of sandbox.state.customers) {
      const customer = await syncro.reads.customer(howard, row.id);
      expect(customer.name).not.toBe('');
      expect(JSON.stringify(customer)).not.toContain('portal');
    }
    const prepaid = (await syncro.reads.findTicket(howard, ticketNumber(32165)))?.customerId ?? 0;
    expect((await syncro.reads.customer(howard, prepaid)).prepaidHundredths).toBeGreaterThan(0);
  });

  test('reads contacts, products and one product', async () => {
    const contactRow = sandbox.state.contacts[0];
    const contacts = await syncro.reads.contacts(howard, { customerId: contactRow?.customer_id ?? 0 });
    expect(contacts.rows.map(({ id }) => id)).toContain(contactRow?.id);
    const products = await syncro.reads.products(howard, { query: 'labor' });
    expect(products.rows.map(({ id }) => id)).toContain(9269129);
    expect(await syncro.reads.product(howard, 26184)).toEqual({
      id: 26184,
      name: 'Labor - Emergency or After Hours Business',
      rateCents: 26250,
      taxable: false,
      disabled: false,
    });
  });

  test.each([true, false])('finds the invoices of a ticket (list carries ticket_id: %p)', async (carries) => {
    sandbox.behaviour.invoiceListCarriesTicketId = carries;
    const { rows } = await syncro.reads.invoices(howard, { ticketId: ticketId(108443655) });
    expect(rows).toMatchObject([{ id: 69987, number: '69988', ticketId: carries ? 108443655 : null }]);
    expect((await syncro.reads.invoices(howard, {})).rows.length).toBeGreaterThan(1);
  });

  test('reads an invoice with its lines, by id even where the number is another’s', async () => {
    const invoice = await syncro.reads.invoice(howard, 69987);
    expect(invoice).toMatchObject({ id: 69987, number: '69988', ticketId: 108443655, totalCents: 57500, taxCents: 0 });
    expect(invoice.lines.find(({ productId }) => productId === 26118)).toMatchObject({
      name: 'Labor - Onsite Business',
      description: 'Server upgrade on site',
      quantityHundredths: 300,
      rateCents: 17500,
      taxable: false,
    });
    // 69988 is this invoice's number and nobody's id.
    expect((await failureOf(syncro.reads.invoice(howard, 69988))).code).toBe('not_found');
  });

  test('reads the account: people, the key’s owner without the token, ticket settings, settings', async () => {
    expect(await syncro.reads.users(howard)).toContainEqual({ id: 1750, name: 'Howard Enos' });
    const me = await syncro.reads.me(howard);
    expect(me).toEqual({ userId: 1750, name: 'Howard Enos', email: 'howard@msp.example', subdomain: 'computerguru' });
    const ticketSettings = await syncro.reads.ticketSettings(howard);
    expect(ticketSettings.statuses).toContain('Waiting for Parts');
    expect(ticketSettings.technicians).toContainEqual({ id: 1737, name: 'Winter Hale' });
    expect(ticketSettings.defaultLaborProductId).toBe(1190473);
    const settings = await syncro.reads.settings(howard);
    expect(settings.priorities).toEqual(['0 Urgent', '1 High', '2 Normal', '3 Low']);
    expect(settings.problemTypes).toContain('Remote Break/Fix');
    expect(settings).toMatchObject({ timeZone: 'America/Phoenix', currencySymbol: '$' });
  });

  test('names what is not there, and tells a bad key from a missing permission', async () => {
    expect(await failureOf(syncro.reads.ticket(howard, ticketId(1)))).toMatchObject({
      code: 'not_found',
      subject: 'ticket with id 1',
    });
    expect((await failureOf(syncro.reads.customer(howard, 1))).code).toBe('not_found');
    expect((await failureOf(syncro.reads.users({ key: keyOf('wrong-key-0001'), lane: 'person' }))).code).toBe(
      'key_refused',
    );
    const user = sandbox.state.users.find(({ id }) => id === 1750);
    if (user) user.permissions.invoice.read = false;
    const error = await failureOf(syncro.reads.invoices(howard, {}));
    expect(error.code).toBe('not_allowed');
    expect(error.message).toContain('Not authorized');
  });
});

describe('writing to Syncro', () => {
  test.each([
    ['email', false, 1],
    ['portal', false, 0],
    ['internal', true, 0],
  ] as const)('posts a comment for %s', async (audience, hidden, emails) => {
    const sent = sandbox.state.outbox.length;
    const id = await make({
      kind: 'comment',
      ticketId: jerrys,
      subject: 'Resolution',
      body: 'Fixed.\nTwice.',
      audience,
    });
    expect(sandbox.state.comments.find((row) => row.id === id)).toMatchObject({
      body: 'Fixed.\nTwice.',
      hidden,
      user_id: 1750,
    });
    expect(sandbox.state.outbox).toHaveLength(sent + emails);
    expect(sandbox.requests.at(-1)?.body).toEqual({
      subject: 'Resolution',
      body: 'Fixed.\nTwice.',
      hidden,
      do_not_email: audience !== 'email',
    });
  });

  test('adds a line with its price, in numbers', async () => {
    const id = await addLine(jerrys);
    expect(sandbox.requests.at(-1)?.body).toEqual({
      product_id: 1190473,
      name: 'Labor - Remote Business',
      description: 'Own cloud',
      quantity: 0.75,
      price_retail: 150,
      taxable: false,
    });
    const ticket = await syncro.reads.ticket(howard, jerrys);
    expect(ticket.lineItems.find((line) => line.id === id)).toMatchObject({
      ...labor,
      invoiced: false,
      technicianId: 1750,
    });
  });

  test('changes only what is given of a line, and takes a line away', async () => {
    const id = await addLine(jerrys);
    expect(
      await make({ kind: 'line_item_update', ticketId: jerrys, lineItemId: id, item: { quantityHundredths: 150 } }),
    ).toBe(id);
    expect(sandbox.requests.at(-1)?.body).toEqual({ ticket_line_item_id: id, quantity: 1.5 });
    const removal: Write = { kind: 'line_item_remove', ticketId: jerrys, lineItemId: id };
    expect(await write(removal)).toEqual({ outcome: 'landed', id: null, number: null });
    expect((await syncro.reads.ticket(howard, jerrys)).lineItems).toEqual([]);
    expect(await write(removal)).toMatchObject({ outcome: 'refused', status: 404 });
  });

  test('makes, changes, charges and deletes timers', async () => {
    const startedAt = Date.parse('2026-11-23T09:00:00Z');
    const timer = { startedAt, endedAt: startedAt + 45 * 60_000, notes: 'Called', productId: 26118 };
    const id = await make({ kind: 'timer', ticketId: jerrys, timer });
    expect(sandbox.requests.at(-1)?.body).toEqual({
      start_at: '2026-11-23T09:00:00.000Z',
      end_at: '2026-11-23T09:45:00.000Z',
      notes: 'Called',
      product_id: 26118,
    });
    expect(await make({ kind: 'timer_update', ticketId: jerrys, timerId: id, timer: { notes: 'Rang' } })).toBe(id);
    expect(sandbox.requests.at(-1)?.body).toEqual({ timer_entry_id: id, notes: 'Rang' });
    expect(await make({ kind: 'timer_charge', ticketId: jerrys, timerId: id })).toBe(id);
    const ticket = await syncro.reads.ticket(howard, jerrys);
    expect(ticket.timers).toMatchObject([{ id, startedAt, endedAt: timer.endedAt, notes: 'Rang', recorded: true }]);
    expect(ticket.lineItems).toMatchObject([
      { id: ticket.timers[0]?.lineItemId, quantityHundredths: 75, rateCents: 17500 },
    ]);
    const removal: Write = { kind: 'timer_delete', ticketId: jerrys, timerId: id };
    expect((await write(removal)).outcome).toBe('landed');
    expect((await write(removal)).outcome).toBe('refused');
  });

  test('makes an invoice of a ticket’s lines, and deletes it', async () => {
    await addLine(jerrys);
    const customerId = await customerOf(jerrys);
    const outcome = await write({ kind: 'invoice', ticketId: jerrys, customerId, date: '2026-11-23' });
    expect(sandbox.requests.at(-1)?.body).toEqual({
      ticket_id: jerrys,
      customer_id: customerId,
      category: 'Standard',
      date: '2026-11-23',
    });
    if (outcome.outcome !== 'landed' || outcome.id === null) throw new Error(JSON.stringify(outcome));
    const invoice = await syncro.reads.invoice(howard, outcome.id);
    expect(outcome.number).toBe(invoice.number);
    expect(invoice).toMatchObject({
      ticketId: jerrys,
      totalCents: 11250,
      lines: [{ description: 'Own cloud', rateCents: 15000 }],
    });
    expect((await syncro.reads.ticket(howard, jerrys)).lineItems).toMatchObject([{ invoiced: true }]);
    const removal: Write = { kind: 'invoice_delete', invoiceId: outcome.id };
    expect((await write(removal)).outcome).toBe('landed');
    expect((await failureOf(syncro.reads.invoice(howard, outcome.id))).code).toBe('not_found');
  });

  test('opens, changes and deletes a ticket', async () => {
    const outcome = await write({
      kind: 'ticket',
      customerId: await customerOf(jerrys),
      fields: {
        subject: 'New',
        status: 'New',
        priority: '2 Normal',
        problemType: 'Other',
        technicianId: 1750,
        dueDate: '2030-01-02',
        timeZone: (await syncro.reads.settings(howard)).timeZone,
      },
      firstComment: { subject: 'Initial Issue', body: 'Broken', audience: 'internal' },
    });
    if (outcome.outcome !== 'landed' || outcome.id === null) throw new Error(JSON.stringify(outcome));
    const id = ticketId(outcome.id);
    const ticket = await syncro.reads.ticket(howard, id);
    expect(String(ticket.number)).toBe(outcome.number);
    expect(ticket).toMatchObject({ subject: 'New', priority: '2 Normal', problemType: 'Other', technicianId: 1750 });
    expect(ticket.comments).toMatchObject([{ body: 'Broken', hidden: true }]);
    expect(await make({ kind: 'ticket_update', ticketId: id, fields: { status: 'Resolved' } })).toBe(id);
    expect(sandbox.requests.at(-1)?.body).toEqual({ status: 'Resolved' });
    expect(await syncro.reads.ticket(howard, id)).toMatchObject({ subject: 'New', status: 'Resolved' });
    expect((await write({ kind: 'ticket_delete', ticketId: id })).outcome).toBe('landed');
    expect((await failureOf(syncro.reads.ticket(howard, id))).code).toBe('not_found');
  });

  test('makes a customer', async () => {
    const id = await make({
      kind: 'customer',
      businessName: 'Globex',
      firstName: 'Hank',
      lastName: 'Scorpio',
      email: 'h@globex.example',
    });
    expect(await syncro.reads.customer(howard, id)).toMatchObject({
      name: 'Globex',
      personName: 'Hank Scorpio',
      email: 'h@globex.example',
    });
  });

  test('is refused in Syncro’s words when the content is wrong', async () => {
    const outcome = await write({ kind: 'comment', ticketId: jerrys, subject: '', body: '', audience: 'internal' });
    expect(outcome).toMatchObject({
      outcome: 'refused',
      status: 422,
      message: "Body can't be blank; Subject can't be blank",
    });
  });

  test.each([
    'cut-before',
    'cut-after',
    '500-before',
    '500-after',
    'html',
    'empty',
    'garbage-before',
    'truncated',
    'late',
  ] as const)('calls %s unclear, and sends once', async (kind) => {
    sandbox.fault({ kind, method: 'POST' });
    const outcome = await write({ kind: 'line_item', ticketId: jerrys, item: labor });
    expect(outcome.outcome).toBe('unclear');
    expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('lands an invoice over header authentication too', async () => {
    syncro.close();
    syncro = connect(sandbox.url, { auth: 'header' });
    await addLine(jerrys);
    expect(await makeInvoice(jerrys)).toBeGreaterThan(0);
  });
});
