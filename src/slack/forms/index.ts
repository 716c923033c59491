import { failureReply } from '../person.ts';
import { rowOf } from '../row-of.ts';
import { billForms } from './bill-submit.ts';
import { chooserForms } from './choose-ticket-submit.ts';
import { closeForms } from './close-submit.ts';
import { commentForms } from './comment-submit.ts';
import { connectForms } from './connect-submit.ts';
import { correctForms } from './correct-run.ts';
import { createForms } from './create-submit.ts';
import { logTimeForms } from './log-time-submit.ts';
import { problemView } from './problem.ts';
import { searchForms } from './search.ts';
import { CLEAR, type Handled, type Submit, type Submitted } from './submitted.ts';
import { updateForms } from './update-submit.ts';

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

/** Handles one submitted form; a failure says what happened. */
export const submit = async (submitted: Submitted): Promise<Handled> => {
  const form = rowOf(FORMS, submitted.view.callbackId);
  if (!form) return { answer: CLEAR };
  try {
    return await form(submitted);
  } catch (error) {
    const { deps, technician } = submitted;
    const words = failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name });
    return { answer: { response_action: 'update', view: problemView('Syncro', words) } };
  }
};
