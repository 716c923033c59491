import type { InputBlock, PlainTextInput } from '@slack/types';
import { z } from 'zod';
import { FIELD_LENGTH } from './fit-view.ts';

type TextInput = Pick<PlainTextInput, 'multiline' | 'max_length' | 'placeholder' | 'focus_on_load'> & {
  readonly field: string;
  /** Another one than before: Slack then shows `value` instead of what was typed there. */
  readonly actionId?: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  /** What it begins with. */
  readonly value: string | undefined;
};

export const textInput = ({
  field,
  actionId = field,
  label,
  hint,
  optional,
  value,
  ...element
}: TextInput): InputBlock => ({
  type: 'input',
  block_id: field,
  ...(optional === undefined ? {} : { optional }),
  label: { type: 'plain_text', text: label },
  ...(hint ? { hint: { type: 'plain_text', text: hint } } : {}),
  element: {
    type: 'plain_text_input',
    action_id: actionId,
    ...element,
    ...(value ? { initial_value: value } : {}),
  },
});

/** Several lines, as long as a field takes. */
export const longTextInput = (input: Omit<TextInput, 'multiline' | 'max_length'>): InputBlock =>
  textInput({ ...input, multiline: true, max_length: FIELD_LENGTH });

export const textField = (most = FIELD_LENGTH) => z.string().trim().max(most, `At most ${most} characters.`);
