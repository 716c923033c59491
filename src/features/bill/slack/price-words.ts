import type { KnownBlock } from '@slack/types';
import type { PriceChoice } from '../../../runs/rules/price-choices.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, type Part } from '../../../slack/blocks.ts';
import { costText, type PriceButton, priceActions, priceButton, ruleRows } from '../../tickets/slack/price-words.ts';
import type { Reason } from '../not-billable.ts';
import type { BillChoice } from '../plan.ts';
import type { OtherLabor, Pricing } from '../pricing.ts';
import { switchedTo } from './form.ts';

export const PRICE_ACTIONS = priceActions('bill');

/** Leads to the other end of the work; its value is why, where that is known. */
export const NOT_BILLABLE = 'bill:not-billable';

/** Which rules set the price, and what was chosen. */
export const priceRows = (
  { price }: Pick<Pricing, 'price'>,
  { labor: { word }, insteadOf, wish }: BillChoice,
): ReadonlyArray<readonly Part[]> => [
  ...(insteadOf ? [[`You chose ${word} instead of ${insteadOf}.`]] : []),
  ...ruleRows(price, word, wish),
];

type Offered = PriceButton | { readonly label: string; readonly reason: Reason };

const otherOffered = ({ labor: { word }, price, back }: OtherLabor, { labor }: BillChoice): Offered => ({
  label: `${back ? 'Back' : 'Switch'} to ${word} · ${costText(price)}`,
  sets: switchedTo(word, back ? '' : labor.word),
});

const offered = (choice: PriceChoice): Offered =>
  choice.kind === 'not_billable'
    ? { label: `Not billable: covered by ${shorten(choice.contract.name, 40)}`, reason: 'contract' }
    : priceButton(choice);

/** What can be chosen instead, each with what it then costs; none: no block. */
export const priceButtons = (
  { choices, others }: Pick<Pricing, 'choices' | 'others'>,
  choice: BillChoice,
): readonly KnownBlock[] => {
  const all = [...others.map((other) => otherOffered(other, choice)), ...choices.map(offered)];
  const buttons = all
    .slice(0, PRICE_ACTIONS.length)
    .map((one, place) =>
      'reason' in one
        ? button(one.label, NOT_BILLABLE, { value: one.reason })
        : button(one.label, PRICE_ACTIONS[place] ?? '', { value: JSON.stringify(one.sets) }),
    );
  return buttons.length === 0 ? [] : [actions('price', buttons)];
};
