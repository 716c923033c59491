import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { sendForm } from '../../../slack/forms/send-form.ts';
import { CLEAR, type Submit } from '../../../slack/forms/submitted.ts';
import { CLOSE_BACK, CLOSE_FORM, closeTitle, parseClose } from './form.ts';

const closeTicket: Submit = async (submitted) => {
  const { deps, technician, view } = submitted;
  const parsed = parseClose(readValues(view.values));
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  const { number } = await deps.use.opened.onTicket(technician, formId);
  await deps.use.opened.keepDraft(technician, formId, parsed.draft);
  const sending = {
    title: closeTitle(number),
    meanwhile: 'Reading the ticket from Syncro',
    back: { actionId: CLOSE_BACK, formId },
  };
  return sendForm(submitted, sending, async () => {
    const closed = await deps.use.closing.close(technician, formId, parsed.choice);
    if (closed.result === 'started') return CLEAR;
    const resolution = `It is ${closed.status} already. Write a resolution to post, or cancel.`;
    return { response_action: 'errors', errors: { resolution } };
  });
};

export const closeForms: Readonly<Record<string, Submit>> = { [CLOSE_FORM]: closeTicket };
