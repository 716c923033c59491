import { z } from 'zod';
import type { Draft } from '../../../runs/ports.ts';
import type { Price, PriceRule, PriceWish } from '../../../runs/rules/price.ts';
import type { PriceChoice } from '../../../runs/rules/price-choices.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { formatMoney, lineAmountCents } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import type { Part } from '../../../slack/blocks.ts';

/** The fields of what was chosen of a price in a preview; whoever goes back to the form begins without. */
export const USUAL_PRICE = { asWorked: '', block: '', contract: '' };

export const wishFields = {
  asWorked: z.string().default(''),
  block: z.enum(['', 'times', 'once']).default(''),
  contract: z.string().regex(/^\d*$/).default(''),
};

type Wished = z.infer<z.ZodObject<typeof wishFields>>;

export const wishOf = ({ asWorked, block, contract }: Wished): PriceWish => ({
  ...(asWorked ? { asWorked: true } : {}),
  ...(block ? { block } : {}),
  ...(contract ? { contractId: Number(contract) } : {}),
});

/** The fields by which a form comes to this choice. */
const draftOf = ({ asWorked, block, contractId }: PriceWish): Draft => ({
  asWorked: asWorked ? 'yes' : '',
  block: block ?? '',
  contract: contractId === undefined ? '' : String(contractId),
});

const ruleText = (rule: PriceRule, word: string): string | null => {
  switch (rule.kind) {
    case 'minimum':
      return `Minimum for ${word}: ${rule.minutes} min.`;
    case 'step':
      return `Billed in ${rule.minutes}-minute steps.`;
    case 'as_worked':
      return `You chose the time worked, not the ${rule.minimumMinutes}-minute minimum.`;
    case 'rate_times':
      return `Rate: ${rule.of}'s ${formatMoney(rule.rateCents)} × ${rule.times}.`;
    case 'rate_once':
      return `Rate: ${rule.of}'s ${formatMoney(rule.rateCents)}. The premium is in the hours.`;
    case 'block_times':
      return `Prepaid hours: ${formatHours(rule.hundredths)} h × ${rule.times}.`;
    case 'block_once':
      // Of a block that does not cover it the warning tells.
      return rule.why !== 'chosen' ? null : `You chose plain hours, not × ${rule.times}.`;
    case 'block_plain':
      return `The prepaid block pays plain hours, without the × ${rule.times}.`;
    case 'contract':
      return `You chose the price of ${shorten(rule.name, 80)}, usually ${formatMoney(rule.usualCents)}.`;
    case 'kept':
      return `Rate: ${formatMoney(rule.rateCents)} stays, as it was set on this line.`;
  }
};

/** Which rules set the price, and what was chosen. */
export const ruleRows = ({ rules }: Price, word: string, { block }: PriceWish = {}): ReadonlyArray<readonly Part[]> => [
  ...(block === 'times' ? [['You chose the premium hours.']] : []),
  ...rules.flatMap((rule) => ruleText(rule, word) ?? []).map((text) => [text]),
];

/** `$168.75`, or the hours that a block pays; where it pays some of them, nobody knows beforehand what the rest comes to. */
export const costText = ({ prepaid, quantityHundredths, rateCents }: Price): string => {
  if (prepaid === null) return formatMoney(lineAmountCents(quantityHundredths, rateCents));
  return prepaid.covers ? `${formatHours(quantityHundredths)} h prepaid` : `at ${formatMoney(rateCents)} an hour`;
};

/** A button for another price, with what it then costs and the fields that it sets. */
export type PriceButton = { readonly label: string; readonly sets: Draft };

export const priceButton = (choice: Exclude<PriceChoice, { kind: 'not_billable' }>): PriceButton => {
  const { price, wish } = choice;
  const label = (): string => {
    switch (choice.kind) {
      case 'as_worked':
        return `Bill the ${price.billedMinutes} min worked`;
      case 'minimum':
        return 'Bill the minimum';
      case 'block_times':
      case 'block_once':
        return `Bill ${formatHours(price.quantityHundredths)} h`;
      case 'usual_price':
        return 'Back to the usual price';
      case 'contract_price':
        return `Price of ${shorten(choice.contract.name, 40)}`;
    }
  };
  return { label: `${label()} · ${costText(price)}`, sets: draftOf(wish) };
};

/** More than can be chosen at a time. */
const MOST_CHOICES = 10;

/** The action ids of such buttons in the previews of a form. */
export const priceActions = (form: string): readonly string[] =>
  Array.from({ length: MOST_CHOICES }, (_, place) => `${form}:price:${place}`);
