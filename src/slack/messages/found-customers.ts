import type { CustomerCard, FoundCustomers } from '../../app/search-customers.ts';
import type { CustomerSummary } from '../../domain/customer.ts';
import { formatHours } from '../../domain/minutes.ts';
import { shorten } from '../../domain/text.ts';
import { actions, button, column, line, lines, linkButton, note, option, type Part, table } from '../blocks.ts';
import type { Links } from './links.ts';
import { type Reply, reply } from './reply.ts';
import { ticketLine } from './ticket-line.ts';
import { ticketPicker } from './ticket-picker.ts';

const SHOWN = 25;
const SHOWN_CONTACTS = 8;
const SHOWN_TICKETS = 10;

/** Alike names are told apart by city, phone and e-mail; Slack takes no link without words. */
const customerLine = ({ id, name, phone, email, city }: CustomerSummary, links: Links): readonly Part[] => {
  const shown = column(name, 28).trimEnd() || `Customer ${id}`;
  return [
    { link: links.customer(id), text: shown },
    `${' '.repeat(Math.max(0, 28 - column(shown, 28).trimEnd().length))}  ${column(phone ?? '', 16)}  ${column(city ?? '', 16)}  ${shorten(email ?? '', 60)}`,
  ];
};

export const foundCustomersMessage = (found: FoundCustomers, links: Links): Reply => {
  const { words, rows, page, totalPages } = found;
  const what = `${rows.length === 1 ? 'customer' : 'customers'} for "${shorten(words, 100)}"`;
  if (rows.length === 0)
    return reply(`No ${what}.`, [line(`No ${what}. Try a part of the name, the phone number or the e-mail.`)]);
  const value = (p: number) => JSON.stringify({ q: shorten(words, 200), p });
  return reply(`${rows.length} ${what}`, [
    line({ bold: `${rows.length} ${what}` }, totalPages > 1 ? ` · page ${page} of ${totalPages}` : ''),
    table(rows.slice(0, SHOWN).map((row) => customerLine(row, links))),
    actions('customers', [
      {
        type: 'static_select',
        action_id: 'customer:show',
        placeholder: { type: 'plain_text', text: 'Open a customer' },
        options: rows
          .slice(0, 100)
          .map(({ id, name, city, phone }) => option([name, city ?? phone].filter(Boolean).join(' · '), String(id))),
      },
      ...(page > 1 ? [button('Previous', 'customers:previous', { value: value(page - 1) })] : []),
      ...(page < totalPages ? [button('Next', 'customers:next', { value: value(page + 1) })] : []),
    ]),
  ]);
};

export const customerCardMessage = (
  { customer, contacts, openTickets, moreTickets }: CustomerCard,
  links: Links,
  now: number,
): Reply => {
  const reach = [customer.phone, customer.email, customer.city].filter(Boolean).join(' · ');
  const block = customer.prepaidHundredths
    ? `Prepaid block: ${formatHours(customer.prepaidHundredths)} h`
    : 'No prepaid block';
  const people = contacts
    .slice(0, SHOWN_CONTACTS)
    .map(({ name, phone, email }): readonly Part[] => [shorten([name, phone, email].filter(Boolean).join(' · '), 200)]);
  if (contacts.length > SHOWN_CONTACTS) people.push([`and ${contacts.length - SHOWN_CONTACTS} more contacts`]);
  const shown = openTickets.slice(0, SHOWN_TICKETS);
  const count = `${openTickets.length}${moreTickets ? '+' : ''}`;
  return reply(`${customer.name}: ${count} open tickets. ${block}`, [
    lines([{ bold: customer.name }], [reach || 'no phone, no e-mail'], [block]),
    ...(people.length > 0 ? [lines([{ bold: 'Contacts' }], ...people)] : []),
    line({ bold: `Open tickets · ${count}` }),
    ...(shown.length > 0 ? [table(shown.map((ticket) => ticketLine(ticket, links, now)))] : []),
    ...(openTickets.length > shown.length ? [note(`and ${openTickets.length - shown.length} more: choose below`)] : []),
    actions('customer', [
      ...(openTickets.length > 0 ? [ticketPicker(openTickets)] : []),
      button('New ticket', 'create:open', { value: String(customer.id) }),
      linkButton('Open in Syncro', 'customer', links.customer(customer.id)),
    ]),
  ]);
};
