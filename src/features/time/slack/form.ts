import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { LaborType } from '../../../shared/labor.ts';
import type { Asked } from '../../../slack/asked.ts';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import { chosen, type FormValues, fieldErrors, typed } from '../../../slack/forms/form-values.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import { type About, aboutBlocks } from '../../tickets/slack/ticket-about.ts';
import { laborField, laborInput, minutesField, minutesInput } from '../../tickets/slack/time-inputs.ts';
import type { TimeChoice } from '../plan.ts';
import type { TimeUse } from './use.ts';

export const LOG_TIME_FORM = 'log-time';

export type LogTimeDraft = { readonly minutes: string; readonly labor: string; readonly notes: string };

export type LogTimeFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  readonly labor: readonly LaborType[];
  readonly draft: Partial<LogTimeDraft>;
  readonly about: About;
};

/** The minutes are the measured ones, to be corrected; the labor type has no default. */
export const logTimeView = ({ formId, number, labor, draft, about }: LogTimeFormState): ModalView => ({
  type: 'modal',
  callback_id: LOG_TIME_FORM,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text', text: `Log time on #${number}` },
  submit: { type: 'plain_text', text: 'Preview' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    ...aboutBlocks(about),
    minutesInput(draft.minutes),
    laborInput(labor, draft.labor),
    {
      type: 'input',
      block_id: 'notes',
      label: { type: 'plain_text', text: 'Notes' },
      hint: {
        type: 'plain_text',
        text: 'What was done. The customer reads it on the invoice.',
      },
      element: {
        type: 'plain_text_input',
        action_id: 'notes',
        multiline: true,
        max_length: FIELD_LENGTH,
        ...(draft.notes ? { initial_value: draft.notes } : {}),
      },
    },
  ],
});

const schema = (labor: readonly LaborType[]) =>
  z.object({
    minutes: minutesField,
    labor: laborField(labor),
    notes: z.string().trim().min(1, 'Write what was done.').max(FIELD_LENGTH, `At most ${FIELD_LENGTH} characters.`),
  });

export type ParsedLogTime =
  | { readonly ok: true; readonly draft: LogTimeDraft; readonly choice: TimeChoice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** What was filled in, checked; errors by field, in the words for the person. */
export const parseLogTime = (values: FormValues, labor: readonly LaborType[]): ParsedLogTime => {
  const draft: LogTimeDraft = {
    minutes: typed(values, 'minutes'),
    labor: chosen(values, 'labor'),
    notes: typed(values, 'notes'),
  };
  const parsed = schema(labor).safeParse(draft);
  return parsed.success ? { ok: true, draft, choice: parsed.data } : { ok: false, errors: fieldErrors(parsed.error) };
};

/** Opens the form that logs time in Syncro. @param timerId the clock that the minutes come from */
export const openLogTimeForm = (
  asked: Asked<TimeUse>,
  number: TicketNumber,
  draft: Partial<LogTimeDraft>,
  timerId: string | null,
): Promise<void> => {
  const { deps, use, technician } = asked;
  return openOnTicket(asked, number, {
    title: `Log time on #${number}`,
    view: (formId, about) => logTimeView({ formId, number, labor: deps.labor, draft, about }),
    about: async () => ({ ticket: await use.timeLogging.header(technician, number) }),
    timerId,
  });
};

/** The form as it was left, with everything that was typed. */
export const showLogTimeFormAgain = async (asked: Asked<TimeUse>, formId: string, viewId: string): Promise<void> => {
  const { deps, use, technician } = asked;
  const { ticketNumber, draft } = await use.opened.reopen(technician, formId);
  if (ticketNumber === null) return;
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (about) => logTimeView({ formId, number: ticketNumber, labor: deps.labor, draft, about }),
    about: async () => ({ ticket: await use.timeLogging.header(technician, ticketNumber) }),
  });
};
