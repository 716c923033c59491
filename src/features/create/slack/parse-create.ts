import { z } from 'zod';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import { chosen, type FormValues, fieldErrors, picked, typed } from '../../../slack/forms/form-values.ts';
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

const schema = z.object({
  customer,
  contact: z.string().transform(idOf),
  subject: z
    .string()
    .trim()
    .min(1, 'Write what it is about.')
    .max(SUBJECT_LENGTH, `At most ${SUBJECT_LENGTH} characters.`),
  description: z.string().trim().max(FIELD_LENGTH, `At most ${FIELD_LENGTH} characters.`),
  audience: audienceField,
  priority: orNull,
  technician: z.string().transform(idOf),
  problemType: orNull,
  dueDate: orNull,
});

export type ParsedCreate =
  | { readonly ok: true; readonly draft: CreateDraft; readonly choice: CreateChoice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** What was filled in, checked; errors by field, in the words for the person. */
export const parseCreate = (values: FormValues): ParsedCreate => {
  const customerId = chosen(values, 'customer');
  const draft: CreateDraft = {
    customer: customerId,
    contact: chosen(values, contactBlock(idOf(customerId) ?? 0)),
    subject: typed(values, 'subject'),
    description: typed(values, 'description'),
    audience: chosen(values, 'audience'),
    priority: chosen(values, 'priority'),
    technician: chosen(values, 'technician'),
    problemType: chosen(values, 'problemType'),
    dueDate: picked(values, 'dueDate'),
  };
  const parsed = schema.safeParse(draft);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { customer: id, contact, technician, ...rest } = parsed.data;
  return { ok: true, draft, choice: { ...rest, customerId: id, contactId: contact, technicianId: technician } };
};
