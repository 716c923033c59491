import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, lines } from '../../../slack/blocks.ts';
import { parseDraft, readAuthorId, readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { backButton, problemView } from '../../../slack/forms/problem.ts';
import { answerWhenKnown, CLEAR, failureOf, type Submit, type Submitted } from '../../../slack/forms/submitted.ts';
import { textField } from '../../../slack/forms/text-input.ts';
import type { ViewAnswer } from '../../../slack/forms/views.ts';
import type { Links } from '../../../slack/links.ts';
import { sentence } from '../../../slack/reply.ts';
import { SUBJECT_LENGTH } from '../../../syncro/ticket.ts';
import { NOBODY } from '../../customers/slack/customer-options.ts';
import { audienceField } from '../../tickets/slack/inputs.ts';
import { age } from '../../tickets/slack/ticket-line.ts';
import type { CreateChoice } from '../plan.ts';
import type { Created } from '../prepare.ts';
import { idOf, NEW_CUSTOMER, newCustomerOf, seenIn, shownEmail } from './create-draft.ts';
import { filledInCreate } from './create-inputs.ts';
import { CREATE_BACK, CREATE_FORM, NEW_TICKET } from './form.ts';
import { showKnown } from './new-customer.ts';
import type { CreateUse } from './use.ts';

const customer = z.string().transform((value, ctx) => {
  if (value === NEW_CUSTOMER) return null;
  const id = idOf(value);
  if (id !== null) return id;
  const message =
    value === NOBODY
      ? "This is not a customer: Syncro didn't answer. Type the name again, then choose."
      : 'Choose a customer.';
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const orNull = z.string().transform((value) => value || null);

const schema = z
  .object({
    customer,
    contact: z.string().transform(idOf),
    subject: textField(SUBJECT_LENGTH).min(1, 'Enter a subject.'),
    description: textField(),
    audience: audienceField,
    priority: orNull,
    technician: z.string().transform(idOf),
    problemType: orNull,
    dueDate: orNull,
  })
  .transform(
    ({ customer: customerId, contact: contactId, technician: technicianId, ...rest }): CreateChoice => ({
      ...rest,
      customerId,
      contactId,
      technicianId,
    }),
  );

const CREATE_CHECK = 'create-check';
export const CREATE_COMMENT = 'create:comment';
const CHECK_CREATE = 'Check and create';

const SHOWN = 5;

/** Open tickets that may be about the same: the person decides whether another one is needed. */
export const createCheckView = (
  formId: string,
  { customerName, similar }: Created & { result: 'similar' },
  links: Links,
  now: number,
): ModalView => {
  const what = similar.length === 1 ? 'an open ticket with a similar subject' : 'open tickets with similar subjects';
  const tickets = similar.slice(0, SHOWN).flatMap(({ ticket, technicianName }): readonly KnownBlock[] => {
    const about = [ticket.status, age(ticket.updatedAt, now), technicianName ?? 'nobody'].filter(Boolean).join(' · ');
    return [
      lines(
        [
          { link: links.ticket(ticket.id), text: `#${ticket.number}` },
          ' ',
          { bold: shorten(ticket.subject, 300) || 'no subject' },
        ],
        [shorten(about, 200)],
      ),
      actions(`similar:${ticket.number}`, [
        button(`Comment on #${ticket.number}`, CREATE_COMMENT, { value: String(ticket.number) }),
      ]),
    ];
  });
  return modal({
    callbackId: CREATE_CHECK,
    kept: { formId },
    title: CHECK_CREATE,
    submit: 'Create anyway',
    blocks: [
      line({ bold: '! ' }, { bold: shorten(customerName, 150) }, ` has ${what}:`),
      ...tickets,
      ...(similar.length > SHOWN ? [line(`and ${similar.length - SHOWN} more`)] : []),
      backButton(CREATE_BACK),
    ],
  });
};

const failed =
  (title: string) =>
  (submitted: Submitted, formId: string, error: unknown): ModalView =>
    problemView(title, failureOf(submitted, error), { back: { actionId: CREATE_BACK, formId } });

const saying = (text: string, back?: { readonly actionId: string; readonly formId: string }): ModalView =>
  problemView(NEW_TICKET, sentence(text), back ? { back } : {});

/** `Create`: starts it, unless the customer has an open ticket that may be about the same. */
const create: Submit<CreateUse> = async (submitted) => {
  const { deps, use, technician, view } = submitted;
  const parsed = parseDraft(schema, filledInCreate(readValues(view.values)));
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await use.opened.keepDraft(technician, formId, parsed.draft);
  const kept = (await use.opened.own(technician, formId)).draft ?? {};
  const choice = { ...parsed.choice, newCustomer: newCustomerOf(kept) };

  const work = async (): Promise<ViewAnswer> => {
    const created = await use.creating.create(technician, formId, choice, {
      customers: seenIn(kept),
      authorId: readAuthorId(view.metadata),
      emailTo: shownEmail(kept, choice),
    });
    switch (created.result) {
      case 'started':
        return CLEAR;
      case 'similar': {
        const check = createCheckView(formId, created, deps.links, deps.clock.now());
        return { response_action: 'update', view: check };
      }
      case 'known':
        return { response_action: 'update', view: await showKnown(submitted, formId, created.customers) };
      case 'no_address':
        await use.opened.reopen(technician, formId);
        return {
          response_action: 'errors',
          errors: { audience: 'Syncro has no email address for this customer. Choose another audience.' },
        };
      case 'no_priority': {
        const text = "Choose a priority: the menu hadn't loaded yet. Nothing was sent.";
        return { response_action: 'update', view: saying(text, { actionId: CREATE_BACK, formId }) };
      }
    }
  };
  return answerWhenKnown(submitted, work, {
    meanwhile: saying("⏳ Reading the customer's tickets from Syncro …"),
    finished: saying("The ticket is on its way. You'll get the receipt as a direct message."),
    again: (errors) =>
      saying(`${Object.values(errors).join(' ')} Nothing was sent.`, { actionId: CREATE_BACK, formId }),
    failed: (error) => failed(NEW_TICKET)(submitted, formId, error),
  });
};

export const createForms: Readonly<Record<string, Submit<CreateUse>>> = {
  [CREATE_FORM]: create,
  [CREATE_CHECK]: confirmPreview(failed(CHECK_CREATE)),
};
