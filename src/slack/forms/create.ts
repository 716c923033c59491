import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { CreateLists, CustomerFacts } from '../../app/prepare-create.ts';
import type { CustomerSummary } from '../../domain/customer.ts';
import type { Technician } from '../../domain/technician.ts';
import { shorten } from '../../domain/text.ts';
import { line } from '../blocks.ts';
import type { Links } from '../messages/links.ts';
import type { Reply } from '../messages/reply.ts';
import { customerOptions } from '../options/customer-options.ts';
import { audienceInput } from './audience-input.ts';
import type { OpenedCreateDraft } from './create-draft.ts';
import { customerFactsBlock } from './create-facts.ts';
import { selectInput } from './select-input.ts';

export const CREATE_FORM = 'create';
export const NEW_TICKET = 'New ticket';

/** What a database column of Syncro's kind holds; a longer subject might be lost half-way. */
export const SUBJECT_LENGTH = 255;
/** Slack's own limit for one field. */
export const DESCRIPTION_LENGTH = 3_000;

export type CreateFormState = {
  readonly formId: string;
  readonly me: Technician;
  readonly draft: OpenedCreateDraft;
  readonly customer: CustomerSummary | null;
  /** Others of that name, to tell the customer apart from. */
  readonly alike: readonly CustomerSummary[];
  /** `null`: not read yet. */
  readonly lists: CreateLists | null;
  readonly facts: CustomerFacts | null;
  /** Why something could not be read. */
  readonly problem: Reply | null;
  readonly links: Links;
  readonly now: number;
};

const base = (formId: string) => ({
  type: 'modal' as const,
  callback_id: CREATE_FORM,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text' as const, text: NEW_TICKET },
  close: { type: 'plain_text' as const, text: 'Cancel' },
});

/** Before anything was ever read of the customers: without fields, for a preset can't be put into one any more. */
export const lookingView = (formId: string): ModalView => ({
  ...base(formId),
  blocks: [line('⏳ Looking in Syncro which customer is meant …')],
});

const customerInput = ({ customer, alike, draft }: CreateFormState): InputBlock => {
  const [initial] = customer ? customerOptions([customer], alike) : [];
  return {
    type: 'input',
    block_id: 'customer',
    dispatch_action: true,
    label: { type: 'plain_text', text: 'Customer' },
    element: {
      type: 'external_select',
      action_id: 'customer',
      min_query_length: 0,
      placeholder: {
        type: 'plain_text',
        text: draft.candidates ? 'Choose, or type another name' : 'Name, phone or e-mail',
      },
      ...(initial ? { initial_option: initial } : {}),
    },
  };
};

type TextField = {
  readonly field: 'subject' | 'description';
  readonly label: string;
  readonly most: number;
  /** Several lines, and may stay empty. */
  readonly long?: boolean;
};

const textInput = ({ draft }: CreateFormState, { field, label, most, long = false }: TextField): InputBlock => {
  const value = draft[field];
  return {
    type: 'input',
    block_id: field,
    optional: long,
    label: { type: 'plain_text', text: label },
    element: {
      type: 'plain_text_input',
      action_id: field,
      multiline: long,
      max_length: most,
      ...(value ? { initial_value: shorten(value, most) } : {}),
    },
  };
};

const dueDate = ({ draft }: CreateFormState): InputBlock => ({
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

const contactInput = ({ facts, draft }: CreateFormState): readonly InputBlock[] =>
  facts
    ? selectInput({
        field: 'contact',
        blockId: contactBlock(facts.customer.id),
        label: 'Contact',
        optional: true,
        preset: draft.contact,
        choices: facts.contacts.map(({ id, name, email, phone }) => ({
          value: String(id),
          text: [name, email ?? phone].filter(Boolean).join(' · '),
        })),
      })
    : [];

/** Each customer's contacts have a block of their own: a choice made for another customer is never sent. */
export const contactBlock = (customerId: number): string => `contact:${customerId}`;

const listInputs = ({ lists, draft, me }: CreateFormState): readonly InputBlock[] => {
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

const noticeBlocks = ({ draft, problem }: CreateFormState): readonly KnownBlock[] => [
  ...(draft.notice ? [{ ...line(draft.notice), block_id: 'about' }] : []),
  ...(problem ? [{ ...(problem.blocks[0] ?? line(problem.text)), block_id: 'problem' }] : []),
];

/** Blocks keep their ids, so that what was typed survives when the account's lists and the customer's facts appear. */
export const createView = (state: CreateFormState): ModalView => {
  const { formId, draft, facts, links, now } = state;
  return {
    ...base(formId),
    submit: { type: 'plain_text', text: 'Create' },
    blocks: [
      ...noticeBlocks(state),
      customerInput(state),
      ...(facts ? [customerFactsBlock(facts, links, now)] : []),
      ...contactInput(state),
      textInput(state, { field: 'subject', label: 'Subject', most: SUBJECT_LENGTH }),
      textInput(state, { field: 'description', label: 'Description', most: DESCRIPTION_LENGTH, long: true }),
      // Nothing is mailed unless somebody chooses so.
      audienceInput(draft.audience || 'portal', 'Who gets the description.'),
      ...listInputs(state),
      dueDate(state),
    ],
  };
};
