import { failureReply } from '../person.ts';
import { rowOf } from '../row-of.ts';
import { billForms } from './bill-submit.ts';
import { chooserForms } from './choose-ticket-submit.ts';
import { closeForms } from './close-submit.ts';
import { commentForms } from './comment-submit.ts';
import { connectForms } from './connect-submit.ts';
import { correctForms } from './correct-run.ts';
import { createForms } from './create-submit.ts';
import { readValues } from './form-values.ts';
import { olderVersionView } from './give-back.ts';
import { logTimeForms } from './log-time-submit.ts';
import { problemView } from './problem.ts';
import { searchForms } from './search.ts';
import type { Handled, Submit, Submitted } from './submitted.ts';
import { updateForms } from './update-submit.ts';
import type { ViewAnswer } from './views.ts';

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
