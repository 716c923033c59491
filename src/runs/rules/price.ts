import { type LaborType, type Product, roundingOf } from '../../shared/labor.ts';
import { billedMinutes, type RoundingPolicy, toHundredths } from '../../shared/minutes.ts';
import { exact, multipliedCents } from '../../shared/money.ts';
import type { Contract } from '../../syncro/contract.ts';
import { type BlockOnce, type PrepaidPlan, prepaidPlan } from './bill-plan.ts';

/** What a contract of the customer says of products. */
export type ContractTerms = Pick<Contract, 'id' | 'name' | 'nonBillableProductIds' | 'overrides' | 'unread'>;

/** Everything that was read live and sets a price. */
export type PriceFacts = {
  readonly product: Product;
  /** The product whose rate the word costs a multiple of; `null`: it costs its own. */
  readonly base: Product | null;
  readonly prepaidHundredths: number | null;
  /** What other lines of the same invoice take from the block; absent: nothing. */
  readonly spokenForHundredths?: number;
  /** The customer's that hold today. */
  readonly contracts: readonly ContractTerms[];
};

/** What a person chose otherwise than it is without them. */
export type PriceWish = {
  /** The minutes as they were worked, however few. */
  readonly asWorked?: true;
  /** How often a block is debited the hours of a word that debits it more than once. */
  readonly block?: 'times' | 'once';
  /** The contract whose price it is. */
  readonly contractId?: number;
};

/** One of the rules that made the price what it is. */
export type PriceRule =
  | { readonly kind: 'minimum'; readonly minutes: number }
  | { readonly kind: 'step'; readonly minutes: number }
  | { readonly kind: 'as_worked'; readonly minimumMinutes: number }
  | { readonly kind: 'rate_times'; readonly of: string; readonly rateCents: number; readonly times: number }
  /** The hours are debited more often instead. */
  | { readonly kind: 'rate_once'; readonly of: string; readonly rateCents: number }
  | {
      readonly kind: 'block_times';
      readonly hundredths: number;
      readonly times: number;
      /** What the block does not pay of them is charged with the premium once more. Absent: it pays them all. */
      readonly doubt?: { readonly leftHundredths: number; readonly why: BlockOnce };
    }
  | {
      readonly kind: 'block_once';
      readonly times: number;
      /** What would be debited. */
      readonly hundredths: number;
      /** What is left of the block for it. */
      readonly leftHundredths: number;
      readonly why: 'chosen' | BlockOnce;
    }
  /** The premium is on the rate alone, and what a block pays has no rate. */
  | { readonly kind: 'block_plain'; readonly times: number }
  | { readonly kind: 'contract'; readonly name: string; readonly usualCents: number }
  /** Of a line that is there: none of the rules comes to its rate. */
  | { readonly kind: 'kept'; readonly rateCents: number };

export type Price = {
  readonly billedMinutes: number;
  readonly quantityHundredths: number;
  readonly rateCents: number;
  /** `null`: no block pays for it. */
  readonly prepaid: PrepaidPlan | null;
  readonly rules: readonly PriceRule[];
};

export type PriceAsked = {
  readonly labor: LaborType;
  readonly workedMinutes: number;
  readonly policy: RoundingPolicy;
  /** Later, others may have taken from the block before. */
  readonly invoice?: 'now' | 'later' | null;
  readonly wish?: PriceWish;
  /** A rate that somebody set stays, and so does the premium that is in the hours. */
  readonly kept?: { readonly rateCents: number; readonly times: boolean };
};

type Minutes = { readonly minutes: number; readonly rules: readonly PriceRule[] };

/** Worked minutes to billed ones: raised to the minimum, then rounded up. */
const minutesToBill = ({ labor, workedMinutes, policy, wish = {} }: PriceAsked): Minutes => {
  const rounding = roundingOf(labor, policy);
  const { minimumMinutes, roundUpToMinutes } = rounding;
  const isRaised = workedMinutes < minimumMinutes;
  if (wish.asWorked && isRaised) return { minutes: workedMinutes, rules: [{ kind: 'as_worked', minimumMinutes }] };
  const minutes = billedMinutes(workedMinutes, rounding);
  const isRounded = minutes > Math.max(workedMinutes, minimumMinutes);
  return {
    minutes,
    rules: [
      ...(isRaised ? [{ kind: 'minimum', minutes: minimumMinutes } as const] : []),
      ...(isRounded ? [{ kind: 'step', minutes: roundUpToMinutes } as const] : []),
    ],
  };
};

type Hours = { readonly hundredths: number; readonly times: boolean; readonly rules: readonly PriceRule[] };

/**
 * With a block, a premium is more hours of it. Where the block does not cover those, what it leaves is charged in money,
 * and a product whose own rate has the premium in it would take it a second time.
 */
const hoursToBill = (
  { labor, invoice, wish = {}, kept }: PriceAsked,
  minutes: number,
  { prepaidHundredths, spokenForHundredths = 0 }: PriceFacts,
): Hours => {
  const once = toHundredths(minutes);
  const times = labor.prepaid?.times ?? 1;
  const block = prepaidHundredths ?? 0;
  const hundredths = toHundredths(minutes * times);
  const premium: Hours = { hundredths, times: true, rules: [{ kind: 'block_times', hundredths: once, times }] };
  if (kept?.times) return premium;
  const leftHundredths = Math.max(0, exact(block - spokenForHundredths));
  if (kept || times === 1 || block <= 0 || !labor.debitsPrepaid) {
    const isPlain = !kept && labor.rate && labor.rate.times !== 1 && labor.debitsPrepaid && leftHundredths > 0;
    const rules: readonly PriceRule[] = isPlain ? [{ kind: 'block_plain', times: labor.rate.times }] : [];
    return { hundredths: once, times: false, rules };
  }
  const isCovered = leftHundredths >= hundredths;
  const isSafe = labor.rate !== undefined || isCovered;
  // By the day of a recurring invoice the block may be another, so then it is not taken for granted.
  const isWanted = wish.block ? wish.block === 'times' : labor.rate !== undefined || invoice !== 'later';
  // A block that pays for all plain hours pays them without the premium; whether that is right, a person says.
  const isAsked = wish.block === 'times' && leftHundredths >= once;
  const doubt = isCovered ? 'later' : leftHundredths < block ? 'spoken_for' : 'too_small';
  if ((isSafe && isWanted) || isAsked) {
    if (labor.rate || (isCovered && invoice !== 'later')) return premium;
    const rule = { kind: 'block_times', hundredths: once, times, doubt: { leftHundredths, why: doubt } } as const;
    return { ...premium, rules: [rule] };
  }
  const why = isSafe && wish.block ? 'chosen' : doubt;
  return { hundredths: once, times: false, rules: [{ kind: 'block_once', times, hundredths, leftHundredths, why }] };
};

/** What a contract says that a product costs; `null`: nothing, or not how much. */
const contractCents = (contract: ContractTerms | null, { id }: Product): number | null =>
  contract?.overrides.find(({ productId, blacklisted }) => productId === id && !blacklisted)?.rateCents ?? null;

/** A contract that prices the product itself leaves nothing to be a multiple of. */
const laborUnder = (contract: ContractTerms | null, labor: LaborType, { product }: PriceFacts): LaborType =>
  contractCents(contract, product) === null ? labor : { ...labor, rate: undefined };

type Rate = { readonly cents: number; readonly rules: readonly PriceRule[] };

/** @param raised the premium is on the rate; else it is in the hours, or there is none */
const rateOf = (
  labor: LaborType,
  { product, base }: PriceFacts,
  raised: boolean,
  contract: ContractTerms | null,
): Rate => {
  if (!labor.rate || !base) return { cents: contractCents(contract, product) ?? product.rateCents, rules: [] };
  const { of, times } = labor.rate;
  const rateCents = contractCents(contract, base) ?? base.rateCents;
  if (!raised) return { cents: rateCents, rules: [{ kind: 'rate_once', of, rateCents }] };
  return { cents: multipliedCents(rateCents, times), rules: [{ kind: 'rate_times', of, rateCents, times }] };
};

/** What the work costs, and by which rules; a premium is on the hours or on the rate, never on both. */
export const priceOf = (facts: PriceFacts, asked: PriceAsked): Price => {
  const { wish = {}, kept } = asked;
  const { minutes, rules } = minutesToBill(asked);
  const contract = facts.contracts.find(({ id }) => id === wish.contractId) ?? null;
  const labor = laborUnder(contract, asked.labor, facts);
  const hours = hoursToBill({ ...asked, labor }, minutes, facts);
  const rateBy = (type: LaborType, terms: ContractTerms | null): Rate =>
    kept
      ? { cents: kept.rateCents, rules: [{ kind: 'kept', rateCents: kept.rateCents }] }
      : rateOf(type, facts, !hours.times, terms);
  const rate = rateBy(labor, contract);
  /** For these hours. */
  const usualCents = rateBy(asked.labor, null).cents;
  const isOther = rate.cents !== usualCents || hours.hundredths !== hoursToBill(asked, minutes, facts).hundredths;
  return {
    billedMinutes: minutes,
    quantityHundredths: hours.hundredths,
    rateCents: rate.cents,
    prepaid: labor.debitsPrepaid
      ? prepaidPlan(facts.prepaidHundredths, hours.hundredths, facts.spokenForHundredths)
      : null,
    rules: [
      ...rules,
      ...hours.rules,
      ...rate.rules,
      ...(contract && isOther ? [{ kind: 'contract', name: contract.name, usualCents } as const] : []),
    ],
  };
};
