import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import { option } from '../../../slack/blocks.ts';
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
