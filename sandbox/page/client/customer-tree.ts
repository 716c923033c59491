import { h, type Tree } from '../../picture/tree.ts';
import type { TicketPart } from '../shapes.ts';
import { landed, when } from './shown.ts';

const mail = ({ id, at, from, to, subject, text }: TicketPart['mails'][number]): Tree =>
  h(
    'li',
    { class: landed(at, 'mail'), 'data-key': `mail-${id}` },
    h('p', { class: 'fine pick' }, h('span', { class: 'grow' }, `From ${from}`), when(at, '{time}')),
    h('p', { class: 'fine' }, `To ${to}`),
    h('p', {}, h('b', {}, subject)),
    h('div', { class: 'said' }, text),
  );

const money = (text: string): Tree => h('td', { class: 'money' }, text);

const paper = ({ id, at, number, to, lines, tax, total, paid }: TicketPart['invoices'][number]): Tree =>
  h(
    'article',
    { class: landed(at, 'paper'), 'data-key': `invoice-${id}`, 'aria-label': `Invoice ${number}` },
    h(
      'div',
      { class: 'pick' },
      h('div', { class: 'grow' }, h('b', {}, 'Sample MSP'), h('p', { class: 'fine' }, `Billed to ${to}`)),
      h(
        'div',
        { class: 'money' },
        h('b', {}, `Invoice #${number}`),
        h('p', { class: 'fine' }, when(at, '{date_short}')),
      ),
    ),
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h('tr', {}, ...['Item', 'Hours', 'Rate', 'Amount'].map((head) => h('th', { scope: 'col' }, head))),
      ),
      h(
        'tbody',
        {},
        ...lines.map((line) =>
          h(
            'tr',
            { 'data-key': `line-${line.id}` },
            h('td', {}, line.name, h('p', { class: 'fine' }, line.text)),
            money(line.quantity),
            money(line.price),
            money(line.amount),
          ),
        ),
      ),
    ),
    tax === null ? null : h('p', { class: 'money' }, `Tax ${tax}`),
    h('p', { class: 'money total' }, `Total ${total}`, paid ? ' · paid' : ''),
  );

/** What reached the customer: their mail and their invoices. */
export const customerPanel = ({ address, mails, invoices }: TicketPart): readonly Tree[] => [
  h(
    'div',
    { class: 'pick' },
    h('h3', { class: 'grow' }, 'Inbox'),
    h('button', { type: 'button', class: 'switch', 'data-do': 'reply' }, 'Customer replies'),
  ),
  mails.length === 0
    ? h('p', { class: 'fine' }, address === null ? 'No email address.' : `No email to ${address} yet.`)
    : h('ul', { class: 'mails', 'aria-label': 'Inbox' }, ...mails.map(mail)),
  h('h3', {}, 'Invoice as the customer sees it'),
  ...(invoices.length === 0
    ? [h('p', { class: 'fine' }, 'No invoice yet.')]
    : invoices.toSorted((a, b) => b.at - a.at).map(paper)),
];
