import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import type { LaborType } from '../../../shared/labor.ts';
import { parseMinutes } from '../../../shared/minutes.ts';
import { formatMoney } from '../../../shared/money.ts';
import { option } from '../../../slack/blocks.ts';
import { type Radio, radioInput } from '../../../slack/forms/select-input.ts';
import { textInput } from '../../../slack/forms/text-input.ts';
import { AUDIENCE_LABELS, AUDIENCES, type Audience } from '../../../syncro/audience.ts';

export const audienceInput = (asked: Omit<Radio, 'field' | 'label' | 'choices'>): InputBlock =>
  radioInput({
    ...{ field: 'audience', label: 'Audience', ...asked },
    choices: AUDIENCES.map((value) => ({ text: AUDIENCE_LABELS[value], value })),
  });

const isAudience = (value: string): value is Audience => AUDIENCES.some((audience) => audience === value);

export const audienceField = z.string().refine(isAudience, 'Choose who gets the comment.');

type Minutes = {
  /** What was typed, measured or tapped; never a default. */
  readonly value: string | undefined;
  /** How often something was put into the field by a button. */
  readonly taps?: string | undefined;
  readonly hint?: string;
};

export const minutesInput = ({ value, taps, hint }: Minutes): InputBlock =>
  textInput({
    field: 'minutes',
    ...(taps ? { actionId: `minutes:${taps}` } : {}),
    label: 'Minutes',
    ...(hint ? { hint } : {}),
    max_length: 20,
    placeholder: { type: 'plain_text', text: '45, 1.5h or 1:30' },
    value,
  });

export const MINUTES_HINT = 'Time worked. The preview shows what will be billed.';

type Labor = {
  readonly types: readonly LaborType[];
  /** The word that was chosen; never a default. */
  readonly chosen: string | undefined;
  /** Cents an hour by word, where they are known. */
  readonly rates?: ReadonlyMap<string, number>;
  /** Tells the app of each choice, by this action id. */
  readonly actionId?: string;
};

/** Slack takes no more radio buttons. */
const MOST_RADIOS = 10;

/** `$150` an hour, `$149.995` where it has more. */
const rateText = (cents: number): string => formatMoney(cents).replace(/\.00$/, '');

export const laborInput = ({ types, chosen, rates, actionId }: Labor): InputBlock => {
  const options = types.map(({ word }) => {
    const rate = rates?.get(word);
    return option(rate === undefined ? word : `${word} ${rateText(rate)}`, word);
  });
  const initial = options.find(({ value }) => value === chosen);
  const element = { action_id: actionId ?? 'labor', options, ...(initial ? { initial_option: initial } : {}) };
  return {
    type: 'input',
    block_id: 'labor',
    ...(actionId ? { dispatch_action: true } : {}),
    label: { type: 'plain_text', text: 'Labor type' },
    element:
      options.length > MOST_RADIOS
        ? { type: 'static_select', placeholder: { type: 'plain_text', text: 'Choose' }, ...element }
        : { type: 'radio_buttons', ...element },
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
