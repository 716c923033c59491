import { formatHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import type { BillWarning, HoursAtRate } from './bill-plan.ts';
import { type Price, type PriceAsked, type PriceFacts, type PriceRule, type PriceWish, priceOf } from './price.ts';

type Named = { readonly id: number; readonly name: string };

/** What a contract says of this work otherwise than it is priced without one. */
export type ContractSays = {
  readonly contract: Named;
  /** The name of the product that it speaks of: the word's own, or the one that the word costs a multiple of. */
  readonly product: string;
} & (
  | { readonly kind: 'not_billable' }
  /** `productCents`: what it says of that product. */
  | ({ readonly kind: 'price'; readonly productCents: number } & HoursAtRate)
  /** Priced otherwise, or left out; Syncro does not say what that comes to. */
  | { readonly kind: 'price_unknown' | 'left_out' | 'unread' }
);

/** The same rate for other hours is another price. */
const isSamePrice = (a: HoursAtRate, b: HoursAtRate): boolean =>
  a.rateCents === b.rateCents && a.quantityHundredths === b.quantityHundredths;

/** A contract and its renewal may both hold, and what they say alike is said once. */
const once = (all: readonly ContractSays[]): readonly ContractSays[] => [
  ...new Map(all.map((said) => [JSON.stringify({ ...said, contract: said.contract.name }), said])).values(),
];

export const contractsSay = (facts: PriceFacts, asked: PriceAsked): readonly ContractSays[] => {
  const usual = priceOf(facts, { ...asked, wish: { ...asked.wish, contractId: undefined } });
  const says = facts.contracts.flatMap((terms): readonly ContractSays[] => {
    const { product, base } = facts;
    const of = (id: number | undefined) => terms.overrides.find(({ productId }) => productId === id);
    const own = of(product.id);
    const override = own ?? of(base?.id);
    const spokenOf = !own && override && base ? base : product;
    const about = { contract: { id: terms.id, name: terms.name }, product: spokenOf.name };
    const isFree = terms.nonBillableProductIds.includes(product.id);
    const free = isFree ? [{ ...about, product: product.name, kind: 'not_billable' } as const] : [];
    const { rateCents, quantityHundredths } = priceOf(facts, {
      ...asked,
      wish: { ...asked.wish, contractId: terms.id },
    });
    const price = { rateCents, quantityHundredths };
    const isClear = !own || (!own.blacklisted && own.rateCents !== null);
    // Work that it covers may be outside of what it was agreed for, and then costs what it says.
    if (isClear && !isSamePrice(price, usual))
      return [...free, { ...about, kind: 'price', productCents: override?.rateCents ?? rateCents, ...price }];
    if (isFree) return free;
    if (override?.blacklisted) return [{ ...about, kind: 'left_out' }];
    if (override?.rateCents === null) return [{ ...about, kind: 'price_unknown' }];
    return terms.unread ? [{ ...about, kind: 'unread' }] : [];
  });
  return once(says);
};

/** What speaks against this price. */
export const priceWarnings = (price: Price, says: readonly ContractSays[]): readonly BillWarning[] => [
  ...says.flatMap((said): readonly BillWarning[] => {
    const about = { contract: said.contract.name, product: said.product };
    if (said.kind === 'not_billable') return [{ kind: 'contract_not_billable', ...about }];
    if (said.kind === 'unread') return [{ kind: 'contract_unclear', ...about, leftOut: false, unread: true }];
    if (said.kind !== 'price') return [{ kind: 'contract_unclear', ...about, leftOut: said.kind === 'left_out' }];
    return isSamePrice(said, price) ? [] : [{ kind: 'contract_price', ...about, rateCents: said.productCents }];
  }),
  ...price.rules.flatMap((rule): readonly BillWarning[] => {
    const { quantityHundredths: hundredths } = price;
    if (rule.kind === 'block_times' && rule.doubt) {
      const { leftHundredths: beforeHundredths, why } = rule.doubt;
      return [{ kind: 'block_once', beforeHundredths, timesHundredths: hundredths, hundredths, why }];
    }
    if (rule.kind !== 'block_once' || rule.why === 'chosen') return [];
    const { hundredths: timesHundredths, leftHundredths: beforeHundredths, why } = rule;
    return [{ kind: 'block_once', beforeHundredths, timesHundredths, hundredths, why }];
  }),
];

/** What a person decided about the price, in words for the audit. */
export const decidedOf = (
  price: Price,
  says: readonly ContractSays[],
  { block }: PriceWish = {},
): readonly string[] => [
  ...price.rules.flatMap((rule): readonly string[] => {
    if (rule.kind === 'as_worked') return [`without the minimum of ${rule.minimumMinutes} min`];
    if (rule.kind === 'contract') return [`contract ${rule.name}'s price, usually ${formatMoney(rule.usualCents)}`];
    return [];
  }),
  ...(block ? [`${formatHours(price.quantityHundredths)} h as chosen`] : []),
  ...says.flatMap((said) => {
    const { name } = said.contract;
    if (said.kind === 'not_billable') return [`billed although contract ${name} makes it not billable`];
    return said.kind === 'price' && !isSamePrice(said, price) ? [`not at contract ${name}'s price`] : [];
  }),
];

/** What a person may choose instead, and what it then costs. */
export type PriceChoice =
  | {
      readonly kind: 'as_worked' | 'minimum' | 'block_times' | 'block_once' | 'usual_price';
      readonly wish: PriceWish;
      readonly price: Price;
    }
  | {
      readonly kind: 'contract_price';
      readonly contract: Named;
      readonly wish: PriceWish;
      readonly price: Price;
    }
  /** No line at all: the time is logged with a reason. */
  | { readonly kind: 'not_billable'; readonly contract: Named };

/** The other ways in which this work can be priced; what was chosen has its way back among them. */
export const priceChoices = (facts: PriceFacts, asked: PriceAsked): readonly PriceChoice[] => {
  const { wish = {} } = asked;
  const now = priceOf(facts, asked);
  const has = (kind: PriceRule['kind']): boolean => now.rules.some((rule) => rule.kind === kind);
  const instead = <Kind extends string>(kind: Kind, changes: PriceWish) => {
    const next = { ...wish, ...changes };
    return { kind, wish: next, price: priceOf(facts, { ...asked, wish: next }) } as const;
  };
  const says = contractsSay(facts, asked);
  /** As it is without a choice, where that comes to the same. */
  const block = (kind: 'block_times' | 'block_once') => {
    const usual = instead(kind, { block: undefined });
    const isUsual = usual.price.rules.some((rule) => rule.kind === kind);
    return isUsual ? usual : instead(kind, { block: kind === 'block_times' ? 'times' : 'once' });
  };
  return [
    ...(has('minimum') ? [instead('as_worked', { asWorked: true })] : []),
    ...(has('as_worked') ? [instead('minimum', { asWorked: undefined })] : []),
    ...(has('block_times') ? [block('block_once')] : []),
    // Where they would carry the premium twice, more hours are no choice.
    ...(has('block_once') ? [block('block_times')] : []).filter(({ price }) =>
      price.rules.some(({ kind }) => kind === 'block_times'),
    ),
    ...(has('contract') ? [instead('usual_price', { contractId: undefined })] : []),
    // However many contracts cover the work, it is one choice.
    ...says
      .filter(({ kind }) => kind === 'not_billable')
      .slice(0, 1)
      .map(({ contract }) => ({ kind: 'not_billable', contract }) as const),
    ...says.flatMap((said): readonly PriceChoice[] => {
      const { contract } = said;
      if (said.kind !== 'price' || isSamePrice(said, now)) return [];
      return [{ ...instead('contract_price', { contractId: contract.id }), contract }];
    }),
  ];
};
