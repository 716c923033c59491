import { type Feature, type Rows, withUse, writes } from '../../slack/feature.ts';
import { ticketForms } from '../tickets/ports.ts';
import { createDeletion, type DeletionDeps } from './deletion.ts';
import { type CorrectDeps, createCorrecting } from './prepare.ts';
import { chooseButtons } from './slack/choose.ts';
import { deleteButtons, deleteForms } from './slack/delete.ts';
import { CORRECT_BACK, correctForm, REMOVE } from './slack/form.ts';
import { correctPreview, PRICE_ACTIONS, removeIt } from './slack/preview.ts';
import type { CorrectUse } from './slack/use.ts';

/** Puts right what is on a ticket and not invoiced yet, and deletes a ticket that was made twice. */
const rows: Rows<CorrectUse> = {
  buttons: {
    ...chooseButtons,
    ...deleteButtons,
    [CORRECT_BACK]: writes(correctForm.back),
    [REMOVE]: writes(removeIt),
    ...Object.fromEntries(PRICE_ACTIONS.map((id) => [id, writes(correctPreview.choose)])),
  },
  forms: { ...correctPreview.forms, ...deleteForms },
};

type Deps = CorrectDeps & DeletionDeps & Omit<CorrectUse, 'correcting' | 'deletion'>;

export const createCorrect = (deps: Deps): Feature => ({
  rows: withUse<CorrectUse>(
    {
      ...ticketForms(deps),
      confirmForm: deps.confirmForm,
      correcting: createCorrecting(deps),
      deletion: createDeletion(deps),
    },
    rows,
  ),
});
