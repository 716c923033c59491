import { billForms } from '../features/bill/slack/bill-submit.ts';
import { closeForms } from '../features/close/slack/close-submit.ts';
import { commentForms } from '../features/comment/slack/comment-submit.ts';
import { createForms } from '../features/create/slack/create-submit.ts';
import { connectForms } from '../features/keys/slack/connect-submit.ts';
import { chooserForms } from '../features/on-message/slack/choose-ticket-submit.ts';
import { searchForms } from '../features/search/slack/form.ts';
import { logTimeForms } from '../features/time/slack/log-time-submit.ts';
import { updateForms } from '../features/update/slack/update-submit.ts';
import { correctForms } from '../runs/slack/correct-run.ts';
import { readValues } from '../slack/forms/form-values.ts';
import { olderVersionView } from '../slack/forms/give-back.ts';
import { problemView } from '../slack/forms/problem.ts';
import type { Handled, Submit, Submitted } from '../slack/forms/submitted.ts';
import type { ViewAnswer } from '../slack/forms/views.ts';
import { failureReply } from '../slack/person.ts';
import { rowOf } from '../slack/row-of.ts';

/** Every form that can be submitted, by its callback_id. */
const FORMS: Readonly<Record<string, Submit>> = {
  ...billForms,
  ...commentForms,
  ...createForms,
  ...logTimeForms,
  ...correctForms,
  ...updateForms,
  ...closeForms,
  ...chooserForms,
  ...searchForms,
  ...connectForms,
};

/** Slack shows an error at a field or not at all. */
const isAnswerable = (answer: ViewAnswer, fields: readonly string[] | null): boolean =>
  answer.response_action !== 'errors' ||
  fields === null ||
  Object.keys(answer.errors).every((field) => fields.includes(field));

/** Handles one submitted form; a failure says what happened. */
export const submit = async (submitted: Submitted): Promise<Handled> => {
  const form = rowOf(FORMS, submitted.view.callbackId);
  const { deps, technician, view } = submitted;
  const values = readValues(view.values);
  const older: Handled = { answer: { response_action: 'update', view: olderVersionView(values) } };
  if (!form) return older;
  try {
    const handled = await form(submitted);
    return isAnswerable(handled.answer, view.fields) ? handled : older;
  } catch (error) {
    const words = failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name });
    return { answer: { response_action: 'update', view: problemView('Syncro', words, { typed: values }) } };
  }
};
