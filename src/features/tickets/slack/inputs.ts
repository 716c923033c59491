import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import type { LaborType } from '../../../shared/labor.ts';
import { MINUTES_EXAMPLES, parseMinutes } from '../../../shared/minutes.ts';
import { shorten } from '../../../shared/text.ts';
import { option } from '../../../slack/blocks.ts';
import { textInput } from '../../../slack/forms/text-input.ts';
import { AUDIENCE_LABELS, AUDIENCES, type Audience } from '../../../syncro/audience.ts';

/** @param preset `null`: must be chosen */
export const audienceInput = (preset: string | null, hint?: string): InputBlock => {
  const options = AUDIENCES.map((audience) => option(AUDIENCE_LABELS[audience], audience));
  const initial = options.find(({ value }) => value === preset);
  return {
    type: 'input',
    block_id: 'audience',
    label: { type: 'plain_text', text: 'Audience' },
    ...(hint === undefined ? {} : { hint: { type: 'plain_text', text: hint } }),
    element: {
      type: 'radio_buttons',
      action_id: 'audience',
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
};

const isAudience = (value: string): value is Audience => AUDIENCES.some((audience) => audience === value);

export const audienceField = z.string().refine(isAudience, 'Choose who gets the comment.');

/** @param typed what was typed or measured; never a default */
export const minutesInput = (typed: string | undefined): InputBlock =>
  textInput({
    field: 'minutes',
    label: 'Minutes',
    hint: 'Time worked. The preview shows what will be billed.',
    max_length: 20,
    placeholder: { type: 'plain_text', text: MINUTES_EXAMPLES },
    value: typed,
  });

/**
 * @param chosen the word that was chosen; never a default
 * @param notUnderstood what was typed instead of one
 */
export const laborInput = (
  labor: readonly LaborType[],
  chosen: string | undefined,
  notUnderstood?: string,
): InputBlock => {
  const options = labor.map(({ word }) => option(word, word));
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: 'labor',
    label: { type: 'plain_text', text: 'Labor type' },
    ...(notUnderstood
      ? { hint: { type: 'plain_text', text: `"${shorten(notUnderstood, 60)}" is neither a time nor a labor type.` } }
      : {}),
    element: {
      type: 'static_select',
      action_id: 'labor',
      placeholder: { type: 'plain_text', text: 'Choose' },
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
};

export const minutesField = z.string().transform((text, ctx) => {
  const parsed = parseMinutes(text);
  if (parsed.ok) return parsed.minutes;
  ctx.addIssue({ code: 'custom', message: parsed.problem });
  return z.NEVER;
});

export const laborField = (labor: readonly LaborType[]) =>
  z.string().transform((word, ctx) => {
    const found = labor.find((type) => type.word === word);
    if (found) return found;
    ctx.addIssue({ code: 'custom', message: 'Choose a labor type.' });
    return z.NEVER;
  });
