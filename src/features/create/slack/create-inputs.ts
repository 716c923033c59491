import type { InputBlock } from '@slack/types';
import { phoneText } from '../../../shared/name-words.ts';
import type { Technician } from '../../../shared/technician.ts';
import { shorten } from '../../../shared/text.ts';
import { option } from '../../../slack/blocks.ts';
import { chosen, type FormValues, picked, typed } from '../../../slack/forms/form-values.ts';
import { selectInput } from '../../../slack/forms/select-input.ts';
import type { Links } from '../../../slack/links.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';
import type { Author } from '../../../syncro/identity.ts';
import { customerOptions } from '../../customers/slack/customer-options.ts';
import type { CreateLists, CustomerFacts } from '../read-create-form.ts';
import { idOf, NEW_CUSTOMER, newCustomerOf, type OpenedCreateDraft } from './create-draft.ts';

/** What is read while the form is open; `null`: not yet. */
export type CreateFormReading = {
  readonly lists: CreateLists | null;
  readonly facts: CustomerFacts | null;
  readonly author: Author | null;
  /** Why something could not be read. */
  readonly problem: Reply | null;
};

export type CreateFormState = CreateFormReading & {
  readonly formId: string;
  readonly me: Technician;
  readonly draft: OpenedCreateDraft;
  readonly customer: CustomerSummary | null;
  /** Others of that name, to tell the customer apart from. */
  readonly alike: readonly CustomerSummary[];
  readonly links: Links;
  readonly now: number;
};

/** Slack's limit. */
const OPTION_LENGTH = 75;

export const customerInput = ({ customer, alike, draft }: CreateFormState): InputBlock => {
  const added = newCustomerOf(draft);
  const [initial] = added
    ? [option(shorten(`New: ${added.name}`, OPTION_LENGTH), NEW_CUSTOMER)]
    : customer
      ? customerOptions([customer], alike)
      : [];
  return {
    type: 'input',
    block_id: 'customer',
    // Choosing shows the customer's contacts and open tickets.
    dispatch_action: true,
    label: { type: 'plain_text', text: 'Customer' },
    element: {
      type: 'external_select',
      action_id: 'customer',
      min_query_length: 0,
      placeholder: {
        type: 'plain_text',
        text: draft.candidates ? 'Choose, or type another name' : 'Name, phone or email',
      },
      ...(initial ? { initial_option: initial } : {}),
    },
  };
};

/** Each customer's contacts have a block of their own: a choice made for another customer is never sent. */
export const contactBlock = (customerId: number): string => `contact:${customerId}`;

export const contactInput = ({ facts, draft }: CreateFormState): readonly InputBlock[] =>
  facts
    ? selectInput({
        field: 'contact',
        blockId: contactBlock(facts.customer.id),
        label: 'Contact',
        optional: true,
        preset: draft.contact,
        choices: facts.contacts.map(({ id, name, email, phone }) => ({
          value: String(id),
          text: [name, email ?? phoneText(phone ?? '')].filter(Boolean).join(' · '),
        })),
      })
    : [];

/** Menus of the account's own lists; none before they were read. */
export const listInputs = ({ lists, draft, me }: CreateFormState): readonly InputBlock[] => {
  if (!lists) return [];
  const named = (name: string) => ({ text: name, value: name });
  const isListed = lists.technicians.some(({ id }) => id === me.syncroUserId);
  const technicians = isListed ? lists.technicians : [{ id: me.syncroUserId, name: me.name }, ...lists.technicians];
  return [
    ...selectInput({
      field: 'priority',
      label: 'Priority',
      preset: draft.priority || lists.priority,
      choices: lists.priorities.map(named),
    }),
    ...selectInput({
      field: 'technician',
      label: 'Technician',
      preset: draft.technician || String(me.syncroUserId),
      choices: technicians.map(({ id, name }) => ({ text: name, value: String(id) })),
    }),
    ...selectInput({
      field: 'problemType',
      label: 'Problem type',
      optional: true,
      preset: draft.problemType,
      choices: lists.problemTypes.map(named),
    }),
  ];
};

export const dueDateInput = ({ draft }: CreateFormState): InputBlock => ({
  type: 'input',
  block_id: 'dueDate',
  optional: true,
  label: { type: 'plain_text', text: 'Due date' },
  element: {
    type: 'datepicker',
    action_id: 'dueDate',
    ...(draft.dueDate ? { initial_date: draft.dueDate } : {}),
  },
});

/** What stands in the form, as it was typed and chosen. */
export const filledInCreate = (values: FormValues) => {
  const customerId = chosen(values, 'customer');
  return {
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
};
