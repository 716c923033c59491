import type { ActionsBlockElement } from '@slack/types';
import { INVOICE_TICKET } from '../../../runs/slack/run-words.ts';
import { formatMoney } from '../../../shared/money.ts';
import { actions, button, header, line, menu, note, option } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { FoundUninvoiced, Uninvoiced } from '../find-uninvoiced.ts';
import { ticketPicker, ticketRows } from './ticket-line.ts';

const SHOWN = 20;

/** `2 resolved, never invoiced: $262.50`. */
export const neverInvoiced = ({ tickets }: FoundUninvoiced): string =>
  `${tickets.length} resolved, never invoiced: ${formatMoney(tickets.reduce((sum, { amountCents }) => sum + amountCents, 0))}`;

/** `12 more`, `12+ more`, `more`; `''`: all were looked into. */
export const notLookedInto = ({ unread, more }: FoundUninvoiced): string => {
  if (unread === 0) return more ? 'more' : '';
  return `${unread}${more ? '+' : ''} more`;
};

/** What is not forgotten: a recurring invoice is to take it. */
const promisedText = ({ tickets, amountCents }: NonNullable<FoundUninvoiced['promised']>): string =>
  `${formatMoney(amountCents)} more is waiting for recurring invoices, on ${tickets} ${tickets === 1 ? 'ticket' : 'tickets'}.`;

/** A menu of them: choosing one shows what its invoice would be. */
const invoicePicker = (found: readonly Uninvoiced[]): ActionsBlockElement =>
  menu(
    'Invoice a ticket',
    INVOICE_TICKET,
    found
      .slice(0, 100)
      .map(({ ticket: { number, subject }, amountCents }) =>
        option(`${formatMoney(amountCents)} · #${number} ${subject}`.replace(/\s+/g, ' '), String(number)),
      ),
  );

/** What was resolved although something on it was never invoiced: the money that is easily forgotten. */
export const uninvoicedMessage = (found: FoundUninvoiced, links: Links, now: number): Reply => {
  const { tickets } = found;
  const unread = notLookedInto(found);
  const title = tickets.length === 0 ? 'Nothing resolved is left to invoice' : neverInvoiced(found);
  const amounts = new Map(tickets.map(({ ticket, amountCents }) => [ticket.id, formatMoney(amountCents)]));
  const all = tickets.map(({ ticket }) => ticket);
  const shown = ticketRows(all.slice(0, SHOWN), links, now, {
    beside: ({ id, customerName }) => [amounts.get(id) ?? '', customerName],
  });
  const buttons = [
    ...(all.length > 0 ? [invoicePicker(tickets), ticketPicker(all)] : []),
    ...(unread ? [button('Check more', 'open:further')] : []),
  ];
  return reply(title, [
    header(title),
    ...(all.length > 0 ? shown : [line('Everything checked from the last 60 days is invoiced.')]),
    ...(all.length > shown.length ? [note(`and ${all.length - shown.length} more: choose below`)] : []),
    ...(unread ? [note(`${unread} resolved tickets not checked yet.`.replace(/^m/, 'M'))] : []),
    ...(found.promised ? [note(promisedText(found.promised))] : []),
    ...(buttons.length > 0 ? [actions('uninvoiced', buttons)] : []),
  ]);
};
