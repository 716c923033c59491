import { z } from 'zod';
import { chosen, type FormValues, type Parsed, parseDraft, picked, typed } from '../../../slack/forms/form-values.ts';
import { textField } from '../../../slack/forms/text-input.ts';
import { SUBJECT_LENGTH } from '../../../syncro/ticket.ts';
import { NOBODY } from '../../customers/slack/customer-options.ts';
import { audienceField } from '../../tickets/slack/audience-input.ts';
import type { CreateChoice } from '../plan.ts';
import { type CreateDraft, idOf } from './create-draft.ts';
import { contactBlock } from './create-inputs.ts';

const customer = z.string().transform((value, ctx) => {
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
    subject: textField(SUBJECT_LENGTH).min(1, 'Write what it is about.'),
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

export const parseCreate = (values: FormValues): Parsed<CreateDraft, CreateChoice> => {
  const customerId = chosen(values, 'customer');
  return parseDraft(schema, {
    customer: customerId,
    contact: chosen(values, contactBlock(idOf(customerId) ?? 0)),
    subject: typed(values, 'subject'),
    description: typed(values, 'description'),
    audience: chosen(values, 'audience'),
    priority: chosen(values, 'priority'),
    technician: chosen(values, 'technician'),
    problemType: chosen(values, 'problemType'),
    dueDate: picked(values, 'dueDate'),
  });
};
