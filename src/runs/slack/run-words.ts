import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import { button, linkButton, type Part } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import { NO_CUSTOMER, type TicketNumber } from '../../syncro/ticket.ts';
import { currentIndex, currentStep, type Run, resultOf } from '../rules/run.ts';

/** A new ticket has its number when Syncro has answered. */
const numberOf = (run: Run): string | null =>
  run.ticket.number === null ? (resultOf(run, 'ticket')?.number ?? null) : String(run.ticket.number);

export const hasNumber = (run: Run): boolean => numberOf(run) !== null;

/** `#32164`, or the subject of a ticket that has no number yet. */
export const ticketName = (run: Run): string => {
  const number = numberOf(run);
  return number === null ? `"${shorten(run.ticket.subject, 100)}"` : `#${number}`;
};

/** Where something is looked for: on its ticket, or among the customer's. */
export const lookedAt = (run: Run): string => {
  if (currentStep(run)?.action.kind === 'customer') return 'among the customers';
  return hasNumber(run) ? `on ${ticketName(run)}` : `among the tickets of ${shorten(run.ticket.customerName, 100)}`;
};

/** `#32164` as a link, where its page is known. */
export const ticketPart = (run: Run, links: Links): Part => {
  const id = run.ticket.id ?? resultOf(run, 'ticket')?.id ?? null;
  return id === null || !hasNumber(run)
    ? { bold: ticketName(run) }
    : { link: links.ticket(id), text: ticketName(run), strong: true };
};

/** `Billing #32164 Own cloud thing again · Jerry Burger`, the number leading to its page. */
export const runTitle = (verb: string, run: Run, links: Links): readonly Part[] => {
  const { subject, customerName } = run.ticket;
  const about = hasNumber(run) ? ` ${shorten(subject, 150)}` : '';
  return [{ bold: `${verb} ` }, ticketPart(run, links), { bold: `${about} · ${shorten(customerName, 100)}` }];
};

/** Carries which run and which step: a button of an old message must not decide about a later step. */
const value = (run: Run): string => JSON.stringify({ r: run.id, s: currentIndex(run) });

/** A button about a run that is no decision of it. */
export const runButtonOf = (run: Run, text: string, actionId: string) => button(text, actionId, { value: value(run) });

export const runButton = (run: Run, text: string, decision: string) => runButtonOf(run, text, `run:${decision}`);

export const stopButton = (run: Run) => runButton(run, 'Stop', 'stop');

export const decisionButtons = (run: Run) => [
  runButton(run, 'Yes, go on', 'it_is_there'),
  runButton(run, 'No, send again', 'send_again'),
  stopButton(run),
];

export const openButtons = (run: Run, links: Links) => {
  const invoice = resultOf(run, 'invoice')?.id;
  const isGone = run.kind === 'delete' && run.state === 'done';
  const ticket = isGone ? null : (run.ticket.id ?? resultOf(run, 'ticket')?.id);
  const customer = resultOf(run, 'customer')?.id ?? run.ticket.customerId;
  return [
    ...(invoice ? [linkButton('Open invoice', 'invoice', links.invoice(invoice))] : []),
    ...(ticket ? [linkButton('Open ticket', 'ticket', links.ticket(ticket))] : []),
    // Where one looks whether a new ticket is there after all.
    ...(ticket || run.kind !== 'create' || customer === NO_CUSTOMER
      ? []
      : [linkButton('Open customer', 'customer', links.customer(customer))]),
  ];
};

/** Opens the preview of an invoice of what is charged on a ticket. */
export const INVOICE_TICKET = 'bill:invoice';

/** `Invoice $175.00`: what is charged on a ticket and on no invoice. */
export const invoiceButton = (number: TicketNumber, cents: number) =>
  button(`Invoice ${formatMoney(cents)}`, INVOICE_TICKET, { value: String(number) });

/** Opens what of a ticket can still be corrected. */
export const CORRECT_TICKET = 'correct:open';

export const correctButton = (number: TicketNumber, text = 'Correct…') =>
  button(text, CORRECT_TICKET, { value: String(number) });

/** What is offered when a ticket was closed. */
export const closedButtons = ({ ticket, ...run }: Run) =>
  run.kind === 'close' && ticket.number !== null
    ? [
        ...(run.uninvoicedCents ? [invoiceButton(ticket.number, run.uninvoicedCents)] : []),
        button('Session log', 'session:log', { value: String(ticket.number) }),
      ]
    : [];
