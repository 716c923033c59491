import type { KnownBlock, ModalView } from '@slack/types';
import { authorBlock, TOLD_NOT_TO_EMAIL } from '../../../runs/slack/words.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, lines, type Part } from '../../../slack/blocks.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { longTextInput, textInput } from '../../../slack/forms/text-input.ts';
import type { Links } from '../../../slack/links.ts';
import type { Author } from '../../../syncro/identity.ts';
import { SUBJECT_LENGTH } from '../../../syncro/ticket.ts';
import { audienceInput } from '../../tickets/slack/inputs.ts';
import { draftNotice } from '../../tickets/slack/ticket-form.ts';
import { age } from '../../tickets/slack/ticket-line.ts';
import type { CustomerFacts } from '../read-create-form.ts';
import { type CreateFormState, contactInput, customerInput, dueDateInput, listInputs } from './create-inputs.ts';

const SHOWN = 4;

/** What is known of the chosen customer: `Acme West has 2 open tickets: #32155 Printer offline (1 h) …`. */
const customerFactsBlock = (
  { customer, contacts, openTickets, moreTickets }: CustomerFacts,
  links: Links,
  now: number,
): KnownBlock => {
  const count = `${openTickets.length}${moreTickets ? '+' : ''}`;
  const tickets = openTickets
    .slice(0, SHOWN)
    .flatMap((ticket, i): readonly Part[] => [
      i === 0 ? ' ' : ' · ',
      { link: links.ticket(ticket.id), text: `#${ticket.number}` },
      ` ${shorten(ticket.subject, 80)} (${age(ticket.updatedAt, now) || 'open'})`,
    ]);
  const more = openTickets.length > SHOWN ? [` · and ${openTickets.length - SHOWN} more`] : [];
  const name: Part = { bold: shorten(customer.name, 150) || `Customer ${customer.id}` };
  const reach =
    customer.email === null
      ? 'Syncro has no email address for this customer.'
      : `Email goes to ${shorten(customer.email, 150)}${contacts.length > 0 ? ', or to the contact you choose' : ''}.${customer.noEmail ? ` ${TOLD_NOT_TO_EMAIL}` : ''}`;
  return {
    ...lines(
      openTickets.length === 0
        ? [name, ' has no open tickets.']
        : [name, ` has ${count} open ${count === '1' ? 'ticket' : 'tickets'}:`, ...tickets, ...more],
      [reach],
    ),
    block_id: 'facts',
  };
};

export const CREATE_FORM = 'create';
export const CREATE_BACK = 'create:back';
export const CREATE_CLEAR = 'create:clear';
export const NEW_CUSTOMER_BUTTON = 'create:new-customer';
export const NEW_TICKET = 'New ticket';

const around = (formId: string, author: Author | null = null) => ({
  ...{ callbackId: CREATE_FORM, title: NEW_TICKET },
  kept: { formId, authorId: author?.id },
});

/** Before anything was ever read of the customers: without fields, for a preset can't be put into one any more. */
export const lookingView = (formId: string): ModalView =>
  modal({ ...around(formId), blocks: [line('⏳ Finding the customer in Syncro …')] });

/** What begins with the mark of what needs somebody has it in bold, as everywhere. */
const marked = (text: string): readonly Part[] => (text.startsWith('! ') ? [{ bold: '! ' }, text.slice(2)] : [text]);

const noticeBlocks = ({ draft, problem }: CreateFormState): readonly KnownBlock[] => [
  ...(draft.savedAt ? [draftNotice(Number(draft.savedAt), CREATE_CLEAR)] : []),
  ...(draft.notice ? [{ ...line(...marked(draft.notice)), block_id: 'about' }] : []),
  ...(problem
    ? [
        { ...(problem.blocks[0] ?? line(problem.text)), block_id: 'problem' },
        ...problem.blocks.slice(1).filter(({ type }) => type === 'context'),
      ]
    : []),
];

/** Blocks keep their ids, so that what was typed survives when the account's lists and the customer's facts appear. */
export const createView = (state: CreateFormState): ModalView => {
  const { formId, draft, facts, author, links, now } = state;
  return modal({
    ...around(formId, author),
    submit: 'Create',
    tellsClosing: true,
    blocks: [
      ...noticeBlocks(state),
      customerInput(state),
      actions('new-customer', [button('New customer…', NEW_CUSTOMER_BUTTON)]),
      ...(facts ? [customerFactsBlock(facts, links, now)] : []),
      ...contactInput(state),
      textInput({
        ...{ field: 'subject', label: 'Subject', value: draft.subject },
        ...{ max_length: SUBJECT_LENGTH, multiline: false, optional: false },
      }),
      longTextInput({ field: 'description', label: 'Description', value: draft.description, optional: true }),
      // Nothing is mailed unless somebody chooses so.
      audienceInput({ preset: draft.audience || 'portal', hint: 'Who gets the description.' }),
      ...listInputs(state),
      dueDateInput(state),
      ...(author ? [authorBlock(author)] : []),
    ],
  });
};
