import type { ModalView, StaticSelect } from '@slack/types';
import { z } from 'zod';
import type { BillChoice } from '../../app/prepare-bill.ts';
import type { LaborType } from '../../domain/labor.ts';
import { MINUTES_EXAMPLES, parseMinutes } from '../../domain/minutes.ts';
import type { TicketNumber } from '../../domain/ticket.ts';
import { option } from '../blocks.ts';
import { audienceField, audienceInput } from './audience-input.ts';
import { chosen, type FormValues, fieldErrors, typed } from './form-values.ts';
import { type About, aboutBlocks } from './ticket-about.ts';

export const BILL_FORM = 'bill';

/** Slack's own limit for one field. */
const COMMENT_LENGTH = 3_000;

export type BillDraft = {
  readonly minutes: string;
  readonly labor: string;
  readonly comment: string;
  readonly audience: string;
};

export type BillFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  readonly labor: readonly LaborType[];
  readonly draft: Partial<BillDraft>;
  readonly about: About;
};

const laborSelect = ({ labor, draft }: BillFormState): StaticSelect => {
  const options = labor.map(({ word }) => option(word, word));
  const initial = options.find(({ value }) => value === draft.labor);
  return {
    type: 'static_select',
    action_id: 'labor',
    placeholder: { type: 'plain_text', text: 'Choose' },
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
};

/** Field name = zod key = block_id = Slack's error key. Minutes and labor never have a default. */
export const billView = (state: BillFormState): ModalView => {
  const { formId, number, draft } = state;
  return {
    type: 'modal',
    callback_id: BILL_FORM,
    private_metadata: JSON.stringify({ formId }),
    title: { type: 'plain_text', text: `Bill #${number}` },
    submit: { type: 'plain_text', text: 'Preview' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      ...aboutBlocks(state.about),
      {
        type: 'input',
        block_id: 'minutes',
        label: { type: 'plain_text', text: 'Minutes' },
        hint: { type: 'plain_text', text: `What was worked: ${MINUTES_EXAMPLES}` },
        element: {
          type: 'plain_text_input',
          action_id: 'minutes',
          max_length: 20,
          ...(draft.minutes ? { initial_value: draft.minutes } : {}),
        },
      },
      {
        type: 'input',
        block_id: 'labor',
        label: { type: 'plain_text', text: 'Labor type' },
        element: laborSelect(state),
      },
      {
        type: 'input',
        block_id: 'comment',
        label: { type: 'plain_text', text: 'Comment' },
        hint: {
          type: 'plain_text',
          text: 'What was done. The invoice line reads the same, unless it is internal. You see it once more before it is sent.',
        },
        element: {
          type: 'plain_text_input',
          action_id: 'comment',
          multiline: true,
          max_length: COMMENT_LENGTH,
          ...(draft.comment ? { initial_value: draft.comment } : {}),
        },
      },
      audienceInput(draft.audience ?? 'email'),
    ],
  };
};

const schema = (labor: readonly LaborType[]) =>
  z.object({
    minutes: z.string().transform((text, ctx) => {
      const parsed = parseMinutes(text);
      if (parsed.ok) return parsed.minutes;
      ctx.addIssue({ code: 'custom', message: parsed.problem });
      return z.NEVER;
    }),
    labor: z.string().transform((word, ctx) => {
      const found = labor.find((type) => type.word === word);
      if (found) return found;
      ctx.addIssue({ code: 'custom', message: 'Choose a labor type.' });
      return z.NEVER;
    }),
    comment: z
      .string()
      .trim()
      .min(1, 'Write what was done.')
      .max(COMMENT_LENGTH, `At most ${COMMENT_LENGTH} characters.`),
    audience: audienceField,
  });

export type ParsedBill =
  | { readonly ok: true; readonly draft: BillDraft; readonly choice: BillChoice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** What was filled in, checked; errors by field, in the words for the person. */
export const parseBill = (values: FormValues, labor: readonly LaborType[]): ParsedBill => {
  const draft: BillDraft = {
    minutes: typed(values, 'minutes'),
    labor: chosen(values, 'labor'),
    comment: typed(values, 'comment'),
    audience: chosen(values, 'audience'),
  };
  const parsed = schema(labor).safeParse(draft);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { minutes, comment, audience } = parsed.data;
  return { ok: true, draft, choice: { workedMinutes: minutes, labor: parsed.data.labor, comment, audience } };
};
