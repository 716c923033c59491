import type { InputBlock } from '@slack/types';
import { option } from '../../../slack/blocks.ts';

/** The choice that leaves a field as it is, whatever that is by the time it is saved. */
export const KEPT = '=';

/** Slack takes so many options, and values of this length; what is longer can't be sent as it is spelled. */
const MOST_OPTIONS = 100;
const VALUE_LENGTH = 75;

type Choice = { readonly text: string; readonly value: string };

/**
 * A select whose first state is what the ticket has now, also when the account's list does not hold it.
 * @param chosen what was chosen before, if this form was filled in already
 */
export const keptSelect = (
  field: string,
  label: string,
  current: Choice,
  list: readonly Choice[],
  chosen: string | undefined,
): InputBlock => {
  const kept = option(current.text, KEPT);
  const isCurrent = ({ value }: Choice) => value === current.value;
  const others = list.filter((one) => !isCurrent(one) && one.value.length <= VALUE_LENGTH).slice(0, MOST_OPTIONS - 1);
  const place = list.findIndex(isCurrent);
  const before = others.filter((one) => list.indexOf(one) < place);
  const after = others.slice(before.length);
  const asOptions = (choices: readonly Choice[]) => choices.map(({ text, value }) => option(text, value));
  const options = [...asOptions(before), kept, ...asOptions(after)];
  return {
    type: 'input',
    block_id: field,
    label: { type: 'plain_text', text: label },
    element: {
      type: 'static_select',
      action_id: field,
      options,
      initial_option: options.find(({ value }) => value === chosen) ?? kept,
    },
  };
};
