/**
 * Quantities are hundredths (of an hour, for labor) and money is cents. Both keep what Syncro has beyond that, down to
 * ten-thousandths of an hour and of a dollar: 20 minutes are 0.3333 h, which is 33.33 here. Only what an invoice adds
 * up is rounded, to a cent.
 */
type Priced = { readonly quantityHundredths: number; readonly rateCents: number };

/** What was added or subtracted, back to a number as Syncro writes it: 650 - 33.33 is 616.67, not 616.6699999. */
export const exact = (value: number): number => Math.round(value * 100) / 100;

/** Half a cent goes away from zero, as on an invoice. */
export const roundCents = (cents: number): number => Math.sign(cents) * Math.round(Math.abs(cents)) || 0;

/** What lines come to together, with the fraction of a cent; counted in integers, for half a cent decides. */
export const sumCents = (lines: readonly Priced[]): number =>
  lines.reduce(
    (sum, { quantityHundredths, rateCents }) =>
      sum + Math.round(quantityHundredths * 100) * Math.round(rateCents * 100),
    0,
  ) / 1_000_000;

/** Quantity times rate, to a cent. */
export const lineAmountCents = (quantityHundredths: number, rateCents: number): number =>
  roundCents(sumCents([{ quantityHundredths, rateCents }]));

/** A rate so many times, to a cent: Syncro may keep no more of a line's rate. Counted in integers, too. */
export const multipliedCents = (cents: number, times: number): number =>
  roundCents((Math.round(cents * 100) * Math.round(times * 1_000_000)) / 100_000_000);

/**
 * A process serves one account, so that account's currency is the one of every amount that it shows. Only `app/` sets it:
 * whatever makes words of money would else hand it on.
 */
let symbol = '$';

/** @param ofAccount as Syncro's settings have it; `null` or empty: they don't say, and what was known before stands */
export const setCurrency = (ofAccount: string | null): void => {
  symbol = ofAccount?.trim() || symbol;
};

export const currency = (): string => symbol;

/** The only place that makes text of money: `$112.50`, `CHF 112.50`, and `$12.345` where a rate has more than cents. */
export const formatMoney = (cents: number): string => {
  const [whole = '', fraction = ''] = (Math.abs(cents) / 100).toFixed(4).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const space = /\p{L}$/u.test(symbol) ? ' ' : '';
  return `${cents < 0 ? '-' : ''}${symbol}${space}${grouped}.${fraction.replace(/0{1,2}$/, '')}`;
};
