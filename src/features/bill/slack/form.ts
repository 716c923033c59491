import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { LaborType } from '../../../shared/labor.ts';
import { formatHours } from '../../../shared/minutes.ts';
import type { Asked } from '../../../slack/asked.ts';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import { chosen, type FormValues, fieldErrors, typed } from '../../../slack/forms/form-values.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { audienceField, audienceInput } from '../../tickets/slack/audience-input.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import { type About, aboutBlocks } from '../../tickets/slack/ticket-about.ts';
import { laborField, laborInput, minutesField, minutesInput } from '../../tickets/slack/time-inputs.ts';
import type { BillChoice } from '../plan.ts';
import type { BillHeader, BillUse } from '../prepare.ts';

export const BILL_FORM = 'bill';

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
  /** What was typed behind the number and is neither a time nor a labor type. */
  readonly notUnderstood?: string;
  readonly about: About;
};

/** Field name = zod key = block_id = Slack's error key. Minutes and labor never have a default. */
export const billView = (state: BillFormState): ModalView => {
  const { formId, number, draft, notUnderstood } = state;
  return {
    type: 'modal',
    callback_id: BILL_FORM,
    private_metadata: JSON.stringify({ formId }),
    title: { type: 'plain_text', text: `Bill #${number}` },
    submit: { type: 'plain_text', text: 'Preview' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      ...aboutBlocks(state.about),
      minutesInput(draft.minutes),
      laborInput(state.labor, draft.labor, notUnderstood),
      {
        type: 'input',
        block_id: 'comment',
        label: { type: 'plain_text', text: 'Comment' },
        hint: {
          type: 'plain_text',
          text: 'What was done. The invoice line reads the same, unless it is internal only.',
        },
        element: {
          type: 'plain_text_input',
          action_id: 'comment',
          multiline: true,
          max_length: FIELD_LENGTH,
          ...(draft.comment ? { initial_value: draft.comment } : {}),
        },
      },
      audienceInput(draft.audience ?? 'email'),
    ],
  };
};

const schema = (labor: readonly LaborType[]) =>
  z.object({
    minutes: minutesField,
    labor: laborField(labor),
    comment: z.string().trim().min(1, 'Write what was done.').max(FIELD_LENGTH, `At most ${FIELD_LENGTH} characters.`),
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

const about = ({ ticket, prepaidHundredths }: BillHeader): About => ({
  ticket,
  beside: `prepaid ${formatHours(prepaidHundredths ?? 0)} h`,
});

export type Where = {
  /** A view that is open already and becomes the form. */
  readonly viewId?: string;
  /** The clock that the minutes come from. */
  readonly timerId?: string | null;
  /** What was typed and not understood. */
  readonly notUnderstood?: string;
};

/** Opens the bill form, or puts it into a view that is open. */
export const openBillForm = (
  asked: Asked<BillUse>,
  number: TicketNumber,
  draft: Partial<BillDraft>,
  { viewId, timerId = null, notUnderstood }: Where = {},
): Promise<void> => {
  const { deps, use, technician } = asked;
  return openOnTicket(
    asked,
    number,
    {
      title: `Bill #${number}`,
      view: (formId, known) => billView({ formId, number, labor: deps.labor, draft, notUnderstood, about: known }),
      about: async () => about(await use.billing.header(technician, number)),
      timerId,
    },
    viewId,
  );
};

/** The form as it was left, with everything that was typed; its header is read again. */
export const showBillFormAgain = async (asked: Asked<BillUse>, formId: string, viewId: string): Promise<void> => {
  const { deps, use, technician } = asked;
  const { ticketNumber, draft } = await use.opened.reopen(technician, formId);
  if (ticketNumber === null) return;
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (known) => billView({ formId, number: ticketNumber, labor: deps.labor, draft, about: known }),
    about: async () => about(await use.billing.header(technician, ticketNumber)),
  });
};
