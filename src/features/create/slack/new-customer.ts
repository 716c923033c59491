import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Draft } from '../../../runs/ports.ts';
import { digitsOf, phoneText } from '../../../shared/name-words.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, lines, type Part } from '../../../slack/blocks.ts';
import { type Rows, writes } from '../../../slack/feature.ts';
import { parseDraft, readFormId, readValues, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { backButton, problemView } from '../../../slack/forms/problem.ts';
import {
  answerWhenKnown,
  failureOf,
  type Submit,
  type Submitted,
  whenAnswered,
} from '../../../slack/forms/submitted.ts';
import { textField, textInput } from '../../../slack/forms/text-input.ts';
import { updateView } from '../../../slack/forms/views.ts';
import type { Links } from '../../../slack/links.ts';
import { type Action, formOf, fromAnotherTime } from '../../../slack/pressed.ts';
import { sentence } from '../../../slack/reply.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';
import { idOf, NEW_CUSTOMER, newCustomerOf, withSeen } from './create-draft.ts';
import { filledInCreate } from './create-inputs.ts';
import { CREATE_BACK, CREATE_FORM, NEW_CUSTOMER_BUTTON } from './form.ts';
import { createFormView, fillInCreateForm, showCreateFormAgain } from './open-create.ts';
import type { CreateUse } from './use.ts';

const TITLE = 'New customer';
const CALLBACK = 'new-customer';
const ANYWAY = 'new-customer-anyway';
const USE_THIS = 'create:use-customer';
const LENGTH = 200;

/** In place of the ticket's form, which it leads back to. */
const newCustomerView = (formId: string, { newName, newPhone, newEmail }: Draft): ModalView => {
  const field = { max_length: LENGTH, multiline: false };
  return modal({
    ...{ callbackId: CALLBACK, kept: { formId }, title: TITLE, submit: 'Use for this ticket' },
    blocks: [
      line('Created in Syncro along with the ticket. Nothing is sent until you press Create.'),
      textInput({
        ...field,
        field: 'newName',
        label: 'Name',
        hint: "The business's, or the person's.",
        value: newName,
      }),
      textInput({ ...field, field: 'newPhone', label: 'Phone', optional: true, value: newPhone }),
      textInput({ ...field, field: 'newEmail', label: 'Email', optional: true, value: newEmail }),
      backButton(CREATE_BACK),
    ],
  });
};

const SHOWN = 8;

/** Who is in Syncro already and may be meant. */
const knownView = (formId: string, customers: readonly CustomerSummary[], links: Links): ModalView =>
  modal({
    ...{ callbackId: ANYWAY, kept: { formId }, title: TITLE, submit: 'None of these' },
    blocks: [
      line({ bold: '! ' }, { bold: customers.length === 1 ? 'Already in Syncro:' : 'Possibly already in Syncro:' }),
      ...customers
        .slice(0, SHOWN)
        .flatMap((customer): readonly KnownBlock[] => [
          lines(
            [{ link: links.customer(customer.id), text: shorten(customer.name, 150) || `Customer ${customer.id}` }],
            detailsOf(customer),
          ),
          actions(`known:${customer.id}`, [button('Use this one', USE_THIS, { value: String(customer.id) })]),
        ]),
      ...(customers.length > SHOWN ? [line(`and ${customers.length - SHOWN} more`)] : []),
      backButton(NEW_CUSTOMER_BUTTON),
    ],
  });

const detailsOf = ({ personName, phone, email, city }: CustomerSummary): readonly Part[] => [
  shorten([personName, phoneText(phone ?? ''), email, city].filter(Boolean).join(' · ') || 'no phone, no email', 200),
];

/** Shows them and remembers that they were shown: they are not asked about again. */
export const showKnown = async (
  { deps, use, technician }: Submitted<CreateUse>,
  formId: string,
  customers: readonly CustomerSummary[],
): Promise<ModalView> => {
  const { draft } = await use.opened.reopen(technician, formId);
  const newSeen = withSeen(
    draft,
    customers.map(({ id }) => id),
  );
  await use.opened.noteDraft(technician, formId, { newSeen });
  return knownView(formId, customers, deps.links);
};

/** Two digits short of a number with its area code may be an extension; what is no number at all is not kept. */
const SHORTEST_PHONE = 7;

const schema = z.object({
  newName: textField(LENGTH).min(1, 'Enter a name.'),
  newPhone: textField(LENGTH).refine(
    (text) => text === '' || digitsOf(text).length >= SHORTEST_PHONE,
    'Enter a phone number, for example 520-555-0100.',
  ),
  newEmail: textField(LENGTH).refine(
    (text) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
    'Enter an email address, for example jerry@example.com.',
  ),
});

const failed = (submitted: Submitted, formId: string, error: unknown): ModalView =>
  problemView(TITLE, failureOf(submitted, error), { back: { actionId: CREATE_BACK, formId } });

/** The ticket's form again with the new customer in it, filled in once it stands. */
const backToForm = async (
  submitted: Submitted<CreateUse>,
  formId: string,
): Promise<{ readonly view: ModalView; readonly afterwards: () => Promise<void> }> => ({
  view: await createFormView(submitted, formId),
  afterwards: async () => {
    await whenAnswered(submitted.deps);
    await fillInCreateForm(submitted, formId, { id: submitted.view.id, hash: null });
  },
});

/** Who is like it in Syncro is shown first. */
const submitNew: Submit<CreateUse> = async (submitted) => {
  const { use, technician, view } = submitted;
  const formId = readFormId(view.metadata) ?? '';
  const values = readValues(view.values);
  const filledIn = {
    newName: typed(values, 'newName'),
    newPhone: typed(values, 'newPhone'),
    newEmail: typed(values, 'newEmail'),
  };
  const parsed = parseDraft(schema, filledIn);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  await use.opened.noteDraft(technician, formId, { ...parsed.choice, customer: NEW_CUSTOMER, contact: '', notice: '' });
  const filling: (() => Promise<void>)[] = [];
  const handled = await answerWhenKnown(
    submitted,
    async () => {
      const wanted = newCustomerOf({ ...parsed.choice, customer: NEW_CUSTOMER });
      const like = wanted ? await use.creating.like(technician, wanted) : [];
      if (like.length > 0) return { response_action: 'update', view: await showKnown(submitted, formId, like) };
      const { view: form, afterwards } = await backToForm(submitted, formId);
      filling.push(afterwards);
      return { response_action: 'update', view: form };
    },
    {
      meanwhile: problemView(TITLE, sentence('⏳ Looking for the customer in Syncro …')),
      finished: problemView(TITLE, sentence('Nothing was sent.')),
      again: (errors) => problemView(TITLE, sentence(Object.values(errors).join(' '))),
      failed: (error) => failed(submitted, formId, error),
    },
  );
  return {
    ...handled,
    afterwards: async () => {
      await handled.afterwards?.();
      for (const fill of filling) await fill();
    },
  };
};

/** The person saw who is there, and means none of them. */
const submitAnyway: Submit<CreateUse> = async (submitted) => {
  const formId = readFormId(submitted.view.metadata) ?? '';
  const { view, afterwards } = await backToForm(submitted, formId);
  return { answer: { response_action: 'update', view }, afterwards };
};

/** What stands in the ticket's form is kept first, for the next one should it be closed from here. */
const openNew: Action<CreateUse> = async (pressed) => {
  const { deps, use, technician, view } = pressed;
  const { formId, viewId } = formOf(pressed);
  if (view?.callbackId === CREATE_FORM) {
    const filledIn = filledInCreate(readValues(view.values));
    await use.opened.noteDraft(technician, formId, filledIn);
    await use.opened.leave(technician, formId, filledIn);
  }
  const { draft } = await use.opened.own(technician, formId);
  await updateView(deps, { id: viewId, hash: null }, newCustomerView(formId, draft ?? {}));
};

const useKnown: Action<CreateUse> = async (pressed) => {
  const { formId, viewId } = formOf(pressed);
  const id = idOf(pressed.value);
  if (id === null) throw fromAnotherTime();
  await pressed.use.opened.noteDraft(pressed.technician, formId, {
    customer: String(id),
    newName: '',
    newPhone: '',
    newEmail: '',
    contact: '',
  });
  await showCreateFormAgain(pressed, formId, viewId);
};

export const newCustomerButtons: NonNullable<Rows<CreateUse>['buttons']> = {
  [NEW_CUSTOMER_BUTTON]: writes(openNew),
  [USE_THIS]: writes(useKnown),
};

export const newCustomerForms: Readonly<Record<string, Submit<CreateUse>>> = {
  [CALLBACK]: submitNew,
  [ANYWAY]: submitAnyway,
};
