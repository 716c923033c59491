import { h, type Tree } from '../../picture/tree.ts';
import type { TicketPart } from '../shapes.ts';
import { landed, when } from './shown.ts';
import { received, ui } from './state.ts';

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

/** The ticket as Syncro has it now. */
export const ticketCard = (): Tree => {
  const { ticket, tickets } = received;
  return h(
    'section',
    { class: 'card ticket', 'aria-label': 'Ticket in Syncro' },
    h(
      'div',
      { class: 'pick' },
      h('h2', {}, 'Ticket in Syncro'),
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
      ticket ? h('button', { type: 'button', class: 'switch', 'data-do': 'reply' }, 'Customer replies') : null,
    ),
    ticket
      ? h(
          'div',
          { class: 'facts', 'data-key': `ticket-${ticket.number}` },
          h('p', { class: 'subject' }, ticket.subject),
          h(
            'p',
            { class: 'fine' },
            h(
              'span',
              { class: landed(ticket.updatedAt, 'status'), 'data-key': `status-${ticket.status}` },
              ticket.status,
            ),
            ` ${ticket.customer} · ${ticket.technician}${ticket.prepaidHours === null ? '' : ` · prepaid ${Number(ticket.prepaidHours)} h`}`,
          ),
          h('ul', { tabindex: '0', 'aria-label': 'What is on the ticket' }, ...facts(ticket)),
        )
      : h('p', { class: 'fine' }, `Syncro has no ticket #${ui.ticket}.`),
  );
};
