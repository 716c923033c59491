import { h, type Tree } from '../../picture/tree.ts';
import type { EventPart, RequestPart } from '../shapes.ts';
import { landed, when } from './shown.ts';
import { received, ui } from './state.ts';

/** Without AM and PM: there is no room, and nobody looks back so far. */
const time = (at: number): Tree => h('td', {}, when(at, '{time_secs}').replace(/ [AP]M$/, ''));

const requestRow = ({ id, at, method, path, what, writes, ticket, technician, answer, outcome }: RequestPart): Tree =>
  h(
    'tr',
    { class: landed(at, writes ? 'writes' : 'read'), 'data-key': id, title: `${method} ${path}` },
    time(at),
    h('td', {}, what, ticket === null ? null : h('span', { class: 'fine' }, ` #${ticket}`)),
    h('td', { class: `answer ${outcome}` }, answer),
    h('td', {}, technician),
  );

const eventRow = ({ at, words, isTrouble }: EventPart): Tree =>
  h(
    'tr',
    { class: landed(at, isTrouble ? 'event bad' : 'event'), 'data-key': `${at} ${words}` },
    time(at),
    h('td', { colspan: '3' }, words),
  );

/** Newest first. */
const rows = (): readonly Tree[] => {
  const requests = (received.requests ?? []).filter(({ writes }) => writes || ui.withReads);
  return [
    ...(received.events ?? []).map((event) => ({ at: event.at, row: eventRow(event) })),
    ...requests.map((request) => ({ at: request.at, row: requestRow(request) })),
  ]
    .toSorted((a, b) => b.at - a.at)
    .map(({ row }) => row);
};

const table = (shown: readonly Tree[]): Tree =>
  h(
    'table',
    { class: 'log' },
    h('thead', {}, h('tr', {}, ...['Time', 'What', 'Answer', 'As'].map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...shown),
  );

/** What went to Syncro and under whose name, and what happened to the app meanwhile. */
export const requestLog = (): readonly Tree[] => {
  const shown = rows();
  const attrs = {
    type: 'button',
    class: ui.withReads ? 'switch on' : 'switch',
    'aria-pressed': ui.withReads ? 'true' : 'false',
    'data-do': 'withReads',
  };
  return [
    h('div', { class: 'pick' }, h('h3', { class: 'grow' }, 'Requests to Syncro'), h('button', attrs, 'Reads too')),
    shown.length === 0
      ? h('p', { class: 'fine' }, ui.withReads ? 'Nothing yet.' : 'Nothing was written yet.')
      : table(shown),
  ];
};
