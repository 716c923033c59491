import type { KnownBlock, ModalView, RadioButtons, StaticSelect } from '@slack/types';
import { z } from 'zod';
import type { BillDraft, KnownTicket } from '../../app/ports.ts';
import type { BillChoice, BillHeader } from '../../app/prepare-bill.ts';
import { AUDIENCE_LABELS, AUDIENCES, type Audience } from '../../domain/audience.ts';
import type { LaborType } from '../../domain/labor.ts';
import { formatHours, MINUTES_EXAMPLES, parseMinutes } from '../../domain/minutes.ts';
import { shorten } from '../../domain/text.ts';
import type { TicketNumber } from '../../domain/ticket.ts';
import { line, lines, option } from '../blocks.ts';
import type { Reply } from '../messages/reply.ts';
import { chosen, type FormValues, typed } from './form-values.ts';

export const BILL_FORM = 'bill';

/** Slack's own limit for one field. */
const COMMENT_LENGTH = 3_000;

export type BillFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  readonly labor: readonly LaborType[];
  readonly draft: Partial<BillDraft>;
  /** What is known of the ticket: nothing yet, what was remembered, all, or why it can't be read. */
  readonly about: BillHeader | { readonly ticket: KnownTicket } | { readonly problem: Reply } | null;
};

const aboutBlock = ({ about }: BillFormState): KnownBlock => {
  if (about === null) return { ...line('Reading the ticket …'), block_id: 'about' };
  if ('problem' in about) return { ...(about.problem.blocks[0] ?? line(about.problem.text)), block_id: 'about' };
  const { ticket } = about;
  const prepaid = 'prepaidHundredths' in about ? ` · prepaid ${formatHours(about.prepaidHundredths ?? 0)} h` : '';
  return {
    ...lines([{ bold: shorten(ticket.subject, 300) }], [`${shorten(ticket.customerName, 200)}${prepaid}`]),
    block_id: 'about',
  };
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

const audienceRadios = ({ draft }: BillFormState): RadioButtons => {
  const options = AUDIENCES.map((audience) => option(AUDIENCE_LABELS[audience], audience));
  const initial = options.find(({ value }) => value === (draft.audience ?? 'email'));
  return { type: 'radio_buttons', action_id: 'audience', options, ...(initial ? { initial_option: initial } : {}) };
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
      aboutBlock(state),
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
      {
        type: 'input',
        block_id: 'audience',
        label: { type: 'plain_text', text: 'Audience' },
        element: audienceRadios(state),
      },
    ],
  };
};

/** Instead of a form that would lead nowhere. */
export const noTicketView = (number: TicketNumber, { blocks }: Reply): ModalView => ({
  type: 'modal',
  callback_id: 'no-ticket',
  title: { type: 'plain_text', text: `Bill #${number}` },
  close: { type: 'plain_text', text: 'Close' },
  blocks,
});

const isAudience = (value: string): value is Audience => AUDIENCES.some((audience) => audience === value);

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
    audience: z.string().refine(isAudience, 'Choose who gets the comment.'),
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
  if (!parsed.success)
    return {
      ok: false,
      errors: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])),
    };
  const { minutes, comment, audience } = parsed.data;
  return { ok: true, draft, choice: { workedMinutes: minutes, labor: parsed.data.labor, comment, audience } };
};
