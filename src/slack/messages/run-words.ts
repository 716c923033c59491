import { currentIndex, type Run, resultOf } from '../../domain/run.ts';
import { shorten } from '../../domain/text.ts';
import { button, linkButton } from '../blocks.ts';
import type { Links } from './links.ts';

/** `#32164`, or the subject of a ticket that has no number yet. */
export const ticketName = ({ ticket }: Run): string =>
  ticket.number === null ? `"${shorten(ticket.subject, 100)}"` : `#${ticket.number}`;

export const runTitle = (run: Run): string => {
  const { number, subject, customerName } = run.ticket;
  const name = number === null ? '' : `#${number} `;
  return `${name}${shorten(subject, 150)} · ${shorten(customerName, 100)}`;
};

/** Carries which run and which step: a button of an old message must not decide about a later step. */
const value = (run: Run): string => JSON.stringify({ r: run.id, s: currentIndex(run) });

export const runButton = (run: Run, text: string, decision: string) =>
  button(text, `run:${decision}`, { value: value(run) });

export const stopButton = (run: Run) => runButton(run, 'Stop here', 'stop');

export const decisionButtons = (run: Run) => [
  runButton(run, 'It is there', 'it_is_there'),
  runButton(run, 'It is not, send again', 'send_again'),
  stopButton(run),
];

export const openButtons = (run: Run, links: Links) => {
  const invoice = resultOf(run, 'invoice')?.id;
  const ticket = run.ticket.id ?? resultOf(run, 'ticket')?.id;
  return [
    ...(invoice ? [linkButton('Open invoice', 'invoice', links.invoice(invoice))] : []),
    ...(ticket ? [linkButton('Open ticket', 'ticket', links.ticket(ticket))] : []),
  ];
};

/** What is offered when a ticket was closed. */
export const closedButtons = ({ kind, ticket }: Run) =>
  kind === 'close' && ticket.number !== null
    ? [button('Session log', 'session:log', { value: String(ticket.number) })]
    : [];
