import type { RoundingPolicy } from './minutes.ts';

/** A product of Syncro that labor is billed with; name and rate are Syncro's, read when needed. */
export type Product = {
  readonly id: number;
  readonly name: string;
  readonly rateCents: number;
  readonly taxable: boolean;
  readonly disabled: boolean;
};

/** A word of the settings (`remote`) and what it stands for. */
export type LaborType = {
  readonly word: string;
  readonly productId: number;
  readonly note: string | null;
  /** False: does not take hours from a customer's prepaid block. */
  readonly debitsPrepaid: boolean;
  /** True: taxed where the product is, by the account's settings; else a bill never taxes it. */
  readonly followsTax?: boolean;
  /** Absent: as `billing` in the settings has it for all. */
  readonly minimumMinutes?: number;
  readonly roundUpToMinutes?: number;
  /** Costs the live rate of another word's product, so many times; absent: the rate of its own. */
  readonly rate?: { readonly of: string; readonly productId: number; readonly times: number };
  /** A customer's block is debited the hours so many times; absent: once. */
  readonly prepaid?: { readonly times: number };
  /** For work outside business hours. */
  readonly afterHours?: boolean;
};

/** The word's own rules of time, where it has some. */
export const roundingOf = (
  { minimumMinutes, roundUpToMinutes }: Pick<LaborType, 'minimumMinutes' | 'roundUpToMinutes'>,
  policy: RoundingPolicy,
): RoundingPolicy => ({
  minimumMinutes: minimumMinutes ?? policy.minimumMinutes,
  roundUpToMinutes: roundUpToMinutes ?? policy.roundUpToMinutes,
});

/** The products that a block pays, as a word of the settings has it, and those that no word lets it pay. */
export const blockPolicy = (labor: readonly LaborType[]) => {
  const fromBlock = labor.filter(({ debitsPrepaid }) => debitsPrepaid).map(({ productId }) => productId);
  const neverFromBlock = labor.map(({ productId }) => productId).filter((productId) => !fromBlock.includes(productId));
  return { fromBlock, neverFromBlock };
};
