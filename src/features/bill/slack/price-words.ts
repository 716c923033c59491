import type { KnownBlock } from '@slack/types';
import type { Draft } from '../../../runs/ports.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { formatMoney, lineAmountCents } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, type Part } from '../../../slack/blocks.ts';
import type { Reason } from '../not-billable.ts';
import type { BillChoice } from '../plan.ts';
import type { Price, PriceChoice, PriceRule } from '../price.ts';
import type { OtherLabor, Pricing } from '../pricing.ts';
import { draftOf, switchedTo } from './form.ts';

/** More than can be chosen at a time. */
const MOST_CHOICES = 10;
export const PRICE_ACTIONS = Array.from({ length: MOST_CHOICES }, (_, place) => `bill:price:${place}`);

/** Leads to the other end of the work; its value is why, where that is known. */
export const NOT_BILLABLE = 'bill:not-billable';

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
    case 'contract':
      return `You chose the price of ${shorten(rule.name, 80)}, usually ${formatMoney(rule.usualCents)}.`;
  }
};

/** Which rules set the price, and what was chosen. */
export const priceRows = (
  { price: { rules } }: Pick<Pricing, 'price'>,
  { labor: { word }, insteadOf, wish }: BillChoice,
): ReadonlyArray<readonly Part[]> => [
  ...(insteadOf ? [[`You chose ${word} instead of ${insteadOf}.`]] : []),
  ...(wish?.block === 'times' ? [['You chose the premium hours.']] : []),
  ...rules.flatMap((rule) => {
    const text = ruleText(rule, word);
    return text === null ? [] : [[text]];
  }),
];

/** `$168.75`, or the hours that a block pays. */
const costs = ({ prepaid, quantityHundredths, rateCents }: Price): string =>
  prepaid?.covers
    ? `${formatHours(quantityHundredths)} h prepaid`
    : formatMoney(lineAmountCents(quantityHundredths, rateCents));

type Offered = { readonly label: string } & ({ readonly sets: Draft } | { readonly reason: Reason });

const otherOffered = ({ labor: { word }, price, back }: OtherLabor, { labor }: BillChoice): Offered => ({
  label: `${back ? 'Back' : 'Switch'} to ${word} · ${costs(price)}`,
  sets: switchedTo(word, back ? '' : labor.word),
});

const offered = (choice: PriceChoice): readonly Offered[] => {
  if (choice.kind === 'not_billable')
    return [{ label: `Not billable: covered by ${shorten(choice.contract.name, 40)}`, reason: 'contract' }];
  const { price, wish } = choice;
  const label = (): string => {
    switch (choice.kind) {
      case 'as_worked':
        return `Bill the ${price.billedMinutes} min worked · ${costs(price)}`;
      case 'minimum':
        return `Bill the minimum · ${costs(price)}`;
      case 'block_times':
      case 'block_once':
        return `Bill ${formatHours(price.quantityHundredths)} h · ${costs(price)}`;
      case 'usual_price':
        return `Back to the usual price · ${costs(price)}`;
      case 'contract_price':
        return `Price of ${shorten(choice.contract.name, 40)} · ${costs(price)}`;
    }
  };
  return [{ label: label(), sets: draftOf(wish) }];
};

/** What can be chosen instead, each with what it then costs; none: no block. */
export const priceButtons = ({ choices, other }: Pick<Pricing, 'choices' | 'other'>, choice: BillChoice) => {
  const all = [...(other ? [otherOffered(other, choice)] : []), ...choices.flatMap(offered)];
  const buttons = all
    .slice(0, MOST_CHOICES)
    .map((one, place) =>
      'reason' in one
        ? button(one.label, NOT_BILLABLE, { value: one.reason })
        : button(one.label, PRICE_ACTIONS[place] ?? '', { value: JSON.stringify(one.sets) }),
    );
  const blocks: readonly KnownBlock[] = buttons.length === 0 ? [] : [actions('price', buttons)];
  return blocks;
};
