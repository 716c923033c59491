import { describe, expect, test } from '@jest/globals';
import { type Line, makingOf, originOf } from '../../../src/features/correct/making.ts';
import {
  correctWork,
  type Filled,
  laborsOf,
  otherWork,
  priceAnew,
  withPrice,
} from '../../../src/features/correct/plan.ts';
import { planned } from '../../../src/runs/rules/bill-plan.ts';
import type { Priced } from '../../../src/runs/rules/correction.ts';
import type { ContractTerms, PriceWish } from '../../../src/runs/rules/price.ts';
import type { Run } from '../../../src/runs/rules/run.ts';
import { plannedStep } from '../../../src/runs/rules/step.ts';
import { runOf } from '../../../src/runs/rules/work.ts';
import { formatHours } from '../../../src/shared/minutes.ts';
import { formatMoney } from '../../../src/shared/money.ts';
import { aPlan } from '../../runs/rules/a-bill.ts';
import { aRun, author } from '../../runs/rules/a-run.ts';
import { aContract, aProduct, at, EMERGENCY, laborOf, REMOTE, shop } from '../../runs/rules/a-shop.ts';
import { aCustomer, aLineItem, aTicket, howard, noon } from '../../runs/rules/a-ticket.ts';
import { aTimerRun } from '../../runs/rules/a-timer-run.ts';

const policy = { roundUpToMinutes: 1, minimumMinutes: 0 };

/** A line of the word's product: hours and dollars. */
const lineOf = (word: string, hours: number, dollars: number): Line => ({
  of: 'line',
  id: 700,
  ...planned(
    aLineItem({
      ...{ productId: laborOf(word).productId, name: 'Labor' },
      ...{ quantityHundredths: hours * 100, rateCents: dollars * 100 },
    }),
  ),
});

const by = (laborWord: string, workedMinutes: number, billedMinutes = workedMinutes): Priced => ({
  ...{ laborWord, workedMinutes, billedMinutes },
});

type Asked = {
  /** What the run that made it was told; absent: no run did. */
  readonly made?: Priced;
  /** Prepaid hours, and what other lines on the ticket take of them. */
  readonly block?: number;
  readonly spokenFor?: number;
  readonly contracts?: readonly ContractTerms[];
  readonly promised?: true;
  readonly minutes?: number;
  readonly to?: string;
  readonly wish?: PriceWish;
};

/** `0.5 h × $150.00 = $75.00`, and what is warned of; `as it is`: nothing is priced. */
const corrected = (line: Line, { made, block, spokenFor = 0, contracts = [], ...asked }: Asked): string => {
  const read = ({ productId, rate }: { productId: number; rate?: { productId: number } }) => ({
    product: aProduct(productId),
    base: rate ? aProduct(rate.productId) : null,
  });
  const words = laborsOf(line, shop).map((labor) => ({ labor, read: read(labor) }));
  const making = makingOf(line, words, made ?? null, (block ?? 0) > 0, policy);
  if (!making) throw new Error('no labor');
  const choice: Filled = {
    minutes: asked.minutes ?? making.workedMinutes,
    labor: asked.to === undefined ? null : laborOf(asked.to),
    ...{ text: null, wish: asked.wish ?? null },
  };
  const work = otherWork(making, choice);
  if (!work) return 'as it is';
  const facts = {
    ...{ ...read(work.labor), contracts, spokenForHundredths: spokenFor * 100 },
    prepaidHundredths: block === undefined ? null : block * 100,
  };
  const invoice = asked.promised ? 'later' : null;
  const pricing = priceAnew(line, making, work, choice, facts, { policy, invoice });
  const { quantityHundredths, rateCents, amountCents } = withPrice(line, pricing, facts);
  return [
    `${formatHours(quantityHundredths)} h × ${formatMoney(rateCents)} = ${formatMoney(amountCents)}`,
    ...pricing.warnings.map(({ kind }) => kind),
  ].join(', ');
};

type Row = readonly [line: readonly [word: string, hours: number, dollars: number], asked: Asked, right: string];

const table = (name: string, rows: readonly Row[]): void => {
  describe(name, () => {
    test.each(rows.map((row) => [`${row[0].join(' ')} ${JSON.stringify(row[1])}`, ...row] as const))(
      '%s',
      (_name, line, asked, right) => {
        expect(corrected(lineOf(...line), asked)).toBe(right);
      },
    );
  });
};

table('without a block', [
  [['remote', 0.75, 150], {}, 'as it is'],
  [['remote', 0.75, 150], { minutes: 20 }, '0.5 h × $150.00 = $75.00'],
  [['remote', 0.75, 150], { minutes: 5 }, '0.25 h × $150.00 = $37.50'],
  [['remote', 0.75, 150], { minutes: 5, wish: { asWorked: true } }, '0.0833 h × $150.00 = $12.50'],
  [['remote', 0.75, 150], { to: 'onsite', minutes: 50 }, '0.8333 h × $175.00 = $145.83'],
  [['emergency-remote', 1, 225], { minutes: 40 }, '0.6667 h × $225.00 = $150.01'],
  [['emergency-remote', 1, 225], { to: 'emergency' }, '1.0 h × $262.50 = $262.50'],
  [['emergency', 1, 262.5], { to: 'remote' }, '1.0 h × $150.00 = $150.00'],
  // Its minutes as worked, and what was left out on purpose, are the run's.
  [['remote', 0.25, 150], { made: by('remote', 5, 15), minutes: 20 }, '0.5 h × $150.00 = $75.00'],
  [['remote', 0.0833, 150], { made: by('remote', 5, 5), minutes: 10 }, '0.1667 h × $150.00 = $25.01'],
  [['remote', 0.0833, 150], { minutes: 10 }, '0.25 h × $150.00 = $37.50'],
]);

table('a price that somebody set', [
  [['remote', 0.75, 99], { minutes: 20 }, '0.5 h × $99.00 = $49.50'],
  [['remote', 0.75, 99], { to: 'onsite' }, '0.75 h × $175.00 = $131.25'],
  [['emergency', 1, 200], { minutes: 120 }, '2.0 h × $200.00 = $400.00'],
  // A rate that has changed since: the premium stays where it was, in the hours or in the rate.
  [
    ['emergency-remote', 1.5, 140],
    { made: by('emergency-remote', 60), block: 9, minutes: 40 },
    '1.0 h × $140.00 = $140.00',
  ],
  [
    ['emergency-remote', 1, 210],
    { made: by('emergency-remote', 60), block: 9, minutes: 40 },
    '0.6667 h × $210.00 = $140.01',
  ],
]);

table('a premium in the hours is taken out, and put in once', [
  [['emergency-remote', 1.5, 150], { made: by('emergency-remote', 60), block: 6.5 }, 'as it is'],
  [
    ['emergency-remote', 1.5, 150],
    { made: by('emergency-remote', 60), block: 6.5, to: 'remote' },
    '1.0 h × $150.00 = $150.00',
  ],
  [
    ['emergency-remote', 1.5, 150],
    { made: by('emergency-remote', 60), block: 6.5, minutes: 40 },
    '1.0 h × $150.00 = $150.00',
  ],
  [
    ['emergency-remote', 1.5, 150],
    { made: by('emergency-remote', 60), block: 6.5, to: 'emergency' },
    '1.5 h × $262.50 = $393.75',
  ],
  [
    ['emergency-remote', 1.5, 150],
    { made: by('emergency-remote', 60), block: 1.2, to: 'emergency' },
    '1.0 h × $262.50 = $262.50, block_once',
  ],
  // The block was used up meanwhile: at the plain rate the hours still have it.
  [
    ['emergency-remote', 1.5, 150],
    { made: by('emergency-remote', 60), block: 0, minutes: 40 },
    '1.0 h × $150.00 = $150.00',
  ],
  // A line by hand says it by its rate.
  [['emergency-remote', 1.5, 150], { block: 6.5, to: 'remote' }, '1.0 h × $150.00 = $150.00'],
  [['emergency-remote', 1, 225], { block: 6.5, to: 'remote' }, '1.0 h × $150.00 = $150.00'],
  [['emergency-remote', 1, 225], { block: 6.5, minutes: 120 }, '2.0 h × $225.00 = $450.00'],
  [['remote', 1, 150], { block: 6.5, to: 'emergency-remote' }, '1.5 h × $150.00 = $225.00'],
  [['emergency', 1.5, 262.5], { made: by('emergency', 60), block: 6.5, minutes: 90 }, '2.25 h × $262.50 = $590.63'],
  [['emergency', 1.5, 262.5], { made: by('emergency', 60), block: 6.5, to: 'remote' }, '1.0 h × $150.00 = $150.00'],
  [['emergency', 1, 262.5], { made: by('emergency', 60), block: 6.5, minutes: 90 }, '1.5 h × $262.50 = $393.75'],
  [
    ['emergency', 1.5, 262.5],
    { made: by('emergency', 60), block: 2, minutes: 90 },
    '1.5 h × $262.50 = $393.75, block_once',
  ],
  [['remote', 1, 150], { block: 2, spokenFor: 1, to: 'emergency' }, '1.0 h × $262.50 = $262.50, block_once'],
  [['remote', 1, 150], { block: 6.5, promised: true, to: 'emergency' }, '1.0 h × $262.50 = $262.50, block_once'],
]);

describe('hours that may have a premium in them', () => {
  const byHand = lineOf('emergency', 1.5, 262.5);

  test('are billed as typed, which is said', () => {
    expect(corrected(byHand, { block: 6.5, minutes: 60 })).toBe('1.0 h × $262.50 = $262.50, premium_unclear');
  });

  test('get no other labor, whose premium would come on top', () => {
    expect(() => corrected(byHand, { block: 6.5, to: 'emergency-remote' })).toThrow(
      "already include emergency's × 1.5",
    );
    expect(corrected(byHand, { to: 'remote' })).toBe('1.5 h × $150.00 = $225.00');
  });
});

table('under a contract', [
  [['remote', 0.75, 120], { contracts: [aContract(1, at(REMOTE, 120))], minutes: 60 }, '1.0 h × $120.00 = $120.00'],
  [
    ['remote', 0.75, 150],
    { contracts: [aContract(1, at(REMOTE, 120))], minutes: 60 },
    '1.0 h × $150.00 = $150.00, contract_price',
  ],
  [
    ['remote', 0.75, 120],
    { contracts: [aContract(1, at(REMOTE, 120))], wish: {} },
    '0.75 h × $150.00 = $112.50, contract_price',
  ],
  [
    ['remote', 0.75, 150],
    { contracts: [aContract(1, at(REMOTE, 120))], wish: { contractId: 1 } },
    '0.75 h × $120.00 = $90.00',
  ],
  [
    ['remote', 0.75, 120],
    { contracts: [aContract(1, at(REMOTE, 120))], to: 'emergency-remote' },
    '0.75 h × $225.00 = $168.75, contract_price',
  ],
  [
    ['remote', 0.75, 150],
    { contracts: [aContract(1, { nonBillableProductIds: [EMERGENCY] })], to: 'emergency' },
    '0.75 h × $262.50 = $196.88, contract_not_billable',
  ],
]);

describe('what made a line', () => {
  const line = lineOf('emergency-remote', 1.5, 150);
  const plan = aPlan(
    {
      ...{ product: aProduct(EMERGENCY), base: aProduct(REMOTE) },
      customer: aCustomer({ prepaidHundredths: 650 }),
    },
    { workedMinutes: 60, labor: laborOf('emergency-remote') },
  );
  const bill = (id: number): Run => {
    const run = aRun({ plan, state: 'done' });
    return {
      ...run,
      steps: run.steps.map((step) =>
        step.action.kind === 'line_item'
          ? { ...step, state: { phase: 'done', id, number: null, how: 'answered' } }
          : step,
      ),
    };
  };

  test('is the run that did, as long as the line is as it made it', () => {
    expect(originOf(line, [bill(700)])).toMatchObject(by('emergency-remote', 60));
    expect(originOf(line, [bill(701)])).toBeNull();
    expect(originOf({ ...line, quantityHundredths: 100 }, [bill(700)])).toBeNull();
    expect(originOf({ ...line, rateCents: 22_500 }, [bill(700)])).toBeNull();
  });

  test('is a correction, where it priced the line anew', () => {
    const after = { ...line, quantityHundredths: 300 };
    const run = (priced?: Priced): Run =>
      runOf(correctWork(aTicket(), [], { before: line, after, ...(priced ? { priced } : {}) }, author), {
        ...{ id: 'run-2', formId: 'form-2', ref: 'K7Q2MX', technician: howard, now: noon },
      });
    expect(originOf(after, [run(by('emergency-remote', 120)), bill(700)])).toMatchObject({ workedMinutes: 120 });
    expect(originOf(after, [run(), bill(700)])).toBeNull();
    // Undone since.
    expect(originOf(line, [run(by('emergency-remote', 120)), bill(700)])).toMatchObject({ workedMinutes: 60 });
  });

  test('is a charge of logged time, which has no premium in its hours', () => {
    const charged = { ...lineOf('emergency', 1, 262.5), id: 700 };
    const run = aTimerRun();
    const timer: Run = {
      ...run,
      steps: [...run.steps.slice(0, -1), plannedStep({ kind: 'verify_charge', line: charged })],
    };
    const origin = originOf(charged, [timer]);
    expect(origin).toMatchObject({ laborWord: null, workedMinutes: 60, billedMinutes: 60 });
    expect(
      corrected(charged, { block: 6.5, ...(origin ? { made: { ...origin, laborWord: '' } } : {}), to: 'remote' }),
    ).toBe('1.0 h × $150.00 = $150.00');
  });
});
