import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { type LookDeps, lookForLines } from '../../../src/features/later/look-for-lines.ts';
import { createPromises } from '../../../src/features/later/store/promises.ts';
import { morningAfter } from '../../../src/runs/promise-lines.ts';
import type { BillRun, Run } from '../../../src/runs/rules/run.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { Posting } from '../../../src/shared/posting.ts';
import { type LineItem, type Ticket, ticketId } from '../../../src/syncro/ticket.ts';
import { doneCharge, theLine } from '../../runs/rules/a-charge.ts';
import { anInvoice, anInvoiceLine, aTicket, hour, howard, minute, noon } from '../../runs/rules/a-ticket.ts';

const never = () => Promise.reject(new Error('not asked for'));
const silent = () => undefined;

/** Lines of a customer on tickets 51, 52 …, which are due; what reading each ticket gives. */
const aMorning = async (
  tickets: ReadonlyArray<Ticket | AppError>,
  posting: Posting = { result: 'posted', ts: '1' },
  more: Partial<LookDeps & Pick<LookDeps['reads'], 'invoices' | 'invoice'>> & { readonly ended?: readonly Run[] } = {},
) => {
  const promises = createPromises(await openSqlite(':memory:'));
  const runs = new Map<string, BillRun>();
  for (const [n] of tickets.entries()) {
    const of = { runId: `run-${n}`, customerId: 9_001, ticketId: ticketId(51 + n), lineId: 900 };
    await promises.add({ ...of, day: '2026-11-01', lookAt: noon });
    const run = doneCharge();
    runs.set(of.runId, { ...run, id: of.runId, ticket: { ...run.ticket, id: of.ticketId } });
  }
  const scene = { now: noon, told: 0, heard: [] as string[][] };
  const deps: LookDeps = {
    ...{ promises, owner: 'a', technicians: [howard] },
    runs: {
      get: (id) => Promise.resolve(runs.get(id) ?? null),
      endedOn: () => Promise.resolve(more.ended ?? []),
      showAgain: () => Promise.resolve(),
    },
    reads: {
      ticket: (_caller, id) => {
        const found = tickets[id - 51];
        return found instanceof AppError || !found ? Promise.reject(found) : Promise.resolve(found);
      },
      invoices: more.invoices ?? (() => Promise.resolve({ rows: [], page: 1, totalPages: 1 })),
      invoice: more.invoice ?? never,
    },
    terms: { schedules: () => Promise.resolve([]) },
    caller: () => Promise.resolve({ key: { reveal: () => 'key' }, lane: 'background' }),
    board: {
      tell: (_to, late) => {
        scene.told += 1;
        scene.heard.push(late.map(({ run, what }) => `${run.id} ${what}`));
        return Promise.resolve(posting);
      },
      find: () => Promise.resolve({ result: 'absent' }),
    },
    clock: { now: () => scene.now, sleep: () => Promise.resolve() },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...more,
  };
  /** Looks at what is due then, as the watch does. */
  const lookAt = async (now: number) => {
    scene.now = now;
    const due = await promises.claim('a', now, minute, 10);
    if (due.length > 0) await lookForLines(deps, due);
    return due.map(({ runId }) => runId);
  };
  return { promises, scene, lookAt };
};

test('a ticket that can’t be read keeps none of the customer’s other lines waiting', async () => {
  const away = new AppError('unreachable', 'No answer.', { retryable: true });
  const odd = new AppError('unreadable', 'Odd.');
  const { promises, lookAt } = await aMorning([away, odd, aTicket({ lineItems: [theLine({ invoiced: true })] })]);
  expect(await lookAt(noon)).toEqual(['run-0', 'run-1', 'run-2']);
  expect(await promises.followed('run-2')).toMatchObject({ state: 'invoiced' });
  expect(await lookAt(noon + hour)).toEqual(['run-0', 'run-1']);
});

test('while Slack is away it is tried ever more rarely', async () => {
  const { scene, lookAt } = await aMorning([aTicket({ lineItems: [theLine()] })], { result: 'not_sent' });
  for (let minutes = 0; minutes <= 6 * 60; minutes++) await lookAt(noon + minutes * minute);
  expect(scene.told).toBeGreaterThan(5);
  expect(scene.told).toBeLessThan(15);
});

const day = 24 * hour;

/** Looks every hour until then. */
const lookUntil = async ({ lookAt }: Awaited<ReturnType<typeof aMorning>>, until: number) => {
  for (let at = noon; at <= until; at += hour) await lookAt(at);
};

const forbidden = () => Promise.reject(new AppError('not_allowed', 'No.'));

test.each([
  ['its ticket can’t be read', [new AppError('not_allowed', 'No.')], {}],
  ['the invoices can’t be looked through', [aTicket({ lineItems: [theLine()] })], { invoices: forbidden }],
  [
    'nobody has a key',
    [aTicket({ lineItems: [theLine()] })],
    { caller: () => Promise.reject(new AppError('no_key', '')) },
  ],
])('where %s for days, people hear that nobody could look', async (_why, tickets, more) => {
  const morning = await aMorning(tickets, undefined, more);
  // It was promised for November 1, and charged on this day.
  await lookUntil(morning, noon + 5 * day);
  expect(morning.scene.heard).toEqual([]);
  await lookUntil(morning, noon + 6 * day);
  expect(morning.scene.heard).toEqual([['run-0 unchecked']]);
  expect(await morning.promises.followed('run-0')).toMatchObject({ state: 'unchecked' });
});

test('a line that is gone is told of, once it was missing twice', async () => {
  const morning = await aMorning([aTicket({ lineItems: [] })]);
  await morning.lookAt(noon);
  expect(morning.scene.heard).toEqual([]);
  await morning.lookAt(noon + hour);
  expect(morning.scene.heard).toEqual([['run-0 gone']]);
  expect(await morning.promises.followed('run-0')).toMatchObject({ state: 'gone' });
});

const asRows = ({ productId, description, quantityHundredths, rateCents }: LineItem) => [
  anInvoiceLine({ productId, description, quantityHundredths, rateCents }),
];

test.each([
  ['was invoiced before', true, []],
  ['is on no other invoice', false, [['run-0 late']]],
])(
  'the row of a recurring invoice counts where an older line that reads the same %s',
  async (_what, isBefore, heard) => {
    const id = ticketId(51);
    const older = theLine({ id: 899, invoiced: true, createdAt: noon - 2 * hour });
    const ticket = aTicket({ id, lineItems: [older, theLine()] });
    const of = { customerId: 9_001, lines: asRows(theLine()) };
    const invoices = [
      ...(isBefore ? [anInvoice({ ...of, id: 3_001, ticketId: id, createdAt: noon - hour })] : []),
      anInvoice({ ...of, id: 3_002, ticketId: null, createdAt: noon }),
    ];
    const reads: LookDeps['reads'] = {
      ticket: () => Promise.resolve(ticket),
      invoices: () => Promise.resolve({ rows: invoices, page: 1, totalPages: 1 }),
      invoice: (_caller, wanted) => Promise.resolve(invoices.find((one) => one.id === wanted) ?? anInvoice()),
    };
    const morning = await aMorning([ticket], undefined, { reads });
    await lookUntil(morning, noon + hour);
    expect(morning.scene.heard).toEqual(heard);
    expect(await morning.promises.followed('run-0')).toMatchObject({ state: isBefore ? 'invoiced' : 'late' });
  },
);

test('a line that is gone from its ticket and on an invoice is invoiced, and nobody is told', async () => {
  const ticket = aTicket({ lineItems: [] });
  const invoice = anInvoice({ ticketId: null, customerId: 9_001, createdAt: noon, lines: asRows(theLine()) });
  const reads: LookDeps['reads'] = {
    ticket: () => Promise.resolve(ticket),
    invoices: () => Promise.resolve({ rows: [invoice], page: 1, totalPages: 1 }),
    invoice: () => Promise.resolve(invoice),
  };
  const morning = await aMorning([ticket], undefined, { reads });
  await morning.lookAt(noon);
  await morning.lookAt(noon + hour);
  expect(morning.scene.heard).toEqual([]);
  expect(await morning.promises.followed('run-0')).toMatchObject({ state: 'invoiced' });
});

test.each([0, 1])(
  'of two equal lines the one that still waits takes the invoice’s only row: people hear that run-%i is gone',
  async (gone) => {
    const tickets = [0, 1].map((n) => aTicket({ id: ticketId(51 + n), lineItems: n === gone ? [] : [theLine()] }));
    const invoice = anInvoice({ ticketId: null, customerId: 9_001, createdAt: noon, lines: asRows(theLine()) });
    const invoices = () => Promise.resolve({ rows: [invoice], page: 1, totalPages: 1 });
    const morning = await aMorning(tickets, undefined, { invoices, invoice: () => Promise.resolve(invoice) });
    await morning.lookAt(noon);
    await morning.lookAt(noon + hour);
    expect(morning.scene.heard).toEqual([[`run-${gone} gone`]]);
    expect(await morning.promises.followed(`run-${gone}`)).toMatchObject({ state: 'gone' });
    expect(await morning.promises.followed(`run-${1 - gone}`)).toMatchObject({ state: 'invoiced' });
  },
);

describe('a line that was told of as late', () => {
  const monthly = { id: 31, customerId: 9_001, name: 'Monthly managed', frequency: 'Monthly', paused: false } as const;

  /** Left by the invoice of November 1, and told; the next one is made on December 1. */
  const aLateLine = async (line = theLine(), more: Parameters<typeof aMorning>[2] = {}) => {
    const tickets = [aTicket({ lineItems: [line] })];
    const schedules = () => Promise.resolve([{ ...monthly, nextRun: '2026-12-01', takesCharges: true }]);
    const morning = await aMorning(tickets, undefined, { terms: { schedules }, ...more });
    await morning.lookAt(noon);
    await morning.lookAt(noon + hour);
    expect(morning.scene.heard).toEqual([['run-0 late']]);
    return { ...morning, tickets };
  };

  /** 7:00 where the account is. */
  const nextMorning = morningAfter('2026-12-01', doneCharge().plan.timeZone ?? null);

  test('is looked for after its next recurring invoice, and then known to be invoiced', async () => {
    const { lookAt, tickets, promises, scene } = await aLateLine();
    expect(await lookAt(nextMorning - minute)).toEqual([]);
    tickets[0] = aTicket({ lineItems: [theLine({ invoiced: true })] });
    expect(await lookAt(nextMorning)).toEqual(['run-0']);
    expect(await promises.followed('run-0')).toMatchObject({ state: 'invoiced' });
    expect(scene.heard).toHaveLength(1);
  });

  test('is told of once, and not looked for for ever', async () => {
    const { lookAt, scene } = await aLateLine();
    let last = 0;
    for (let at = nextMorning; at < noon + 200 * day; at += day) if ((await lookAt(at)).length > 0) last = at;
    expect(scene.heard).toHaveLength(1);
    expect(last).toBeGreaterThan(noon + 90 * day);
    expect(last).toBeLessThan(noon + 115 * day);
  });
});
