import type { InputBlock } from '@slack/types';
import { option } from '../blocks.ts';

type Select = {
  readonly field: string;
  /** Where the block must be another one for another list, e.g. another customer's contacts. */
  readonly blockId?: string;
  readonly label: string;
  readonly choices: ReadonlyArray<{ readonly text: string; readonly value: string }>;
  readonly preset?: string | null;
  readonly optional?: boolean;
};

/** Slack's limits for a menu. */
const MOST = 100;
const LENGTH = 75;

/** A menu of what the account has; none for an empty list, which Slack refuses. What is preset is always among it. */
export const selectInput = ({ field, blockId, label, choices, preset, optional = false }: Select): InputBlock[] => {
  const usable = choices.filter(({ value }) => value.trim() !== '' && value.length <= LENGTH);
  const unique = [...new Map(usable.map((choice) => [choice.value, choice])).values()];
  const chosen = unique.find(({ value }) => value === preset);
  const shown = unique.slice(0, MOST);
  if (chosen && !shown.includes(chosen)) shown.splice(-1, 1, chosen);
  if (shown.length === 0) return [];
  return [
    {
      type: 'input',
      block_id: blockId ?? field,
      optional,
      label: { type: 'plain_text', text: label },
      element: {
        type: 'static_select',
        action_id: field,
        placeholder: { type: 'plain_text', text: 'Choose' },
        options: shown.map(({ text, value }) => option(text, value)),
        ...(chosen ? { initial_option: option(chosen.text, chosen.value) } : {}),
      },
    },
  ];
};

/** `preset`: `null` or none: it must be chosen. */
export type Radio = Pick<Select, 'field' | 'label' | 'choices' | 'preset'> & {
  readonly hint?: string;
  /** Tells the app of each choice, by this action id. */
  readonly actionId?: string;
};

/** A few things of which one is chosen, all of them to be seen. */
export const radioInput = ({ field, label, choices, preset, hint, actionId }: Radio): InputBlock => {
  const initial = choices.find(({ value }) => value === preset);
  return {
    type: 'input',
    block_id: field,
    ...(actionId ? { dispatch_action: true } : {}),
    label: { type: 'plain_text', text: label },
    ...(hint === undefined ? {} : { hint: { type: 'plain_text', text: hint } }),
    element: {
      type: 'radio_buttons',
      action_id: actionId ?? field,
      options: choices.map(({ text, value }) => option(text, value)),
      ...(initial ? { initial_option: option(initial.text, initial.value) } : {}),
    },
  };
};
