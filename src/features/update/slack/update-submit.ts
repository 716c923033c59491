import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { sendForm } from '../../../slack/forms/send-form.ts';
import { CLEAR, type Submit } from '../../../slack/forms/submitted.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { WrongUpdate } from '../update-form.ts';
import { NOTHING_CHANGED, parseUpdate, UPDATE_BACK, UPDATE_FORM, updateTitle } from './form.ts';

const wrongText = ({ problem }: WrongUpdate, number: TicketNumber): string => {
  switch (problem) {
    case 'unchanged':
      return NOTHING_CHANGED;
    case 'no_invoice':
      return `#${number} has no invoice. /syncro bill ${number} makes it and sets the status; or choose another.`;
    case 'gone':
      return 'Your Syncro account does not have this any more. Choose another.';
  }
};

const save: Submit = async (submitted) => {
  const { deps, technician, view } = submitted;
  const parsed = parseUpdate(readValues(view.values), view.metadata);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  const { number } = await deps.use.opened.onTicket(technician, formId);
  await deps.use.opened.keepDraft(technician, formId, parsed.draft);
  const sending = {
    title: updateTitle(number),
    meanwhile: 'Comparing with what is in Syncro',
    back: { actionId: UPDATE_BACK, formId },
  };
  return sendForm(submitted, sending, async () => {
    const saved = await deps.use.updateForm.save(technician, formId, parsed.wish);
    if (saved.result === 'started') return CLEAR;
    return { response_action: 'errors', errors: { [saved.wrong.field]: wrongText(saved.wrong, number) } };
  });
};

export const updateForms: Readonly<Record<string, Submit>> = { [UPDATE_FORM]: save };
