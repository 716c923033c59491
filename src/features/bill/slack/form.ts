import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { LaborType } from '../../../shared/labor.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { chosen, type FormValues, type Parsed, parseDraft, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { longTextInput, textField } from '../../../slack/forms/text-input.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import {
  audienceField,
  audienceInput,
  laborField,
  laborInput,
  minutesField,
  minutesInput,
} from '../../tickets/slack/inputs.ts';
import { type About, aboutBlocks } from '../../tickets/slack/ticket-about.ts';
import { ticketForm } from '../../tickets/slack/ticket-form.ts';
import type { BillChoice } from '../plan.ts';
import type { BillUse } from './use.ts';

export const BILL_FORM = 'bill';

export type BillDraft = {
  readonly minutes: string;
  readonly labor: string;
  readonly comment: string;
  readonly audience: string;
};

type BillFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  readonly labor: readonly LaborType[];
  readonly draft: Partial<BillDraft>;
  /** What was typed behind the number and is neither a time nor a labor type. */
  readonly notUnderstood?: string;
  readonly about: About;
};

const titleOf = (number: TicketNumber): string => `Bill #${number}`;

/** Field name = zod key = block_id = Slack's error key. Minutes and labor never have a default. */
export const billView = ({ formId, number, labor, draft, notUnderstood, about }: BillFormState): ModalView =>
  modal({
    callbackId: BILL_FORM,
    kept: { formId },
    title: titleOf(number),
    submit: 'Preview',
    blocks: [
      ...aboutBlocks(about),
      minutesInput(draft.minutes),
      laborInput(labor, draft.labor, notUnderstood),
      longTextInput({
        field: 'comment',
        label: 'Comment',
        hint: 'What you did. Also printed on the invoice, unless internal.',
        value: draft.comment,
      }),
      audienceInput(draft.audience ?? 'email'),
    ],
  });

const schema = (labor: readonly LaborType[]) =>
  z
    .object({
      minutes: minutesField,
      labor: laborField(labor),
      comment: textField().min(1, 'Write what you did.'),
      audience: audienceField,
    })
    .transform(({ minutes, ...choice }): BillChoice => ({ ...choice, workedMinutes: minutes }));

export const parseBill = (values: FormValues, labor: readonly LaborType[]): Parsed<BillDraft, BillChoice> =>
  parseDraft(schema(labor), {
    minutes: typed(values, 'minutes'),
    labor: chosen(values, 'labor'),
    comment: typed(values, 'comment'),
    audience: chosen(values, 'audience'),
  });

export const billForm = ticketForm<BillUse, BillDraft>({
  title: titleOf,
  filledWith: ({ deps, use, technician }, number, draft, { notUnderstood }) => ({
    view: (formId, about) => billView({ formId, number, labor: deps.labor, draft, notUnderstood, about }),
    about: async () => {
      const { ticket, prepaidHundredths } = await use.billing.header(technician, number);
      return { ticket, beside: `prepaid ${formatHours(prepaidHundredths ?? 0)} h` };
    },
  }),
});
