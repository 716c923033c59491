import type { ActionsBlockElement } from '@slack/types';
import { INVOICE_TICKET } from '../../../runs/slack/run-words.ts';
import { formatMoney } from '../../../shared/money.ts';
import { actions, button, header, line, menu, note, option, type Part, table } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { FoundUninvoiced, Uninvoiced } from '../find-uninvoiced.ts';
import { age, columnsOf, numberColumn, ticketPicker } from './ticket-line.ts';

const SHOWN = 40;
const CUSTOMER_WIDTH = 22;
const SUBJECT_WIDTH = 60;
const AMOUNT_WIDTH = 13;
const AGE_WIDTH = 7;

export const uninvoicedTotal = ({ tickets }: FoundUninvoiced): string =>
  formatMoney(tickets.reduce((sum, { amountCents }) => sum + amountCents, 0));

/** `12 more`, `12+ more`, `more`; `''`: all were looked into. */
export const notLookedInto = ({ unread, more }: FoundUninvoiced): string => {
  if (unread === 0) return more ? 'more' : '';
  return `${unread}${more ? '+' : ''} more`;
};

const rowsOf = (found: readonly Uninvoiced[], links: Links, now: number): ReadonlyArray<readonly Part[]> => {
  const texts = columnsOf(
    found.map(({ ticket }) => [ticket.customerName, ticket.subject]),
    [CUSTOMER_WIDTH, SUBJECT_WIDTH],
    AMOUNT_WIDTH + AGE_WIDTH,
  );
  return found.map(({ ticket, amountCents }, i) => {
    const amount = formatMoney(amountCents).padStart(AMOUNT_WIDTH);
    return [
      ...numberColumn(ticket, links),
      `${texts[i]}${amount}${age(ticket.updatedAt, now).padStart(AGE_WIDTH)}`.trimEnd(),
    ];
  });
};

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
  const title =
    tickets.length === 0
      ? 'Resolved, not invoiced · none'
      : `Resolved, not invoiced · ${tickets.length} · ${uninvoicedTotal(found)}`;
  const shown = tickets.slice(0, SHOWN);
  const again = button('Check more', 'open:further');
  return reply(title, [
    header(title),
    ...(shown.length > 0
      ? [table(rowsOf(shown, links, now))]
      : [line('Everything that was resolved in the last 60 days is invoiced, as far as it was looked into.')]),
    ...(tickets.length > shown.length ? [note(`and ${tickets.length - shown.length} more: choose below`)] : []),
    ...(unread ? [note(`${unread} resolved tickets were not looked into yet.`.replace(/^m/, 'M'))] : []),
    ...(tickets.length > 0 || unread
      ? [
          actions('uninvoiced', [
            ...(tickets.length > 0 ? [invoicePicker(tickets), ticketPicker(tickets.map(({ ticket }) => ticket))] : []),
            ...(unread ? [again] : []),
          ]),
        ]
      : []),
  ]);
};
