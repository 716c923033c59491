import { describe, expect, test } from '@jest/globals';
import {
  type CorrectChoice,
  correctablesOf,
  corrected,
  costOf,
  laborAt,
  laborsOf,
  minutesOf,
  newLabor,
} from '../../../src/features/correct/plan.ts';
import { planned } from '../../../src/runs/rules/bill-plan.ts';
import { loggedTime, type Target } from '../../../src/runs/rules/correction.ts';
import type { LaborType, Product } from '../../../src/shared/labor.ts';
import type { TimerEntry } from '../../../src/syncro/ticket.ts';
import { aLineItem, aTicket, minute, noon } from '../../runs/rules/a-ticket.ts';

const word = (name: string, productId: number, fields: Partial<LaborType> = {}): LaborType => ({
  word: name,
  productId,
  note: null,
  debitsPrepaid: true,
  ...fields,
});
const remote = word('remote', 1190473);
const emergency = word('emergency', 26184);
const emergencyRemote = word('emergency-remote', 26184);
const LABOR = [remote, word('onsite', 26118), emergency, emergencyRemote];

const product = (fields: Partial<Product> = {}): Product => ({
  ...{ id: 26184, name: 'Labor - Emergency', rateCents: 26_250, taxable: true, disabled: false },
  ...fields,
});

const lineOf = (fields: Parameters<typeof aLineItem>[0] = {}): Target => ({
  of: 'line',
  id: 700,
  ...planned(aLineItem({ productId: 1190473, rateCents: 9_900, quantityHundredths: 33.33, ...fields })),
});

const entry = (fields: Partial<TimerEntry> = {}): TimerEntry => ({
  ...{ id: 800, startedAt: noon - 60 * minute, endedAt: noon - 30 * minute, notes: 'Looked', recorded: false },
  ...{ billable: true, activeSeconds: 1_500, technicianId: 1750, productId: 1190473, lineItemId: null, ...fields },
});
const time = (fields: Partial<TimerEntry> = {}): Target => {
  const target = loggedTime(entry(fields));
  if (!target) throw new Error('it has no end');
  return target;
};

const choice = (fields: object = {}): CorrectChoice => ({
  ...{ remove: false, minutes: null, labor: null, text: null },
  ...fields,
});

describe('a line', () => {
  test.each<[string, CorrectChoice, Partial<Target>]>([
    ['nothing', choice(), {}],
    ['the minutes that it has: its 0.3333 h stay', choice({ minutes: 20 }), {}],
    ['other minutes', choice({ minutes: 50 }), { quantityHundredths: 83.33, amountCents: 8_250 } as Partial<Target>],
    ['another text', choice({ text: 'New' }), { description: 'New' } as Partial<Target>],
    ['its text without what nobody sees', choice({ text: 'Swapped the switch' }), {}],
  ])('with %s', (_what, chosen, fields) => {
    const before = lineOf({ description: _what.startsWith('its text') ? 'Swapped\u200b the switch ' : 'Swapped' });
    expect(corrected(before, chosen, null)).toEqual({ ...before, ...fields });
  });

  test('of another labor costs its live rate, and is taxed only where the settings say so', () => {
    const before = lineOf();
    const labor = newLabor(remote, choice({ labor: emergency }));
    expect(labor).toBe(emergency);
    const to = { labor: emergency, product: product(), base: null };
    expect(corrected(before, choice({ labor: emergency, minutes: 60 }), to)).toMatchObject({
      ...{ productId: 26184, name: 'Labor - Emergency', quantityHundredths: 100, rateCents: 26_250 },
      ...{ amountCents: 26_250, taxable: false },
    });
    const follows = { labor: { ...emergency, followsTax: true }, product: product(), base: null };
    expect(corrected(before, choice({ labor: emergency }), follows)).toMatchObject({ taxable: true });
  });

  test('of a word that costs a multiple of another one’s rate costs that', () => {
    const labor = { ...emergencyRemote, rate: { of: 'remote', productId: 1190473, times: 1.5 } };
    const base = product({ id: 1190473, rateCents: 15_000 });
    expect(corrected(lineOf(), choice({ labor, minutes: 60 }), { labor, product: product(), base })).toMatchObject({
      ...{ productId: 26184, rateCents: 22_500, amountCents: 22_500 },
    });
  });

  test('keeps its price where the labor is the one that it has; another word of its product is another labor', () => {
    expect(newLabor(remote, choice({ labor: remote }))).toBeNull();
    expect(newLabor(emergency, choice({ labor: emergencyRemote }))).toBe(emergencyRemote);
    expect(newLabor(null, choice({ labor: remote }))).toBe(remote);
    expect(newLabor(null, { remove: true })).toBeNull();
  });

  test.each([
    [26_250, 'emergency'],
    [22_500, 'emergency-remote'],
    [9_900, 'emergency'],
  ])('at %s has the word that costs this, of several for one product', (rateCents, wanted) => {
    const rate = { of: 'remote', productId: 1190473, times: 1.5 };
    const words = [
      { labor: emergency, product: product(), base: null },
      { labor: { ...emergencyRemote, rate }, product: product(), base: product({ rateCents: 15_000 }) },
    ];
    expect(laborAt(lineOf({ productId: 26184, rateCents }), words)?.word).toBe(wanted);
  });

  test('is no labor where no word stands for its product', () => {
    expect(laborsOf(lineOf({ productId: 26184 }), LABOR)).toEqual([emergency, emergencyRemote]);
    expect(laborsOf(lineOf({ productId: 4711 }), LABOR)).toEqual([]);
    expect(laborsOf(lineOf({ productId: null }), LABOR)).toEqual([]);
  });
});

describe('logged time', () => {
  test('of another length begins at another moment and ends when it did', () => {
    expect(corrected(time(), choice({ minutes: 45 }), null)).toMatchObject({
      ...{ startedAt: noon - 75 * minute, endedAt: noon - 30 * minute, seconds: 2_700 },
    });
    // Its pause stays where its length does.
    expect(corrected(time(), choice({ minutes: 25, text: 'Else' }), null)).toMatchObject({
      ...{ startedAt: noon - 60 * minute, seconds: 1_500, notes: 'Else' },
    });
  });

  test.each([
    // 0.4167 h, as Syncro counts.
    [time(), 15_000, 6_251],
    [time({ billable: false }), 15_000, null],
    [time(), null, null],
    [lineOf({ quantityHundredths: 100 }), null, 9_900],
  ])('costs what its minutes do at the rate of its labor', (target, rate, cents) => {
    expect(costOf(target, rate)).toBe(cents);
  });

  test('is counted without its pauses', () => {
    expect([minutesOf(time()), minutesOf(lineOf())]).toEqual([25, 20]);
  });
});

test('what is invoiced, charged or still runs is not among it', () => {
  const ticket = aTicket({
    lineItems: [aLineItem({ id: 1 }), aLineItem({ id: 2, invoiced: true }), aLineItem({ id: 9 })],
    timers: [
      entry({ id: 3 }),
      entry({ id: 4, recorded: true }),
      entry({ id: 5, endedAt: null, activeSeconds: null }),
      entry({ id: 6, technicianId: 1737 }),
    ],
  });
  expect(
    correctablesOf(ticket, [], new Set([9])).map(({ target: { id }, technicianId }) => [id, technicianId]),
  ).toEqual([
    [1, 1750],
    [3, 1750],
    [6, 1737],
  ]);
});

describe('a word whose rate is a multiple of another one’s', () => {
  const premium = word('emergency-remote', 26184, { rate: { of: 'remote', productId: 1190473, times: 1.5 } });
  const base = product({ id: 1190473, rateCents: 15_000 });
  const words = [
    { labor: emergency, product: product(), base: null },
    { labor: premium, product: product(), base },
  ];

  test.each([
    [26_250, 'emergency'],
    [22_500, 'emergency-remote'],
    // With a block the premium is in the hours.
    [15_000, 'emergency-remote'],
  ])('is known by its rate and by that other one: %d is %s', (rateCents, wanted) => {
    expect(laborAt(lineOf({ productId: 26184, rateCents }), words)?.word).toBe(wanted);
  });

  test('is refused for logged time, which can’t carry its rate', () => {
    const to = { labor: premium, product: product(), base };
    expect(() => corrected(time(), choice({ labor: premium }), to)).toThrow("logged time can't carry that rate");
    expect(corrected(lineOf(), choice({ labor: premium }), to)).toMatchObject({ rateCents: 22_500 });
  });
});
