import { slackDate } from '../../picture/slack-date.ts';
import { h, type Tree } from '../../picture/tree.ts';
import type { RequestPart, TicketPart } from '../shapes.ts';
import { shownWith } from './shown.ts';
import { received, ui } from './state.ts';
import { TRIALS } from './try-this.ts';

const when = (at: number, format = '{date_short_pretty}, {time}'): string => slackDate(at, format, shownWith());

const tryThis = (): Tree =>
  h(
    'section',
    { class: 'card try', 'aria-label': 'Try this' },
    h(
      'h2',
      {},
      h(
        'button',
        { type: 'button', 'data-do': 'toggleTry', 'aria-expanded': ui.trying ? 'true' : 'false', class: 'fold' },
        ui.trying ? '▾ Try this' : '▸ Try this',
      ),
    ),
    ui.trying || ui.pane === 'try'
      ? h(
          'ol',
          {},
          ...TRIALS.map(({ name, title, about }) =>
            h(
              'li',
              { 'data-key': name },
              h(
                'button',
                { type: 'button', class: 'trial', 'data-do': 'try', 'data-trial': name },
                ui.tried.has(name) ? `${title} ✓` : title,
              ),
              h('span', {}, about),
            ),
          ),
        )
      : null,
  );

const toggle = (label: string, about: string, on: boolean, attrs: Record<string, string>): Tree =>
  h(
    'button',
    {
      type: 'button',
      class: on ? 'switch on' : 'switch',
      'aria-pressed': on ? 'true' : 'false',
      title: about,
      'data-key': label,
      ...attrs,
    },
    label,
  );

const breakIt = (): Tree | null => {
  const { switches, app } = received;
  if (!switches || !app) return null;
  return h(
    'section',
    { class: 'card', 'aria-label': 'Break it' },
    h('h2', {}, 'Break it'),
    h(
      'div',
      { class: 'switches' },
      ...switches.faults.map(({ name, label, about, on }) =>
        toggle(label, about, on, { 'data-do': 'fault', 'data-name': name }),
      ),
      toggle('Syncro down', 'Every connection is cut until it is up again', switches.down, { 'data-do': 'down' }),
      toggle('Kill the app at the next write', 'After it landed, before its answer', switches.killAtWrite, {
        'data-do': 'killAtWrite',
      }),
      h(
        'button',
        { type: 'button', class: 'switch kill', 'data-do': 'kill', disabled: app.pid === null },
        'Kill the app now',
      ),
    ),
    h(
      'label',
      { class: 'latency' },
      h('span', {}, 'Syncro answers after '),
      h('input', {
        type: 'range',
        id: 'latency',
        min: '0',
        max: String(switches.maxLatencyMs),
        step: '20',
        value: String(switches.latencyMs),
      }),
      h('output', {}, `${switches.latencyMs} ms`),
    ),
    h(
      'p',
      { class: 'fine' },
      `The app: process ${app.pid ?? 'none'}, ${app.state === 'dead' ? 'killed' : app.state}, over ${received.info?.mode === 'socket' ? 'Socket Mode' : 'signed HTTP'}${app.deaths > 0 ? `, killed ${app.deaths === 1 ? 'once' : `${app.deaths} times`}` : ''}`,
    ),
  );
};

/** What is so new that it is worth a glance. */
const NEW_MS = 4_000;
const landed = (at: number, kind = ''): string => (Date.now() - at < NEW_MS ? `${kind} landed` : kind).trim();

const fact = (key: string, at: number, mark: string, ...children: readonly (string | Tree)[]): Tree =>
  h(
    'li',
    { class: landed(at, 'fact'), 'data-key': key },
    h('span', { class: 'kind' }, mark),
    h('div', { class: 'grow' }, ...children),
  );

const audienceClass = (audience: string): string =>
  audience.startsWith('e-mailed') ? 'audience mailed' : audience === 'internal only' ? 'audience internal' : 'audience';

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

const ticketCard = (): Tree => {
  const { ticket, tickets } = received;
  return h(
    'section',
    { class: 'card ticket', 'aria-label': 'Ticket in Syncro' },
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

const statusTree = ({ status, writes }: RequestPart): Tree => {
  if (status === null) return h('td', { class: 'answer' }, '…');
  if (status === 0) return h('td', { class: 'answer bad' }, 'no answer');
  return h('td', { class: status >= 400 ? 'answer bad' : writes ? 'answer good' : 'answer' }, String(status));
};

const requestLog = (): Tree =>
  h(
    'section',
    { class: 'card requests', 'aria-label': 'Requests to Syncro' },
    h('h2', {}, 'Requests to Syncro'),
    (received.requests?.length ?? 0) === 0
      ? h('p', { class: 'fine' }, 'Nothing yet.')
      : h(
          'div',
          { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Log of requests' },
          h(
            'table',
            {},
            h(
              'thead',
              {},
              h('tr', {}, ...['Time', 'What', 'Answer', 'As'].map((head) => h('th', { scope: 'col' }, head))),
            ),
            h(
              'tbody',
              {},
              ...(received.requests ?? []).map((request) =>
                h(
                  'tr',
                  {
                    class: landed(request.at, request.writes ? 'writes' : ''),
                    'data-key': request.id,
                    title: `${request.method} ${request.path}`,
                  },
                  h('td', {}, when(request.at, '{time_secs}')),
                  h(
                    'td',
                    {},
                    request.what,
                    request.ticket === null ? null : h('span', { class: 'fine' }, ` #${request.ticket}`),
                  ),
                  statusTree(request),
                  h('td', {}, request.technician),
                ),
              ),
            ),
          ),
        ),
  );

/** The second pane: what Syncro holds, what went there, and the ways to break it. */
export const syncroPane = (): Tree =>
  h(
    'aside',
    { class: 'syncro', 'data-key': 'syncro', 'aria-label': 'Syncro', id: 'syncro', tabindex: '-1' },
    h('div', { class: 'brand' }, h('b', {}, 'Syncro'), h('span', { class: 'fine' }, ' as it is right now')),
    tryThis(),
    breakIt(),
    ticketCard(),
    requestLog(),
  );

export const paneTabs = (): Tree =>
  h(
    'nav',
    { class: 'panes', 'data-key': 'panes', 'aria-label': 'Panes' },
    ...(['slack', 'syncro', 'try'] as const).map((pane) =>
      h(
        'button',
        {
          type: 'button',
          'data-do': 'pane',
          'data-pane': pane,
          'aria-current': ui.pane === pane ? 'page' : undefined,
          class: ui.pane === pane ? 'here' : undefined,
        },
        pane === 'slack' ? 'Slack' : pane === 'syncro' ? 'Syncro' : 'Try this',
      ),
    ),
  );
