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
};

/** The products that a block pays, as a word of the settings has it, and those that no word lets it pay. */
export const blockPolicy = (labor: readonly LaborType[]) => {
  const fromBlock = labor.filter(({ debitsPrepaid }) => debitsPrepaid).map(({ productId }) => productId);
  const neverFromBlock = labor.map(({ productId }) => productId).filter((productId) => !fromBlock.includes(productId));
  return { fromBlock, neverFromBlock };
};
