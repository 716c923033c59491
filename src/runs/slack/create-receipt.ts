import { shorten } from '../../shared/text.ts';
import { button, type Part } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import type { Reply } from '../../slack/reply.ts';
import { type Run, resultOf } from '../rules/run.ts';
import type { Action } from '../rules/step.ts';
import { finished, saidText } from './endings.ts';
import { openButtons } from './run-words.ts';
import { dayText } from './words.ts';

type NewTicket = Extract<Action, { readonly kind: 'ticket' }>;

/** The ticket that a run makes; `null`: it makes none. */
const newTicketOf = (run: Run): NewTicket | null => {
  const action = run.steps.find((step) => step.action.kind === 'ticket')?.action;
  return action?.kind === 'ticket' ? action : null;
};

const newCustomerRow = (run: Run, links: Links): ReadonlyArray<readonly Part[]> => {
  const id = resultOf(run, 'customer')?.id;
  const text = shorten(run.ticket.customerName, 100);
  return id ? [['New customer ', { link: links.customer(id), text }]] : [];
};

/** What people do next with a new ticket; the buttons carry its number. */
const createdButtons = (run: Run, links: Links) => {
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

/** Whose it is, and who got mail. */
export const createReceipt = (run: Run, links: Links): Reply => {
  const ticket = newTicketOf(run);
  if (!ticket) throw new Error('A run that creates has a ticket to create');
  const { firstComment, fields } = ticket;
  const { status, priority, problemType, dueDate } = fields;
  const due = dueDate === undefined ? null : `due ${dayText(dueDate)}`;
  const facts = [status, priority, run.kind === 'create' && run.assignee, problemType, due].filter(Boolean);
  return finished(run, {
    rows: [
      [facts.map((each) => shorten(each || '', 60)).join(' · ')],
      ...newCustomerRow(run, links),
      ...(firstComment ? [[saidText(run, firstComment)]] : []),
    ],
    buttons: createdButtons(run, links),
  });
};
