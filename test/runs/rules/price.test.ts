import { describe, expect, test } from '@jest/globals';
import type { BillPolicy } from '../../../src/features/bill/plan.ts';
import { ruleRows } from '../../../src/features/tickets/slack/price-words.ts';
import { type ContractTerms, type PriceFacts, type PriceWish, priceOf } from '../../../src/runs/rules/price.ts';
import { contractsSay, decidedOf, priceChoices, priceWarnings } from '../../../src/runs/rules/price-choices.ts';
import type { LaborType } from '../../../src/shared/labor.ts';
import { formatHours } from '../../../src/shared/minutes.ts';
import { formatMoney } from '../../../src/shared/money.ts';
import { fc } from '../../property.ts';
import { aPlan } from './a-bill.ts';
import { aContract, aProduct, at, EMERGENCY, laborOf, ONSITE, REMOTE, shop } from './a-shop.ts';
import { aCustomer, aLineItem, aTicket } from './a-ticket.ts';

type Situation = {
  /** Prepaid hours. */
  readonly block?: number;
  /** The word's rules in other settings. */
  readonly rules?: Partial<LaborType>;
  /** Dollars by product, where they are others than above. */
  readonly rates?: Readonly<Record<number, number>>;
  readonly taxable?: boolean;
  readonly policy?: Partial<BillPolicy>;
  readonly wish?: PriceWish;
  readonly contracts?: readonly ContractTerms[];
  /** Lines that wait on the ticket already. */
  readonly older?: ReadonlyArray<Parameters<typeof aLineItem>[0]>;
  readonly invoice?: 'later';
};

const factsOf = (labor: LaborType, { block, rates = {}, taxable = false, contracts = [] }: Situation): PriceFacts => {
  const product = (id: number) => aProduct(id, { taxable, ...(rates[id] === undefined ? {} : { dollars: rates[id] }) });
  return {
    product: product(labor.productId),
    base: labor.rate ? product(labor.rate.productId) : null,
    prepaidHundredths: block === undefined ? null : Math.round(block * 10_000) / 100,
    contracts,
  };
};

/** `0.75 h × $150.00 = $112.50`, what becomes of the block, and the total where that is not the same. */
const billed = (word: string, workedMinutes: number, situation: Situation = {}): string => {
  const labor = laborOf(word, situation.rules);
  const { prepaidHundredths, ...facts } = factsOf(labor, situation);
  const plan = aPlan(
    {
      ...facts,
      customer: aCustomer({ prepaidHundredths }),
      ticket: aTicket({ lineItems: (situation.older ?? []).map((line, i) => aLineItem({ id: 700 + i, ...line })) }),
    },
    { workedMinutes, labor, invoice: situation.invoice ?? null, ...(situation.wish ? { wish: situation.wish } : {}) },
    situation.policy,
  );
  const { line, prepaid, expectedTotalCents: total } = plan;
  const { beforeHundredths: before = 0, afterHundredths: after = 0, covers = false } = prepaid ?? {};
  return [
    `${formatHours(line.quantityHundredths)} h × ${formatMoney(line.rateCents)} = ${formatMoney(line.amountCents)}`,
    ...(line.taxable ? ['taxed'] : []),
    ...(prepaid ? [`block ${formatHours(before)} → ${covers ? formatHours(after) : 'too small'}`] : []),
    ...(total === line.amountCents ? [] : [total === null ? 'total unknown' : `total ${formatMoney(total)}`]),
  ].join(', ');
};

type Row = readonly [word: string, minutes: number, situation: Situation, right: string];

const WITHOUT_BLOCK: readonly Row[] = [
  ['remote', 45, {}, '0.75 h × $150.00 = $112.50'],
  ['remote', 5, {}, '0.25 h × $150.00 = $37.50'],
  ['remote', 15, {}, '0.25 h × $150.00 = $37.50'],
  ['remote', 16, {}, '0.5 h × $150.00 = $75.00'],
  ['remote', 60, {}, '1.0 h × $150.00 = $150.00'],
  ['remote', 61, {}, '1.25 h × $150.00 = $187.50'],
  ['onsite', 10, {}, '0.1667 h × $175.00 = $29.17'],
  ['onsite', 20, {}, '0.3333 h × $175.00 = $58.33'],
  ['onsite', 50, {}, '0.8333 h × $175.00 = $145.83'],
  ['onsite', 90, {}, '1.5 h × $175.00 = $262.50'],
  ['emergency', 60, {}, '1.0 h × $262.50 = $262.50'],
  ['emergency', 40, {}, '0.6667 h × $262.50 = $175.01'],
  ['emergency', 90, {}, '1.5 h × $262.50 = $393.75'],
  ['emergency', 60, { block: 0 }, '1.0 h × $262.50 = $262.50'],
  ['emergency-remote', 60, {}, '1.0 h × $225.00 = $225.00'],
  ['emergency-remote', 45, {}, '0.75 h × $225.00 = $168.75'],
  ['emergency-remote', 10, {}, '0.1667 h × $225.00 = $37.51'],
  ['emergency-remote', 60, { block: 0 }, '1.0 h × $225.00 = $225.00'],
  ['project', 60, {}, '1.0 h × $150.00 = $150.00'],
  ['internal', 60, {}, '1.0 h × $0.00 = $0.00'],
  ['travel', 30, {}, '0.5 h × $50.00 = $25.00'],
  ['website', 100, {}, '1.6667 h × $125.00 = $208.34'],
];

const WITH_BLOCK: readonly Row[] = [
  ['remote', 45, { block: 6.5 }, '0.75 h × $150.00 = $112.50, block 6.5 → 5.75, total $0.00'],
  ['remote', 5, { block: 1 }, '0.25 h × $150.00 = $37.50, block 1.0 → 0.75, total $0.00'],
  ['remote', 60, { block: 0.5 }, '1.0 h × $150.00 = $150.00, block 0.5 → too small, total unknown'],
  ['onsite', 20, { block: 0.3333 }, '0.3333 h × $175.00 = $58.33, block 0.3333 → 0, total $0.00'],
  ['emergency', 60, { block: 6.5 }, '1.5 h × $262.50 = $393.75, block 6.5 → 5.0, total $0.00'],
  ['emergency', 45, { block: 6.5 }, '1.125 h × $262.50 = $295.31, block 6.5 → 5.375, total $0.00'],
  ['emergency', 20, { block: 6.5 }, '0.5 h × $262.50 = $131.25, block 6.5 → 6.0, total $0.00'],
  ['emergency', 60, { block: 1.5 }, '1.5 h × $262.50 = $393.75, block 1.5 → 0, total $0.00'],
  // The product's rate has the premium in it: more hours of it, and the customer would pay for it twice.
  ['emergency', 60, { block: 1.49 }, '1.0 h × $262.50 = $262.50, block 1.49 → 0.49, total $0.00'],
  ['emergency', 60, { block: 0.5 }, '1.0 h × $262.50 = $262.50, block 0.5 → too small, total unknown'],
  [
    'emergency',
    60,
    { block: 1.2, wish: { block: 'times' } },
    '1.5 h × $262.50 = $393.75, block 1.2 → too small, total unknown',
  ],
  // Of a block that pays part of the plain hours the rest is charged with the premium anyway.
  [
    'emergency',
    60,
    { block: 0.9, wish: { block: 'times' } },
    '1.0 h × $262.50 = $262.50, block 0.9 → too small, total unknown',
  ],
  ['emergency', 60, { block: 6.5, wish: { block: 'once' } }, '1.0 h × $262.50 = $262.50, block 6.5 → 5.5, total $0.00'],
  ['emergency-remote', 60, { block: 6.5 }, '1.5 h × $150.00 = $225.00, block 6.5 → 5.0, total $0.00'],
  ['emergency-remote', 40, { block: 2 }, '1.0 h × $150.00 = $150.00, block 2.0 → 1.0, total $0.00'],
  // What the block does not cover costs 1.0 h × $150, which is 0.6667 h × $225: the premium once.
  ['emergency-remote', 60, { block: 0.5 }, '1.5 h × $150.00 = $225.00, block 0.5 → too small, total unknown'],
  [
    'emergency-remote',
    60,
    { block: 0.5, wish: { block: 'once' } },
    '1.0 h × $225.00 = $225.00, block 0.5 → too small, total unknown',
  ],
  ['project', 60, { block: 6.5 }, '1.0 h × $150.00 = $150.00'],
  [
    'emergency',
    45,
    { block: 5, rules: { prepaid: { times: 1.25 } } },
    '0.9375 h × $262.50 = $246.09, block 5.0 → 4.0625, total $0.00',
  ],
  [
    'emergency',
    60,
    { block: 5, rules: { prepaid: { times: 1.3333 } } },
    '1.3333 h × $262.50 = $349.99, block 5.0 → 3.6667, total $0.00',
  ],
  [
    'emergency',
    20,
    { block: 5, rules: { prepaid: { times: 1 } } },
    '0.3333 h × $262.50 = $87.49, block 5.0 → 4.6667, total $0.00',
  ],
  ['emergency', 60, { block: 6.5, rules: { debitsPrepaid: false } }, '1.0 h × $262.50 = $262.50'],
  [
    'emergency-remote',
    60,
    { block: 6.5, rules: { prepaid: undefined } },
    '1.0 h × $225.00 = $225.00, block 6.5 → 5.5, total $0.00',
  ],
];

const both = { policy: { fromBlock: [REMOTE, EMERGENCY] } };

/** A block is debited when something is invoiced, and others may take from it before, or along with it. */
const SPOKEN_FOR: readonly Row[] = [
  [
    'emergency',
    60,
    { ...both, block: 2, older: [{ productId: REMOTE, quantityHundredths: 100 }] },
    '1.0 h × $262.50 = $262.50, block 2.0 → 0, total unknown',
  ],
  [
    'emergency',
    60,
    { ...both, block: 2.5, older: [{ productId: REMOTE, quantityHundredths: 100 }] },
    '1.5 h × $262.50 = $393.75, block 2.5 → 0, total unknown',
  ],
  [
    'emergency',
    60,
    { ...both, block: 2, older: [{ productId: ONSITE, quantityHundredths: 100 }] },
    '1.5 h × $262.50 = $393.75, block 2.0 → 0.5, total unknown',
  ],
  [
    'emergency-remote',
    60,
    { ...both, block: 2, older: [{ productId: REMOTE, quantityHundredths: 100 }] },
    '1.5 h × $150.00 = $225.00, block 2.0 → too small, total unknown',
  ],
  // 2 h of older work use up a block of 2 h: this hour is paid in money, all of it.
  [
    'remote',
    60,
    { ...both, block: 2, older: [{ productId: REMOTE, quantityHundredths: 200 }] },
    '1.0 h × $150.00 = $150.00, block 2.0 → too small, total unknown',
  ],
  [
    'emergency',
    60,
    { ...both, block: 2, older: [{ productId: REMOTE, quantityHundredths: 200 }] },
    '1.0 h × $262.50 = $262.50, block 2.0 → too small, total unknown',
  ],
  // 6.5 - 2 - 0.75 = 3.75; the server that stands there takes nothing.
  [
    'remote',
    45,
    {
      ...{ ...both, block: 6.5 },
      older: [
        { productId: REMOTE, quantityHundredths: 200 },
        { productId: 9, quantityHundredths: 100 },
      ],
    },
    '0.75 h × $150.00 = $112.50, block 6.5 → 3.75, total unknown',
  ],
  ['emergency', 60, { block: 6.5, invoice: 'later' }, '1.0 h × $262.50 = $262.50, block 6.5 → 5.5, total $0.00'],
  [
    'emergency',
    60,
    { block: 6.5, invoice: 'later', wish: { block: 'times' } },
    '1.5 h × $262.50 = $393.75, block 6.5 → 5.0, total $0.00',
  ],
  ['emergency-remote', 60, { block: 6.5, invoice: 'later' }, '1.5 h × $150.00 = $225.00, block 6.5 → 5.0, total $0.00'],
];

const TIME: readonly Row[] = [
  ['onsite', 10, { policy: { minimumMinutes: 30 } }, '0.5 h × $175.00 = $87.50'],
  ['onsite', 31, { policy: { minimumMinutes: 30 } }, '0.5167 h × $175.00 = $90.42'],
  ['onsite', 16, { policy: { roundUpToMinutes: 15 } }, '0.5 h × $175.00 = $87.50'],
  ['onsite', 10, { policy: { minimumMinutes: 30 }, rules: { minimumMinutes: 0 } }, '0.1667 h × $175.00 = $29.17'],
  ['onsite', 10, { policy: { roundUpToMinutes: 15 }, rules: { roundUpToMinutes: 6 } }, '0.2 h × $175.00 = $35.00'],
  ['onsite', 5, { rules: { minimumMinutes: 20, roundUpToMinutes: 15 } }, '0.5 h × $175.00 = $87.50'],
  ['onsite', 61, { rules: { minimumMinutes: 60 } }, '1.0167 h × $175.00 = $177.92'],
  ['remote', 5, { wish: { asWorked: true } }, '0.0833 h × $150.00 = $12.50'],
  // There is no minimum to waive: rounding stays.
  ['remote', 16, { wish: { asWorked: true } }, '0.5 h × $150.00 = $75.00'],
  [
    'emergency',
    10,
    { block: 6.5, rules: { minimumMinutes: 60 } },
    '1.5 h × $262.50 = $393.75, block 6.5 → 5.0, total $0.00',
  ],
  ['emergency-remote', 10, { rules: { minimumMinutes: 30 } }, '0.5 h × $225.00 = $112.50'],
];

const rate = (times: number): Partial<LaborType> => ({ rate: { of: 'remote', productId: REMOTE, times } });

const DECIMALS: readonly Row[] = [
  ['emergency-remote', 60, { rates: { [REMOTE]: 149.995 } }, '1.0 h × $224.99 = $224.99'],
  ['emergency-remote', 60, { rates: { [REMOTE]: 149.99 } }, '1.0 h × $224.99 = $224.99'],
  ['emergency-remote', 120, { rates: { [REMOTE]: 149.99 } }, '2.0 h × $224.99 = $449.98'],
  // $187.875, of which Syncro may keep $187.88.
  ['emergency-remote', 60, { rates: { [REMOTE]: 125.25 } }, '1.0 h × $187.88 = $187.88'],
  ['emergency-remote', 45, { rates: { [REMOTE]: 125.25 } }, '0.75 h × $187.88 = $140.91'],
  // $172.78497 and $172.845.
  ['emergency-remote', 60, { rates: { [REMOTE]: 150.2478 }, rules: rate(1.15) }, '1.0 h × $172.78 = $172.78'],
  ['emergency-remote', 60, { rates: { [REMOTE]: 150.3 }, rules: rate(1.15) }, '1.0 h × $172.85 = $172.85'],
  ['onsite', 20, { rates: { [ONSITE]: 99.9999 } }, '0.3333 h × $99.9999 = $33.33'],
  ['onsite', 90, { rates: { [ONSITE]: 33.335 } }, '1.5 h × $33.335 = $50.00'],
  ['emergency-remote', 60, { rules: rate(1) }, '1.0 h × $150.00 = $150.00'],
  ['emergency-remote', 60, { rules: rate(0.5) }, '1.0 h × $75.00 = $75.00'],
  ['emergency-remote', 60, { rules: rate(1.1) }, '1.0 h × $165.00 = $165.00'],
  ['emergency-remote', 60, { rates: { [REMOTE]: 0 } }, '1.0 h × $0.00 = $0.00'],
];

const CONTRACTS: readonly Row[] = [
  ['remote', 45, { contracts: [aContract(1, at(REMOTE, 120))] }, '0.75 h × $150.00 = $112.50'],
  ['remote', 45, { contracts: [aContract(1, at(REMOTE, 120))], wish: { contractId: 1 } }, '0.75 h × $120.00 = $90.00'],
  ['remote', 45, { contracts: [aContract(1, at(REMOTE, 120))], wish: { contractId: 2 } }, '0.75 h × $150.00 = $112.50'],
  [
    'remote',
    60,
    { contracts: [aContract(1, at(REMOTE, 120)), aContract(2, at(REMOTE, 99.5))], wish: { contractId: 2 } },
    '1.0 h × $99.50 = $99.50',
  ],
  ['remote', 60, { contracts: [aContract(1, at(REMOTE, 0))], wish: { contractId: 1 } }, '1.0 h × $0.00 = $0.00'],
  ['remote', 60, { contracts: [aContract(1, at(REMOTE, null))], wish: { contractId: 1 } }, '1.0 h × $150.00 = $150.00'],
  [
    'remote',
    60,
    { contracts: [aContract(1, at(REMOTE, 120, true))], wish: { contractId: 1 } },
    '1.0 h × $150.00 = $150.00',
  ],
  [
    'emergency-remote',
    60,
    { contracts: [aContract(1, at(REMOTE, 120))], wish: { contractId: 1 } },
    '1.0 h × $180.00 = $180.00',
  ],
  [
    'emergency-remote',
    60,
    { contracts: [aContract(1, at(EMERGENCY, 200))], wish: { contractId: 1 } },
    '1.0 h × $200.00 = $200.00',
  ],
  [
    'emergency-remote',
    60,
    { block: 6.5, contracts: [aContract(1, at(REMOTE, 120))], wish: { contractId: 1 } },
    '1.5 h × $120.00 = $180.00, block 6.5 → 5.0, total $0.00',
  ],
  [
    'emergency',
    60,
    { block: 6.5, contracts: [aContract(1, at(EMERGENCY, 200))], wish: { contractId: 1 } },
    '1.5 h × $200.00 = $300.00, block 6.5 → 5.0, total $0.00',
  ],
  // The contract's price of the product has the premium in it: 1.5 h of it would take that twice.
  [
    'emergency-remote',
    60,
    { block: 0.5, contracts: [aContract(1, at(EMERGENCY, 200))], wish: { contractId: 1 } },
    '1.0 h × $200.00 = $200.00, block 0.5 → too small, total unknown',
  ],
  // The block pays all of them.
  [
    'emergency-remote',
    60,
    { block: 6.5, contracts: [aContract(1, at(EMERGENCY, 200))], wish: { contractId: 1 } },
    '1.5 h × $200.00 = $300.00, block 6.5 → 5.0, total $0.00',
  ],
];

const TOTALS: readonly Row[] = [
  ['remote', 60, { taxable: true }, '1.0 h × $150.00 = $150.00'],
  ['remote', 60, { taxable: true, rules: { followsTax: true } }, '1.0 h × $150.00 = $150.00, taxed'],
  ['remote', 60, { rules: { followsTax: true } }, '1.0 h × $150.00 = $150.00'],
  ['emergency-remote', 60, { taxable: true, rules: { followsTax: true } }, '1.0 h × $225.00 = $225.00, taxed'],
  ['remote', 45, { older: [{}] }, '0.75 h × $150.00 = $112.50, total $287.50'],
  ['emergency-remote', 60, { older: [{}] }, '1.0 h × $225.00 = $225.00, total $400.00'],
  ['remote', 45, { older: [{ discounted: true }] }, '0.75 h × $150.00 = $112.50, total unknown'],
  ['remote', 45, { older: [{}], block: 6.5 }, '0.75 h × $150.00 = $112.50, block 6.5 → 5.75, total unknown'],
  ['project', 60, { older: [{}], block: 6.5 }, '1.0 h × $150.00 = $150.00, total unknown'],
  // 0.3333 h of an hour at $100.00 that stands there is $33.33, and 2/3 of a cent of another line add up with it.
  [
    'onsite',
    60,
    {
      older: [
        { quantityHundredths: 33.33, rateCents: 10_000 },
        { quantityHundredths: 66.67, rateCents: 10_000 },
      ],
    },
    '1.0 h × $175.00 = $175.00, total $275.00',
  ],
];

describe('what a bill costs', () => {
  test.each(WITHOUT_BLOCK)('%s, %i min, %j', (word, minutes, situation, right) => {
    expect(billed(word, minutes, situation)).toBe(right);
  });
  test.each(WITH_BLOCK)('with a block: %s, %i min, %j', (word, minutes, situation, right) => {
    expect(billed(word, minutes, situation)).toBe(right);
  });
  test.each(SPOKEN_FOR)('with a block that others take from: %s, %i min, %j', (word, minutes, situation, right) => {
    expect(billed(word, minutes, situation)).toBe(right);
  });
  test.each(TIME)('by rules of time: %s, %i min, %j', (word, minutes, situation, right) => {
    expect(billed(word, minutes, situation)).toBe(right);
  });
  test.each(DECIMALS)('to the last decimal: %s, %i min, %j', (word, minutes, situation, right) => {
    expect(billed(word, minutes, situation)).toBe(right);
  });
  test.each(CONTRACTS)('by a contract: %s, %i min, %j', (word, minutes, situation, right) => {
    expect(billed(word, minutes, situation)).toBe(right);
  });
  test.each(TOTALS)('beside tax, discount and older lines: %s, %i min, %j', (word, minutes, situation, right) => {
    expect(billed(word, minutes, situation)).toBe(right);
  });
});

test.each<readonly [block: number | undefined, rules: Partial<LaborType>, told: readonly string[]]>([
  [6.5, { prepaid: undefined }, ['The prepaid block pays plain hours, without the × 1.5.']],
  [0.5, { prepaid: undefined }, ['The prepaid block pays plain hours, without the × 1.5.']],
  [6.5, {}, []],
  [6.5, { prepaid: undefined, debitsPrepaid: false }, []],
  [6.5, { prepaid: undefined, ...rate(1) }, []],
  [0, { prepaid: undefined }, []],
  [undefined, { prepaid: undefined }, []],
])('a block of %s h that pays no premium is told of: %j', (block, rules, told) => {
  const labor = laborOf('emergency-remote', rules);
  const facts = factsOf(labor, block === undefined ? {} : { block });
  const price = priceOf(facts, { labor, workedMinutes: 60, policy: byTheMinute });
  const rows = ruleRows(price, labor.word).map((parts) => parts.join(''));
  expect(rows.filter((row) => row.startsWith('The prepaid block'))).toEqual(told);
});

const byTheMinute = { minimumMinutes: 0, roundUpToMinutes: 1 };

/** What is offered beside, with what each costs. */
const offered = (word: string, workedMinutes: number, situation: Situation = {}): readonly string[] => {
  const labor = laborOf(word, situation.rules);
  const asked = { labor, workedMinutes, policy: byTheMinute, ...(situation.wish ? { wish: situation.wish } : {}) };
  return priceChoices(factsOf(labor, situation), asked).map((choice) => {
    if (choice.kind === 'not_billable') return `${choice.kind}: ${choice.contract.name}`;
    const { quantityHundredths, rateCents } = choice.price;
    return `${choice.kind}: ${formatHours(quantityHundredths)} h × ${formatMoney(rateCents)}`;
  });
};

describe('what can be chosen instead', () => {
  const gold = aContract(1, { name: 'Gold', nonBillableProductIds: [REMOTE] });
  const silver = aContract(2, at(REMOTE, 120));

  test.each<readonly [string, string, number, Situation, readonly string[]]>([
    ['nothing where one price is right', 'onsite', 45, {}, []],
    ['the worked minutes where a minimum raised them', 'remote', 5, {}, ['as_worked: 0.0833 h × $150.00']],
    ['the minimum again', 'remote', 5, { wish: { asWorked: true } }, ['minimum: 0.25 h × $150.00']],
    ['fewer hours of the block', 'emergency', 60, { block: 6.5 }, ['block_once: 1.0 h × $262.50']],
    ['more hours of a block that pays for plain ones', 'emergency', 60, { block: 1 }, ['block_times: 1.5 h × $262.50']],
    ['not more hours of a block that is too small for plain ones', 'emergency', 60, { block: 0.9 }, []],
    [
      'what a contract says that covers the work and prices it',
      'remote',
      60,
      { contracts: [{ ...silver, nonBillableProductIds: [REMOTE] }] },
      ['not_billable: Contract 2', 'contract_price: 1.0 h × $120.00'],
    ],
    [
      'more hours again',
      'emergency-remote',
      60,
      { block: 6.5, wish: { block: 'once' } },
      ['block_times: 1.5 h × $150.00'],
    ],
    ['a contract’s price', 'remote', 60, { contracts: [silver] }, ['contract_price: 1.0 h × $120.00']],
    [
      'the usual price again',
      'remote',
      60,
      { contracts: [silver], wish: { contractId: 2 } },
      ['usual_price: 1.0 h × $150.00'],
    ],
    [
      'a contract’s price of the product itself, where the premium is in the hours',
      'emergency-remote',
      60,
      { block: 0.5, contracts: [aContract(1, at(EMERGENCY, 200))] },
      ['block_once: 1.0 h × $225.00', 'contract_price: 1.0 h × $200.00'],
    ],
    [
      'the way back from it, also where an hour costs the same: there are fewer',
      'emergency-remote',
      60,
      { block: 0.5, contracts: [aContract(1, at(EMERGENCY, 150))], wish: { contractId: 1 } },
      ['usual_price: 1.5 h × $150.00'],
    ],
    [
      'no line where a contract covers the work, and what another says',
      'remote',
      60,
      { contracts: [gold, silver] },
      ['not_billable: Gold', 'contract_price: 1.0 h × $120.00'],
    ],
    [
      'one way to no line where two contracts cover the work',
      'remote',
      60,
      { contracts: [gold, aContract(3, { name: 'Platinum', nonBillableProductIds: [REMOTE] })] },
      ['not_billable: Gold'],
    ],
    [
      'a price once that a contract and its renewal have',
      'remote',
      60,
      { contracts: [silver, { ...silver, id: 4 }] },
      ['contract_price: 1.0 h × $120.00'],
    ],
    [
      'no other contract’s price that is the chosen one’s',
      'remote',
      60,
      { contracts: [silver, { ...silver, id: 4, name: 'Tin' }], wish: { contractId: 2 } },
      ['usual_price: 1.0 h × $150.00'],
    ],
  ])('%s', (_what, word, minutes, situation, right) => {
    expect(offered(word, minutes, situation)).toEqual(right);
  });

  test.each([
    [200, 20_000],
    // $150.00 for 1.0 h, not for 1.5.
    [150, 15_000],
  ])('a contract’s $%i for the product itself is a warning where the premium is in the hours', (dollars, rateCents) => {
    const labor = laborOf('emergency-remote');
    const facts = factsOf(labor, { block: 0.5, contracts: [aContract(1, at(EMERGENCY, dollars))] });
    const asked = { labor, workedMinutes: 60, policy: byTheMinute };
    expect(priceWarnings(priceOf(facts, asked), contractsSay(facts, asked))).toEqual([
      { kind: 'contract_price', contract: 'Contract 1', product: `Product ${EMERGENCY}`, rateCents },
    ]);
  });

  test.each([
    ['without a block', {}],
    ['with one', { block: 6.5 }],
  ])('a contract’s price of the base is told as that, %s', (_what, block) => {
    const facts = factsOf(laborOf('emergency-remote'), { ...block, contracts: [silver] });
    const asked = { labor: laborOf('emergency-remote'), workedMinutes: 60, policy: byTheMinute };
    expect(priceWarnings(priceOf(facts, asked), contractsSay(facts, asked))).toEqual([
      { kind: 'contract_price', contract: 'Contract 2', product: `Product ${REMOTE}`, rateCents: 12_000 },
    ]);
  });

  test.each([
    ['now has too few for them', { block: 1.2 }, { beforeHundredths: 120, why: 'too_small' }],
    ['may have too few for them then', { block: 6.5, invoice: 'later' }, { beforeHundredths: 650, why: 'later' }],
    ['has them', { block: 6.5 }, null],
  ] as const)('premium hours that were chosen are warned of where the block %s', (_what, { block, ...more }, right) => {
    const facts = factsOf(laborOf('emergency'), { block });
    const wish = { block: 'times' } as const;
    const asked = { labor: laborOf('emergency'), workedMinutes: 60, policy: byTheMinute, wish, ...more };
    const hours = { hundredths: 150, timesHundredths: 150 };
    expect(priceWarnings(priceOf(facts, asked), [])).toEqual(right ? [{ kind: 'block_once', ...hours, ...right }] : []);
  });

  test('what a contract says is told once, and not where that is billed', () => {
    const labor = laborOf('remote');
    const told = (contracts: readonly ContractTerms[], wish: PriceWish = {}) => {
      const facts = factsOf(labor, { contracts });
      const asked = { labor, workedMinutes: 60, policy: byTheMinute, wish };
      const says = contractsSay(facts, asked);
      const price = priceOf(facts, asked);
      return [priceWarnings(price, says).map(({ kind }) => kind), decidedOf(price, says, wish)];
    };
    expect(told([gold, { ...gold, id: 3 }])).toEqual([
      ['contract_not_billable'],
      ['billed although contract Gold makes it not billable'],
    ]);
    const tin = { ...silver, id: 4, name: 'Tin' };
    expect(told([silver, tin], { contractId: 2 })).toEqual([[], ["contract Contract 2's price, usually $150.00"]]);
  });

  test('a contract is named where it prices labor otherwise, also where nobody knows how', () => {
    const says = (terms: Partial<ContractTerms>, word = 'remote') => {
      const labor = laborOf(word);
      const asked = { labor, workedMinutes: 60, policy: byTheMinute };
      return contractsSay(factsOf(labor, { contracts: [aContract(1, terms)] }), asked).map(({ kind }) => kind);
    };
    expect(says(at(REMOTE, 120))).toEqual(['price']);
    expect(says(at(REMOTE, 150))).toEqual([]);
    expect(says(at(REMOTE, null))).toEqual(['price_unknown']);
    expect(says(at(REMOTE, 120, true))).toEqual(['left_out']);
    expect(says(at(ONSITE, 120))).toEqual([]);
    expect(says(at(REMOTE, 120), 'emergency-remote')).toEqual(['price']);
    expect(says({ nonBillableProductIds: [REMOTE, EMERGENCY] })).toEqual(['not_billable']);
    // What it says of the product itself comes before what it says of the one whose rate this is a multiple of.
    const both = ({ overrides }: ReturnType<typeof at>) => ({
      overrides: [...at(REMOTE, 120).overrides, ...overrides],
    });
    expect(says(both(at(EMERGENCY, null)), 'emergency-remote')).toEqual(['price_unknown']);
    expect(says(both(at(EMERGENCY, 200, true)), 'emergency-remote')).toEqual(['left_out']);
  });
});

test('a premium is on the hours or on the rate, whatever is chosen, and never on both', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...shop.map(({ word }) => word)),
      fc.integer({ min: 1, max: 1_440 }),
      fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined }),
      fc.record(
        { asWorked: fc.constant(true as const), block: fc.constantFrom('times' as const, 'once' as const) },
        { requiredKeys: [] },
      ),
      (word, workedMinutes, hundredths, wish) => {
        const labor = laborOf(word);
        const situation = hundredths === undefined ? {} : { block: hundredths / 100 };
        const asked = { labor, workedMinutes, policy: byTheMinute, wish };
        const price = priceOf(factsOf(labor, situation), asked);
        const onHours = price.quantityHundredths > (price.billedMinutes * 100) / 60 + 0.5;
        const onRate = labor.rate !== undefined && price.rateCents > aProduct(labor.rate.productId).rateCents;
        expect([onHours, onRate]).not.toEqual([true, true]);
        // A rate that has the premium in it is charged for more hours only where a person chose it.
        if (onHours && !labor.rate && !wish.block) expect(price.prepaid?.covers).toBe(true);
      },
    ),
  );
});
