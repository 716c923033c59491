import type { KnownBlock } from '@slack/types';
import { shorten } from '../../shared/text.ts';
import { button, lines, type Part } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import { mailedTo } from '../rules/purpose.ts';
import { type Run, resultOf } from '../rules/run.ts';
import type { Action } from '../rules/step.ts';
import { openButtons } from './run-words.ts';
import { dayText, recipientsOf } from './words.ts';

type NewTicket = Extract<Action, { readonly kind: 'ticket' }>;

/** The ticket that a run makes; `null`: it makes none. */
export const newTicketOf = (run: Run): NewTicket | null => {
  const action = run.steps.find((step) => step.action.kind === 'ticket')?.action;
  return action?.kind === 'ticket' ? action : null;
};

/** Who gets the description, in one phrase. */
export const descriptionText = ({ firstComment }: NewTicket, emailTo: string | null): string =>
  firstComment === null
    ? 'no description'
    : `description ${recipientsOf(firstComment.audience, firstComment.audience === 'email' ? emailTo : null)}`;

const capitalized = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const dayOf = (date: string | undefined): readonly string[] => (date === undefined ? [] : [`due ${dayText(date)}`]);

const newCustomerRow = (run: Run, links: Links): ReadonlyArray<readonly Part[]> => {
  const id = resultOf(run, 'customer')?.id;
  const text = shorten(run.ticket.customerName, 100);
  return id ? [['New customer ', { link: links.customer(id), text }]] : [];
};

/** `Created #32168 Printer jams · Acme West`, whose it is, who got mail, and by whom. */
export const createdRows = (run: Run, ticket: NewTicket, links: Links, by: string): ReadonlyArray<readonly Part[]> => {
  const made = resultOf(run, 'ticket');
  const { subject, customerName } = run.ticket;
  const about = `${shorten(subject, 200)} · ${shorten(customerName, 100)}`;
  const { status, priority, problemType, dueDate } = ticket.fields;
  const number = made?.number ?? null;
  return [
    [
      { bold: 'Created ' },
      ...(made?.id
        ? [
            { link: links.ticket(made.id), text: number === null ? 'the ticket' : `#${number}`, strong: true as const },
            ' ',
          ]
        : []),
      { bold: about },
    ],
    [
      [status, priority, run.kind === 'create' && run.assignee, problemType, ...dayOf(dueDate)]
        .filter(Boolean)
        .map((each) => shorten(each || '', 60))
        .join(' · '),
    ],
    ...newCustomerRow(run, links),
    [`${capitalized(descriptionText(ticket, mailedTo(run)))}${by}`],
  ];
};

/** What people do next with a new ticket; the buttons carry its number. */
export const createdButtons = (run: Run, links: Links) => {
  const value = resultOf(run, 'ticket')?.number ?? null;
  return [
    ...openButtons(run, links),
    ...(value === null
      ? []
      : [
          button('Bill', 'bill:open', { value }),
          button('Comment', 'comment:open', { value }),
          button('Start timer', 'timer:start', { value }),
        ]),
  ];
};

export const createdBlock = (
  run: Run,
  ticket: NewTicket,
  links: Links,
  by: string,
  ...more: ReadonlyArray<readonly Part[]>
): KnownBlock => lines(...createdRows(run, ticket, links, by), ...more);
