import type { ModalView } from '@slack/types';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { line } from '../../../slack/blocks.ts';
import { readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { failureOf } from '../../../slack/forms/send-form.ts';
import { answerWhenKnown, CLEAR, type Submit, type Submitted } from '../../../slack/forms/submitted.ts';
import type { ViewAnswer } from '../../../slack/forms/views.ts';
import { reply } from '../../../slack/reply.ts';
import { CHECK_CREATE, CREATE_BACK, CREATE_CHECK, createCheckView } from './create-check.ts';
import { CREATE_FORM, NEW_TICKET } from './form.ts';
import { parseCreate } from './parse-create.ts';
import type { CreateUse } from './use.ts';

const failed =
  (title: string) =>
  (submitted: Submitted, formId: string, error: unknown): ModalView =>
    problemView(title, failureOf(submitted, error), { back: { actionId: CREATE_BACK, formId } });

const saying = (text: string, back?: { readonly actionId: string; readonly formId: string }): ModalView =>
  problemView(NEW_TICKET, reply(text, [line(text)]), back ? { back } : {});

/** `Create`: starts it, unless the customer has an open ticket that may be about the same. */
const create: Submit<CreateUse> = async (submitted) => {
  const { deps, use, technician, view } = submitted;
  const parsed = parseCreate(readValues(view.values));
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await use.opened.keepDraft(technician, formId, parsed.draft);

  const work = async (): Promise<ViewAnswer> => {
    const created = await use.creating.create(technician, formId, parsed.choice);
    switch (created.result) {
      case 'started':
        return CLEAR;
      case 'similar': {
        const check = createCheckView(formId, created, deps.links, deps.clock.now());
        return { response_action: 'update', view: check };
      }
      case 'no_address':
        await use.opened.reopen(technician, formId);
        return {
          response_action: 'errors',
          errors: { audience: 'Syncro has no e-mail address for this customer. Choose another audience.' },
        };
      case 'no_priority': {
        const text = 'Which priority? The menu was not there yet. Nothing was sent; go back and choose one.';
        return { response_action: 'update', view: saying(text, { actionId: CREATE_BACK, formId }) };
      }
    }
  };
  return answerWhenKnown(submitted, work, {
    meanwhile: saying("⏳ Reading the customer's tickets from Syncro …"),
    finished: saying('The ticket is on its way; the receipt comes as a direct message.'),
    again: (errors) =>
      saying(`${Object.values(errors).join(' ')} Nothing was sent.`, { actionId: CREATE_BACK, formId }),
    failed: (error) => failed(NEW_TICKET)(submitted, formId, error),
  });
};

export const createForms: Readonly<Record<string, Submit<CreateUse>>> = {
  [CREATE_FORM]: create,
  [CREATE_CHECK]: confirmPreview(failed(CHECK_CREATE)),
};
