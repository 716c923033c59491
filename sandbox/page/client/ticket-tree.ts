import { h, type Tree } from '../../picture/tree.ts';
import type { TicketPart } from '../shapes.ts';
import { customerPanel } from './customer-tree.ts';
import { requestLog } from './log-tree.ts';
import { landed, when } from './shown.ts';
import { received, type Side, ui } from './state.ts';

const fact = (key: string, at: number, mark: string, ...children: readonly (string | Tree)[]): Tree =>
  h(
    'li',
    { class: landed(at, 'fact'), 'data-key': key },
    h('span', { class: 'kind' }, mark),
    h('div', { class: 'grow' }, ...children),
  );

const audienceClass = (audience: string): string =>
  audience.startsWith('emailed') ? 'audience mailed' : audience === 'internal only' ? 'audience internal' : 'audience';

const facts = (ticket: TicketPart): readonly Tree[] => [
  ...ticket.invoices.map(({ id, at, number, total, by, paid }) =>
    fact(`invoice-${id}`, at, 'Invoice', h('b', {}, `#${number} · ${total}`), ` by ${by}${paid ? ', paid' : ''}`),
  ),
  ...ticket.lines.map(({ id, at, quantity, name, amount, by, invoiced }) =>
    fact(
      `line-${id}`,
      at,
      'Line',
      h('b', {}, `${quantity} h × ${name}`),
      ` ${amount} by ${by}, ${invoiced ? 'invoiced' : 'not invoiced'}`,
    ),
  ),
  ...ticket.timers.map(({ id, at, minutes, by, charged }) =>
    fact(
      `timer-${id}`,
      at,
      'Timer',
      h('b', {}, minutes === null ? 'running' : `${minutes} min`),
      ` ${by}, ${when(at)}, ${charged ? 'charged' : 'not charged'}`,
    ),
  ),
  ...ticket.comments.map(({ id, at, by, audience, text }) =>
    fact(
      `comment-${id}`,
      at,
      'Comment',
      h(
        'div',
        { class: 'about' },
        h('b', {}, by),
        ` ${when(at)} `,
        h('span', { class: audienceClass(audience) }, audience),
      ),
      h('div', { class: 'said' }, text),
    ),
  ),
];

const about = (ticket: TicketPart): Tree =>
  h(
    'p',
    { class: 'fine' },
    `${ticket.customer} · ${ticket.technician}${ticket.prepaidHours === null ? '' : ` · prepaid ${Number(ticket.prepaidHours)} h`}`,
  );

const count = (what: string, number: number): Tree =>
  h('span', { class: number > 0 ? 'some' : undefined, 'data-key': what }, `${what} ${number}`);

const SIDES: readonly (readonly [Side, string])[] = [
  ['customer', 'Customer'],
  ['syncro', 'Syncro'],
  ['requests', 'Requests'],
];

const sideTab = ([side, label]: (typeof SIDES)[number]): Tree =>
  h(
    'button',
    {
      type: 'button',
      class: side === ui.side ? 'tab here' : 'tab',
      role: 'tab',
      'aria-selected': side === ui.side ? 'true' : 'false',
      tabindex: side === ui.side ? '0' : '-1',
      'data-do': 'side',
      'data-side': side,
    },
    label,
  );

const panel = (ticket: TicketPart): readonly Tree[] => {
  if (ui.side === 'customer') return customerPanel(ticket);
  if (ui.side === 'syncro')
    return [about(ticket), h('ul', { 'aria-label': 'What is on the ticket' }, ...facts(ticket))];
  return requestLog();
};

/** What arrived: at the customer, in Syncro, and over the wire. */
export const ticketCard = (): Tree => {
  const { ticket, tickets } = received;
  return h(
    'section',
    { class: 'card ticket', 'aria-label': 'What arrived' },
    h(
      'div',
      { class: 'pick' },
      h('h2', {}, 'Ticket'),
      h('input', {
        id: 'ticket',
        type: 'text',
        inputmode: 'numeric',
        list: 'tickets',
        'aria-label': 'Ticket number',
        value: String(ui.ticket),
      }),
      h(
        'datalist',
        { id: 'tickets' },
        ...(tickets ?? []).map(({ number, subject }) => h('option', { value: String(number) }, subject)),
      ),
      h('span', { class: 'grow' }),
      ticket
        ? h('span', { class: landed(ticket.updatedAt, 'status'), 'data-key': `status-${ticket.status}` }, ticket.status)
        : null,
    ),
    ...(ticket
      ? [
          h('p', { class: 'subject' }, ticket.subject),
          h(
            'p',
            { class: 'counts', role: 'status' },
            count('emails', ticket.mails.length),
            ' · ',
            count('lines', ticket.lines.length),
            ' · ',
            count('invoices', ticket.invoices.length),
          ),
          h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What arrived' }, ...SIDES.map(sideTab)),
          h(
            'div',
            {
              class: 'arrived-there',
              role: 'tabpanel',
              tabindex: '0',
              'aria-label': 'What arrived',
              'data-key': ui.side,
            },
            ...panel(ticket),
          ),
        ]
      : [h('p', { class: 'fine' }, `Syncro has no ticket #${ui.ticket}.`)]),
  );
};
