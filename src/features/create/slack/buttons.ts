import { z } from 'zod';
import { resultOf } from '../../../runs/rules/run.ts';
import { type Closed, type Rows, writes } from '../../../slack/feature.ts';
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { readingView } from '../../../slack/forms/in-view.ts';
import { updateView } from '../../../slack/forms/views.ts';
import { type Action, formOf, fromAnotherTime, fromJson } from '../../../slack/pressed.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import { idOf } from './create-draft.ts';
import { filledInCreate } from './create-inputs.ts';
import { CREATE_COMMENT } from './create-submit.ts';
import { CREATE_BACK, CREATE_CLEAR, CREATE_FORM, NEW_TICKET } from './form.ts';
import { newCustomerButtons } from './new-customer.ts';
import { fillInCreateForm, openCreateForm, showCreateFormAgain } from './open-create.ts';
import type { CreateUse } from './use.ts';

/** A customer was chosen in the form: their contacts and open tickets appear. */
const chooseCustomer: Action<CreateUse> = async (pressed) => {
  const { use, technician, value, view } = pressed;
  if (view?.callbackId !== CREATE_FORM) return;
  const { formId, viewId } = formOf(pressed);
  await use.opened.noteDraft(technician, formId, { customer: value, contact: '' });
  await fillInCreateForm(pressed, formId, { id: viewId, hash: null });
};

const openForm: Action<CreateUse> = (pressed) => {
  const { value, view } = pressed;
  const customerId = idOf(value);
  return openCreateForm(
    pressed,
    customerId === null ? {} : { customerId },
    view?.type === 'modal' ? view.id : undefined,
  );
};

/** Instead of a second ticket; what was to be its description is the comment's beginning, for whom it was meant. */
const commentInstead: Action<CreateUse> = async (pressed) => {
  const { use, technician, value } = pressed;
  const { formId, viewId } = formOf(pressed);
  const { draft } = await use.opened.own(technician, formId);
  const comment = draft?.description || draft?.subject || '';
  const audience = draft?.audience;
  await use.openCommentForm(pressed, numberOf(value), { comment, ...(audience ? { audience } : {}) }, { viewId });
};

/** `Clear`: an empty form in its place. */
const clear: Action<CreateUse> = async (pressed) => {
  const { formId, viewId } = formOf(pressed);
  await pressed.use.opened.dropDraft(pressed.technician, formId);
  await updateView(pressed.deps, { id: viewId, hash: null }, readingView(NEW_TICKET, 'Clearing the draft'));
  await openCreateForm(pressed, {}, viewId);
};

/** What was typed is kept for the next one. */
const leave: Closed<CreateUse> = async ({ use, technician, view }) => {
  const formId = readFormId(view.metadata);
  if (formId) await use.opened.leave(technician, formId, filledInCreate(readValues(view.values)));
};

export const createClosed: NonNullable<Rows<CreateUse>['closed']> = { [CREATE_FORM]: leave };

const RUN = z.object({ r: z.string().min(1), s: z.number().int() });

/** Syncro refused the ticket: everything that was typed, in a new form; the refused run ends. */
const openAgain: Action<CreateUse> = async (pressed) => {
  const { use, technician, value } = pressed;
  const { r, s } = fromJson(RUN, value);
  const run = await use.getRun(r);
  if (!run) throw fromAnotherTime();
  const { draft } = await use.opened.own(technician, run.formId);
  const { customer, candidates: _, notice: __, savedAt: ___, emails: ____, newName = '', ...fields } = draft ?? {};
  // Where it was made before the ticket was refused, it is a customer like any other.
  const customerId = resultOf(run, 'customer')?.id ?? idOf(customer);
  await openCreateForm(pressed, { ...fields, ...(customerId === null ? { newName } : { customerId }) });
  await use.decideRun(technician, r, { kind: 'stop', step: s });
};

export const createButtons: NonNullable<Rows<CreateUse>['buttons']> = {
  ...newCustomerButtons,
  customer: writes(chooseCustomer),
  'create:open': writes(openForm),
  'create:again': writes(openAgain),
  [CREATE_COMMENT]: writes(commentInstead),
  [CREATE_CLEAR]: writes(clear),
  [CREATE_BACK]: writes(async (pressed) => {
    const { formId, viewId } = formOf(pressed);
    await showCreateFormAgain(pressed, formId, viewId);
  }),
};
