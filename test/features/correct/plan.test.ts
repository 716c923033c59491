import { describe, expect, test } from '@jest/globals';
import { type Line, minutesOf } from '../../../src/features/correct/making.ts';
import {
  correctablesOf,
  correctedTime,
  costOf,
  type Filled,
  type Logged,
  laborsOf,
  otherWork,
  priceAnew,
  withPrice,
  withText,
} from '../../../src/features/correct/plan.ts';
import { planned } from '../../../src/runs/rules/bill-plan.ts';
import { loggedTime } from '../../../src/runs/rules/correction.ts';
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

const lineOf = (fields: Parameters<typeof aLineItem>[0] = {}): Line => ({
  of: 'line',
  id: 700,
  ...planned(aLineItem({ productId: 1190473, rateCents: 9_900, quantityHundredths: 33.33, ...fields })),
});

const entry = (fields: Partial<TimerEntry> = {}): TimerEntry => ({
  ...{ id: 800, startedAt: noon - 60 * minute, endedAt: noon - 30 * minute, notes: 'Looked', recorded: false },
  ...{ billable: true, activeSeconds: 1_500, technicianId: 1750, productId: 1190473, lineItemId: null, ...fields },
});
const time = (fields: Partial<TimerEntry> = {}): Logged => {
  const target = loggedTime(entry(fields));
  if (!target) throw new Error('it has no end');
  return target;
};

const choice = (fields: Partial<Filled> = {}): Filled => ({
  ...{ minutes: null, labor: null, text: null, wish: null },
  ...fields,
});

describe('a line', () => {
  const remoteAt = (workedMinutes: number) => ({ labor: remote, workedMinutes, times: false, asWorked: false });

  test.each([
    ['another text', 'New', 'New'],
    ['its text without what nobody sees', 'Swapped the switch', 'Swapped\u200b the switch '],
    ['a text that is too long for a form', null, 'Swapped\u200b the switch '],
  ])('with %s', (_what, text, description) => {
    const before = lineOf({ description: 'Swapped\u200b the switch ' });
    expect(withText(before, choice({ text }))).toEqual({ ...before, description });
  });

  test.each([
    ['the minutes that it has', { minutes: 20 }, null],
    ['other minutes', { minutes: 50 }, { labor: remote, workedMinutes: 50 }],
    ['another word of its product', { labor: emergency }, { labor: emergency, workedMinutes: 20 }],
    ['its own word', { labor: remote, minutes: 20 }, null],
    ['another price', { wish: {} }, { labor: remote, workedMinutes: 20 }],
  ])('with %s', (_what, chosen, work) => {
    expect(otherWork(remoteAt(20), choice(chosen))).toEqual(work);
    expect(otherWork(null, choice(chosen))).toBeNull();
  });

  test('of another labor is taxed only where the settings say so', () => {
    const facts = { product: product(), base: null, prepaidHundredths: null, contracts: [] };
    const by = { policy: { roundUpToMinutes: 1, minimumMinutes: 0 } };
    const priced = (labor: LaborType) => {
      const work = { labor, workedMinutes: 60 };
      const pricing = priceAnew(lineOf(), remoteAt(20), work, choice({ labor, minutes: 60 }), facts, by);
      return [withPrice(lineOf(), pricing, facts), pricing.warnings.map(({ kind }) => kind)] as const;
    };
    expect(priced(emergency)).toMatchObject([
      { productId: 26184, name: 'Labor - Emergency', quantityHundredths: 100, rateCents: 26_250, taxable: false },
      ['untaxed_product'],
    ]);
    expect(priced({ ...emergency, followsTax: true })).toMatchObject([{ taxable: true }, []]);
  });

  test('is no labor where no word stands for its product', () => {
    expect(laborsOf(lineOf({ productId: 26184 }), LABOR)).toEqual([emergency, emergencyRemote]);
    expect(laborsOf(lineOf({ productId: 4711 }), LABOR)).toEqual([]);
    expect(laborsOf(lineOf({ productId: null }), LABOR)).toEqual([]);
  });
});

describe('logged time', () => {
  test('of another length begins at another moment and ends when it did', () => {
    expect(correctedTime(time(), choice({ minutes: 45 }), null)).toMatchObject({
      ...{ startedAt: noon - 75 * minute, endedAt: noon - 30 * minute, seconds: 2_700 },
    });
    // Its pause stays where its length does.
    expect(correctedTime(time(), choice({ minutes: 25, text: 'Else' }), null)).toMatchObject({
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

test('a word whose rate is a multiple of another one’s is refused for logged time, which can’t carry its rate', () => {
  const premium = word('emergency-remote', 26184, { rate: { of: 'remote', productId: 1190473, times: 1.5 } });
  expect(() => correctedTime(time(), choice({ labor: premium }), premium)).toThrow("logged time can't carry that rate");
});
