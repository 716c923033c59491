import type { KnownBlock } from '@slack/types';
import { phoneText } from '../../../shared/name-words.ts';
import { shorten } from '../../../shared/text.ts';
import {
  actions,
  button,
  header,
  leafing,
  line,
  lines,
  linkButton,
  menu,
  note,
  option,
  type Part,
  row,
} from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';
import { prepaidText } from '../../tickets/slack/ticket-card.ts';
import { ticketPicker, ticketRows } from '../../tickets/slack/ticket-line.ts';
import type { CustomerCard, FoundCustomers } from '../search-customers.ts';
import { customerLabels } from './customer-options.ts';

const SHOWN_CONTACTS = 8;
const SHOWN_TICKETS = 10;
/** Alike names are told apart by phone, city and email; Slack takes no link without words. */
const customerRow = ({ id, name, phone, email, city }: CustomerSummary, links: Links): KnownBlock =>
  row(
    null,
    { link: links.customer(id), text: shorten(name.replace(/\s+/g, ' ').trim(), 120) || `Customer ${id}` },
    [],
    [phoneText(phone ?? ''), city ?? '', email ?? ''],
  );

export const foundCustomersMessage = (found: FoundCustomers, links: Links): Reply => {
  const { words, rows, count, page, totalPages, more } = found;
  const what = `${count === 1 ? 'customer' : 'customers'} for "${shorten(words, 100)}"`;
  if (rows.length === 0)
    return reply(`No ${what}.`, [line(`No ${what}. Try part of the name, the phone number or the email.`)]);
  const labels = customerLabels(rows);
  const heading = `${count}${more ? '+' : ''} ${what}`;
  const pages = more ? ` · page ${page}` : totalPages > 1 ? ` · page ${page} of ${totalPages}` : '';
  return reply(`${heading}${pages}`, [
    header(`${heading}${pages}`),
    ...rows.map((one) => customerRow(one, links)),
    actions('customers', [
      menu(
        'Open a customer',
        'customer:show',
        rows.slice(0, 100).map(({ id }) => option(labels.get(id) ?? `Customer ${id}`, String(id))),
      ),
      ...leafing('customers', found, (p) => JSON.stringify({ q: words, p })),
    ]),
  ]);
};

export const customerCardMessage = (
  { customer, contacts, openTickets, moreTickets }: CustomerCard,
  links: Links,
  now: number,
): Reply => {
  const reach = [phoneText(customer.phone ?? ''), customer.email, customer.city].filter(Boolean).join(' · ');
  const block = prepaidText(customer.prepaidHundredths);
  const people = contacts
    .slice(0, SHOWN_CONTACTS)
    .map(({ name, phone, email }): readonly Part[] => [
      shorten([name, phoneText(phone ?? ''), email].filter(Boolean).join(' · '), 200),
    ]);
  if (contacts.length > SHOWN_CONTACTS) people.push([`and ${contacts.length - SHOWN_CONTACTS} more contacts`]);
  const shown = openTickets.slice(0, SHOWN_TICKETS);
  const count = `${openTickets.length}${moreTickets ? '+' : ''}`;
  return reply(`${customer.name}: ${count} open tickets. ${block}`, [
    lines(
      [
        {
          link: links.customer(customer.id),
          text: shorten(customer.name, 200) || `Customer ${customer.id}`,
          strong: true,
        },
      ],
      [reach || 'no phone, no email'],
      [block],
    ),
    ...(people.length > 0 ? [lines([{ bold: 'Contacts' }], ...people)] : []),
    line({ bold: `Open tickets · ${count}` }),
    ...(shown.length > 0 ? ticketRows(shown, links, now, { beside: ({ status }) => [status] }) : []),
    ...(openTickets.length > shown.length ? [note(`and ${openTickets.length - shown.length} more: choose below`)] : []),
    actions('customer', [
      ...(openTickets.length > 0 ? [ticketPicker(openTickets)] : []),
      button('New ticket', 'create:open', { value: String(customer.id) }),
      linkButton('Open in Syncro', 'customer', links.customer(customer.id)),
    ]),
  ]);
};
