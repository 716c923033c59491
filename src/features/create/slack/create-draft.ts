import { z } from 'zod';
import type { Draft } from '../../../runs/ports.ts';
import { shorten } from '../../../shared/text.ts';
import type { NewCustomer } from '../../../syncro/customers-like.ts';
import { SUBJECT_LENGTH } from '../../../syncro/ticket.ts';
import type { LiveMatch, Pointed } from '../../customers/find-named-customer.ts';
import { customerLabels } from '../../customers/slack/customer-options.ts';
import type { CreateChoice } from '../plan.ts';
import type { CustomerFacts } from '../read-create-form.ts';

/** What a create form holds or is opened with: fields as typed and chosen, '' or absent for empty. */
export type CreateDraft = {
  /** The customer's id. */
  readonly customer: string;
  readonly contact: string;
  readonly subject: string;
  readonly description: string;
  readonly audience: string;
  readonly priority: string;
  readonly technician: string;
  readonly problemType: string;
  readonly dueDate: string;
  /** Of a customer whom Syncro does not know yet; in the form's menu they are `NEW_CUSTOMER`. */
  readonly newName: string;
  readonly newPhone: string;
  readonly newEmail: string;
  /** Ids of Syncro's customers who were shown and are not the new one. */
  readonly newSeen: string;
};

/** In place of an id. */
export const NEW_CUSTOMER = 'new';

/** The new customer that a form holds; `null`: none. */
export const newCustomerOf = ({ customer, newName = '', newPhone, newEmail }: Draft): NewCustomer | null =>
  customer === NEW_CUSTOMER && newName !== ''
    ? { name: newName, phone: newPhone || null, email: newEmail || null }
    : null;

/** Beside the fields: what was found out about the text that the form was opened with. */
type Opening = {
  /** Ids of everybody who could be meant, offered first. */
  readonly candidates?: string;
  /** One sentence about it. */
  readonly notice?: string;
  /** When the draft was left that it begins with. */
  readonly savedAt?: string;
  /** Where the form says that email goes; see `emailsShown`. */
  readonly emails?: string;
};

export type OpenedCreateDraft = Partial<CreateDraft> & Opening;

const MOST_CANDIDATES = 50;

const candidatesText = (ids: readonly number[]): string => ids.slice(0, MOST_CANDIDATES).join(',');

const idsIn = (text = ''): readonly number[] =>
  text
    .split(',')
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);

export const candidatesOf = ({ candidates }: Draft): readonly number[] => idsIn(candidates);

export const seenIn = ({ newSeen }: Draft): readonly number[] => idsIn(newSeen);

export const withSeen = (draft: Draft, ids: readonly number[]): string => [...seenIn(draft), ...ids].join(',');

/** Where email goes for the customer of a form, and for each contact who can be chosen in it. */
export const emailsShown = ({ customer, contacts }: CustomerFacts): string =>
  JSON.stringify({
    [customer.id]: customer.email,
    ...Object.fromEntries(contacts.map(({ id, email }) => [`${customer.id}/${id}`, email ?? customer.email])),
  });

const emails = z.record(z.string(), z.string().nullable());

/** `undefined`: the form did not say. */
export const shownEmail = (
  { emails: shown }: Draft,
  { customerId, contactId }: Pick<CreateChoice, 'customerId' | 'contactId'>,
): string | null | undefined =>
  shown === undefined || shown === ''
    ? undefined
    : emails.parse(JSON.parse(shown))[contactId === null ? String(customerId) : `${customerId}/${contactId}`];

/** The id that a select holds, or `null`. */
export const idOf = (text: string | undefined): number | null => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null);

/** What a form for a new ticket is opened with. */
export type NewTicket = Partial<Omit<CreateDraft, 'customer'>> & {
  readonly customerId?: number;
  /** A name and nothing else. */
  readonly customerText?: string;
  /** Customer and subject in one text, as typed behind `create`. */
  readonly text?: string;
};

/** How the customer is pointed at; `null`: not at all. */
export const pointedIn = ({ customerId, customerText, text }: NewTicket): Pointed | null => {
  if (customerId !== undefined) return { by: 'id', id: customerId };
  if (customerText?.trim()) return { by: 'name', name: customerText.trim() };
  return text?.trim() ? { by: 'text', text: text.trim() } : null;
};

const shown = (text: string): string => `"${shorten(text, 100)}"`;

const MOST_NAMED = 6;

const noticeOf = (pointed: Pointed, found: LiveMatch): string | undefined => {
  const typed = pointed.by === 'name' ? pointed.name : found.rest;
  switch (found.match) {
    case 'one':
      return undefined;
    case 'several': {
      const labels = [...customerLabels(found.customers).values()];
      const more = labels.length > MOST_NAMED ? ` and ${labels.length - MOST_NAMED} more` : '';
      return `! ${labels.length} customers match ${shown(found.name)}: ${labels.slice(0, MOST_NAMED).join('; ')}${more}. Choose one.`;
    }
    case 'none':
      return pointed.by === 'name'
        ? `! No customer is named ${shown(typed)}. Choose one.`
        : `! No customer starts with ${shown(typed)}, so all of it is the subject. Choose the customer.`;
    case 'too_many':
      return `! Too many customers match ${shown(typed)}. Choose one.`;
    case 'unanswered':
      return pointed.by === 'id' || typed === ''
        ? "! Syncro didn't answer, so no customer is filled in. Choose one."
        : `! Syncro didn't answer, so I couldn't look up ${shown(typed)}. Choose the customer.`;
  }
};

/** A subject that is too long stays whole as the description. */
const withSubject = (draft: OpenedCreateDraft, subject: string): OpenedCreateDraft => {
  if (subject.length <= SUBJECT_LENGTH) return { ...draft, subject };
  return { ...draft, subject: shorten(subject, SUBJECT_LENGTH), description: draft.description || subject };
};

/** The form's fields from what was asked for, and from what was found out about the customer. */
export const draftFrom = (wanted: NewTicket, found: LiveMatch | null): OpenedCreateDraft => {
  const { customerId: _, customerText: __, text: ___, ...given } = wanted;
  const fields = { ...given, ...(given.newName ? { customer: NEW_CUSTOMER } : {}) };
  const pointed = pointedIn(wanted);
  if (!pointed || !found) return withSubject(fields, fields.subject ?? '');
  const notice = noticeOf(pointed, found);
  const draft: OpenedCreateDraft = {
    ...fields,
    ...(found.match === 'one' ? { customer: String(found.customer.id) } : {}),
    ...(found.match === 'several' ? { candidates: candidatesText(found.customers.map(({ id }) => id)) } : {}),
    ...(notice === undefined ? {} : { notice }),
  };
  return withSubject(draft, fields.subject || found.rest);
};
