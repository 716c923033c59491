import { describe, expect, test } from '@jest/globals';
import { basisOf } from '../../src/runs/rules/basis.ts';
import { planned } from '../../src/runs/rules/bill-plan.ts';
import { mailedTo } from '../../src/runs/rules/purpose.ts';
import { type BillRun, currentIndex, type Run } from '../../src/runs/rules/run.ts';
import { isNews } from '../../src/runs/rules/run-notice.ts';
import { plannedStep } from '../../src/runs/rules/step.ts';
import type { Write } from '../../src/syncro/write.ts';
import { aWorkshop } from './a-workshop.ts';
import { aPlanToInvoice } from './rules/a-bill.ts';
import { anInvoiceRun, aRun, aRunFor, type PURPOSES, stateOf } from './rules/a-run.ts';
import { aLineItem, anInvoice, aTicket, jerrysTicketId, mike, minute, noon } from './rules/a-ticket.ts';

const second = 1_000;
const basis = basisOf(aTicket());
const allFour = ['comment', 'line_item', 'invoice', 'ticket_update'];
const limited = { outcome: 'limited', retryAfterMs: 5 * second } as const;
const byHand = aLineItem({ id: 900, productId: 1_190_473, quantityHundredths: 75, technicianId: mike.syncroUserId });
const handMade = anInvoice({ id: 9_000, number: '70009', technicianId: mike.syncroUserId });

const withRun = async (run: Run) => {
  const workshop = await aWorkshop();
  await workshop.runs.add(run);
  return workshop;
};

/** A bill whose ticket was read at noon. */
const planOf = (run: Run) => (run.kind === 'bill' ? run.plan : undefined);

const aBill = (fields: Partial<BillRun> = {}): BillRun => aRun({ basis, checkedAt: noon, ...fields });

const questionOf = (run: Run) => {
  const state = stateOf(run);
  return state?.phase === 'asking' ? state.question : null;
};

const kindsOf = (run: Run): readonly string[] => {
  const question = questionOf(run);
  return question?.kind === 'changed' ? question.changes.map(({ kind }) => kind) : [];
};

describe('what a bill rests on', () => {
  test('is read once more right after the preview: the invoices alone', async () => {
    const { syncro, workOnce } = await withRun(aBill());
    await workOnce();
    expect(syncro.readsOf).toEqual({ me: 1, invoices: 1, invoice: 1 });
    expect(syncro.kinds()).toEqual(allFour);
  });

  test.each([
    [30 * second, { ticket: undefined, invoices: 1 }],
    [30 * second + 1, { ticket: 1, invoices: 1 }],
  ])('and the ticket too, confirmed %i ms after it', async (ms, reads) => {
    const { clock, syncro, workOnce } = await withRun(aBill());
    clock.at += ms;
    await workOnce();
    expect({ ticket: syncro.readsOf.ticket, invoices: syncro.readsOf.invoices }).toEqual(reads);
    expect(syncro.kinds()).toEqual(allFour);
  });

  test('is read again when the steps take long, however busily', async () => {
    const { clock, syncro, workOnce } = await withRun(aBill());
    syncro.onSend = () => {
      clock.at += 16 * second;
    };
    await workOnce();
    // After 32 seconds, before the invoice, and not again before the status.
    expect({ ticket: syncro.readsOf.ticket, invoices: syncro.readsOf.invoices }).toEqual({ ticket: 1, invoices: 2 });
    expect(syncro.kinds()).toEqual(allFour);
  });

  test('is read again when a request had to wait for its place', async () => {
    const { clock, syncro, workOnce } = await withRun(aBill());
    const seen: unknown[] = [];
    let waits = 40 * second;
    syncro.onPrepare = ({ kind }) => {
      if (kind !== 'comment') return;
      clock.at += waits;
      waits = 0;
      seen.push(syncro.readsOf.ticket);
    };
    await workOnce();
    expect([seen, syncro.abandoned]).toEqual([[undefined, 1], 1]);
    expect(syncro.kinds()).toEqual(allFour);
  });

  test.each([
    ['a clock that was set back', noon + minute],
    ['a pause', null],
    ['nobody knowing when', undefined],
  ])('is not taken for fresh after %s', async (_what, checkedAt) => {
    const { syncro, workOnce } = await withRun(aRun({ basis, ...(checkedAt === undefined ? {} : { checkedAt }) }));
    await workOnce();
    expect(syncro.readsOf.ticket).toBe(1);
  });
});

describe('a bill that pauses while a colleague bills the ticket by hand', () => {
  const pauses = [
    ['its limit is reached', 'line_item', limited],
    ['it is refused', 'line_item', { outcome: 'refused', status: 422, message: 'No.' }],
    ['it was never sent', 'line_item', { outcome: 'not_sent', why: 'closed' }],
    ['the invoice has to wait', 'invoice', limited],
    ['the line gets no answer', 'line_item', { outcome: 'unclear', why: 'no answer' }],
    ['the invoice gets no answer', 'invoice', { outcome: 'unclear', why: 'no answer' }],
  ] as const;

  test.each(pauses)('because %s adds nothing to it without asking', async (_why, kind, outcome) => {
    const { syncro, workOnce, workItOut, decide } = await withRun(aBill());
    syncro.script(kind, outcome);
    await workOnce();
    syncro.lineItems = [...syncro.lineItems, byHand];
    syncro.invoices = [handMade];
    if (outcome.outcome === 'refused') await decide({ kind: 'try_again', step: 1 });
    const before = syncro.kinds();
    const run = await workItOut();
    expect(questionOf(run)).toMatchObject({
      kind: 'changed',
      changes: [
        { kind: 'line', id: 900, name: byHand.name, quantityHundredths: 75, rateCents: 17_500 },
        { kind: 'invoice', id: 9_000, number: '70009', totalCents: 11_250 },
      ],
    });
    expect(syncro.kinds()).toEqual(before);

    await decide({ kind: 'stop', step: currentIndex(run) });
    expect((await workItOut()).state).toBe('stopped');
    expect(syncro.invoices).toEqual([handMade]);
  });

  test('goes on on the person’s word, and asks about what is newer than that', async () => {
    const { syncro, workOnce, workItOut, decide } = await withRun(aBill());
    syncro.script('line_item', limited);
    syncro.script('invoice', limited);
    await workOnce();
    syncro.lineItems = [byHand];
    expect(kindsOf(await workItOut())).toEqual(['line']);
    await decide({ kind: 'try_again', step: 1 });
    await workOnce();
    expect(syncro.kinds()).toEqual(['comment', 'line_item', 'line_item', 'invoice']);
    syncro.lineItems = [...syncro.lineItems, { ...byHand, id: 901 }];
    const again = await workItOut();
    expect(questionOf(again)).toMatchObject({ changes: [{ kind: 'line', id: 901 }] });
    // 0.75 h at $150 of ours, 0.75 h at $175 of theirs, and nothing yet of what is newer.
    const plan = { olderLines: [{ id: 900, ...planned(byHand) }], expectedTotalCents: 11_250 + 13_125 };
    expect(again).toMatchObject({ plan });
  });

  test('takes none along that is like its own: it may be that, from a request that arrived late', async () => {
    const { syncro, workOnce, workItOut, decide } = await withRun(aBill());
    syncro.script('line_item', limited);
    await workOnce();
    syncro.lineItems = [{ ...byHand, rateCents: 15_000 }];
    expect(kindsOf(await workItOut())).toEqual(['line']);
    await decide({ kind: 'try_again', step: 1 });
    expect(await workItOut()).toMatchObject({ plan: { olderLines: [] } });
  });

  const older = aLineItem({ id: 800, quantityHundredths: 100, rateCents: 17_500, name: 'Onsite' });
  const withOlder = (): BillRun => {
    const run = aBill();
    const { plan } = run;
    const olderLines = [{ id: older.id, ...planned(older) }];
    return {
      ...run,
      known: { ...run.known, lineItemIds: [older.id] },
      plan: { ...plan, olderLines, expectedTotalCents: (plan.expectedTotalCents ?? 0) + 17_500 },
    };
  };
  const from = { quantityHundredths: 100, rateCents: 17_500 };

  test.each([
    ['more hours', { quantityHundredths: 900 }, 900, 157_500],
    ['another rate', { rateCents: 10_000 }, 100, 10_000],
  ])('asks about an older line that got %s, and goes by it on the person’s word', async (_what, now, hours, cents) => {
    const { syncro, workOnce, workItOut, decide } = await withRun(withOlder());
    syncro.lineItems = [older];
    syncro.script('invoice', limited);
    await workOnce();
    syncro.lineItems = syncro.lineItems.map((line) => (line.id === older.id ? { ...line, ...now } : line));
    const run = await workItOut();
    const to = { quantityHundredths: hours, rateCents: 17_500, productId: older.productId, ...now };
    expect(questionOf(run)).toEqual({
      kind: 'changed',
      changes: [{ kind: 'older_line', id: 800, name: 'Onsite', from, to }],
    });
    expect(syncro.kinds()).toEqual(['comment', 'line_item', 'invoice']);
    await decide({ kind: 'try_again', step: currentIndex(run) });
    const after = await workItOut();
    expect(planOf(after)?.olderLines[0]).toMatchObject({ quantityHundredths: hours, amountCents: cents });
    expect(planOf(after)?.expectedTotalCents).toBe(cents + (aBill().plan.expectedTotalCents ?? 0));
    expect(syncro.kinds().filter((kind) => kind === 'invoice')).toHaveLength(2);
  });

  test.each([
    ['taken off', []],
    ['invoiced by somebody else', [{ ...older, invoiced: true }]],
  ])('asks about an older line that was %s', async (_what, lines) => {
    const { syncro, workOnce, workItOut, decide } = await withRun(withOlder());
    syncro.lineItems = [older];
    syncro.script('invoice', limited);
    await workOnce();
    syncro.lineItems = [...syncro.lineItems.filter(({ id }) => id !== older.id), ...lines];
    const run = await workItOut();
    expect(questionOf(run)).toMatchObject({ changes: [{ kind: 'older_line', id: 800, from, to: null }] });
    await decide({ kind: 'try_again', step: currentIndex(run) });
    expect(planOf(await workItOut())?.olderLines).toEqual([]);
  });

  test('is not asked about its own line', async () => {
    const { syncro, workItOut } = await withRun(aBill());
    syncro.script('line_item', 'lands unanswered');
    syncro.script('invoice', limited);
    expect((await workItOut()).state).toBe('done');
    expect(syncro.readsOf.ticket).toBeGreaterThan(1);
  });
});

describe('a ticket whose people changed', () => {
  const elsewhere = { customerId: 9_002, customerName: 'Acme West' };
  const contact = { id: 45, name: 'Ann', email: 'ann@acme.example', phone: null };

  const comment: Write = {
    kind: 'comment',
    ticketId: jerrysTicketId,
    subject: 'Update',
    body: 'Your password is …',
    audience: 'email',
  };
  const close: Write = { kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Resolved' } };
  const timer: Write = {
    kind: 'timer',
    ticketId: jerrysTicketId,
    timer: { startedAt: noon - 42 * minute, endedAt: noon, notes: 'Fixed' },
  };
  const kinds: ReadonlyArray<readonly [keyof typeof PURPOSES | 'bill', readonly Write[]]> = [
    ['bill', []],
    ['comment', [comment]],
    ['close', [comment, close]],
    ['close', [close]],
    ['timer', [timer]],
  ];

  const aRunOfKind = (kind: keyof typeof PURPOSES | 'bill', writes: readonly Write[]) =>
    kind === 'bill' ? aBill() : aRunFor(kind, { basis, checkedAt: noon, steps: writes.map(plannedStep) });

  test.each(kinds)('(%s) is never written to: the customer', async (kind, writes) => {
    const { clock, syncro, workItOut, decide } = await withRun(aRunOfKind(kind, writes));
    syncro.changed = elsewhere;
    clock.at += minute;
    const run = await workItOut();
    expect(questionOf(run)).toEqual({
      kind: 'changed',
      changes: [{ kind: 'customer', from: 'Burger Barn', to: 'Acme West' }],
    });
    await decide({ kind: 'try_again', step: 0 });
    expect(kindsOf(await workItOut())).toEqual(['customer']);
    expect(syncro.sent).toEqual([]);
  });

  test.each(kinds)('(%s) is asked about: the contact and the address', async (kind, writes) => {
    const { clock, syncro, workItOut } = await withRun(aRunOfKind(kind, writes));
    syncro.changed = { contact };
    clock.at += minute;
    expect(kindsOf(await workItOut())).toEqual(['contact', 'address']);
    expect(syncro.sent).toEqual([]);
  });

  test('is mailed on the person’s word, and the receipt says to whom', async () => {
    const { clock, syncro, workItOut, decide } = await withRun(aBill());
    syncro.changed = { contact };
    clock.at += minute;
    await workItOut();
    await decide({ kind: 'try_again', step: 0 });
    const run = await workItOut();
    expect(run.state).toBe('done');
    expect(mailedTo(run)).toBe('ann@acme.example');
  });

  test('after the comment is out asks no more about whom it went to, but about the customer', async () => {
    const { syncro, workOnce, workItOut, decide } = await withRun(aBill());
    syncro.script('line_item', limited);
    await workOnce();
    syncro.changed = { contact, ...elsewhere };
    expect(kindsOf(await workItOut())).toEqual(['customer']);
    syncro.changed = { contact };
    await decide({ kind: 'try_again', step: 1 });
    expect((await workItOut()).state).toBe('done');
  });
});

describe('a status that changed', () => {
  test.each(['Invoiced', 'Resolved'])('to %s before the line stops a bill', async (status) => {
    const { syncro, workOnce, workItOut, decide } = await withRun(aBill());
    syncro.script('line_item', limited);
    await workOnce();
    syncro.status = status;
    const run = await workItOut();
    expect(questionOf(run)).toMatchObject({ changes: [{ kind: 'status', from: 'In Progress', to: status }] });
    await decide({ kind: 'try_again', step: 1 });
    expect((await workItOut()).state).toBe('done');
  });

  test('by our own invoice is what was wanted', async () => {
    const { syncro, workItOut } = await withRun(aBill());
    syncro.script('ticket_update', limited);
    syncro.onSend = ({ kind }) => {
      if (kind === 'invoice') syncro.status = 'Invoiced';
    };
    expect((await workItOut()).state).toBe('done');
  });
});

test('a small change is not compared with anything: what it sets, it sets', async () => {
  const write: Write = { kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Resolved' } };
  const { syncro, workOnce } = await withRun(aRunFor('update', { steps: [plannedStep(write)] }));
  syncro.changed = { customerId: 9_002 };
  await workOnce();
  expect(syncro.kinds()).toEqual(['ticket_update']);
  expect(syncro.readsOf.ticket).toBeUndefined();
});

describe('an invoice of what is charged on the ticket', () => {
  const waits = aLineItem();
  const three = ['invoice', 'ticket_update'];

  const withWaiting = async (fields: Parameters<typeof anInvoiceRun>[0] = {}) => {
    const workshop = await withRun(anInvoiceRun({ basis, ...fields }));
    workshop.syncro.lineItems = [waits];
    return workshop;
  };

  test('looks at the lines and the invoices once more right before it, however fresh its preview', async () => {
    const { syncro, workOnce } = await withWaiting();
    await workOnce();
    expect(syncro.readsOf).toEqual({ me: 1, ticket: 1, invoices: 1, invoice: 1 });
    expect(syncro.kinds()).toEqual(three);
  });

  test('looks again when it had to wait for its place', async () => {
    const { clock, syncro, workOnce } = await withWaiting();
    let wait = 40 * second;
    syncro.onPrepare = () => {
      clock.at += wait;
      wait = 0;
    };
    await workOnce();
    expect(syncro.readsOf.ticket).toBe(2);
    expect(syncro.kinds()).toEqual(three);
  });

  const from = { quantityHundredths: 100, rateCents: 17_500 };
  const older = { kind: 'older_line', id: waits.id, name: waits.name, from };
  const { productId } = waits;

  test.each([
    ['one is gone', [], [], [{ ...older, to: null }]],
    ['an invoice took one', [{ ...waits, invoiced: true }], [], [{ ...older, to: null }]],
    [
      'one got more hours',
      [{ ...waits, quantityHundredths: 200 }],
      [],
      [{ ...older, to: { ...from, quantityHundredths: 200, productId } }],
    ],
    ['one costs less', [{ ...waits, rateCents: 1 }], [], [{ ...older, to: { ...from, rateCents: 1, productId } }]],
    [
      'one is new',
      [waits, byHand],
      [],
      [{ kind: 'line', id: 900, name: byHand.name, quantityHundredths: 75, rateCents: 17_500 }],
    ],
    ['there is an invoice', [waits], [handMade], [{ kind: 'invoice', id: 9_000, number: '70009', totalCents: 11_250 }]],
  ])('ends by itself and sends nothing where %s', async (_what, lines, invoices, overtakenBy) => {
    const { syncro, barred, workItOut } = await withWaiting();
    syncro.lineItems = lines;
    syncro.invoices = invoices;
    const run = await workItOut();
    expect(run).toMatchObject({ state: 'stopped', finishedAt: noon, overtakenBy });
    expect(isNews(run)).toBe(true);
    expect(syncro.kinds()).toEqual([]);
    expect(barred).toEqual([]);
  });

  test.each([
    ['invoiced by somebody else', [{ ...waits, invoiced: true }], [handMade]],
    ['taken off', [], []],
  ])('that may be there already is not made of nothing, once all was %s', async (_what, lines, invoices) => {
    const { syncro, workOnce, workItOut, decide } = await withWaiting();
    syncro.script('invoice', { outcome: 'unclear', why: 'no answer' });
    await workOnce();
    syncro.lineItems = lines;
    syncro.invoices = invoices;
    const run = await workItOut();
    expect(kindsOf(run)).toContain('older_line');
    await decide({ kind: 'try_again', step: currentIndex(run) });
    expect(kindsOf(await workItOut())).toContain('older_line');
    expect(syncro.kinds()).toEqual(['invoice']);
  });

  test('that arrives while a person is asked is found, and none is made beside it', async () => {
    const { syncro, workOnce, workItOut, decide } = await withWaiting();
    syncro.script('invoice', { outcome: 'unclear', why: 'no answer' });
    await workOnce();
    syncro.invoices = [handMade];
    const run = await workItOut();
    expect(kindsOf(run)).toEqual(['invoice']);
    syncro.invoices = [handMade, anInvoice({ id: 9_001, lines: [] })];
    await decide({ kind: 'try_again', step: currentIndex(run) });
    const after = await workItOut();
    expect(questionOf(after)).toMatchObject({ kind: 'mismatch', differences: [{ kind: 'line_missing' }, {}] });
    expect(syncro.kinds()).toEqual(['invoice']);
  });

  test('that may be there already asks instead, and makes what is left on the person’s word', async () => {
    const { syncro, workOnce, workItOut, decide } = await withWaiting({
      plan: aPlanToInvoice({ ticket: aTicket({ lineItems: [waits, byHand] }) }),
    });
    syncro.lineItems = [waits, byHand];
    syncro.script('invoice', { outcome: 'unclear', why: 'no answer' });
    await workOnce();
    syncro.lineItems = [waits];
    const run = await workItOut();
    expect(kindsOf(run)).toEqual(['older_line']);
    expect(syncro.kinds()).toEqual(['invoice']);
    await decide({ kind: 'try_again', step: currentIndex(run) });
    const after = await workItOut();
    expect(after).toMatchObject({
      state: 'done',
      plan: { olderLines: [{ id: waits.id }], expectedTotalCents: 17_500 },
    });
    expect(syncro.kinds()).toEqual(['invoice', 'invoice', 'ticket_update']);
  });
});
