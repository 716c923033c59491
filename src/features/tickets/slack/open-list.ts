import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import { actions, button, header, leafing, line, menu, note, option } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { OpenList } from '../list-open.ts';
import { type OpenFilter, type StatusCount, statusKey } from '../open-list.ts';
import { ticketPicker, ticketRows } from './ticket-line.ts';

/** What a button of a list asks for; read back in list-buttons.ts. */
export const openListValue = (filter: OpenFilter, page: number): string =>
  JSON.stringify({ f: filter.by, ...(filter.by === 'status' ? { s: statusKey(filter.status) } : {}), p: page });

type Words = { readonly title: string; readonly none: string };

const wordsFor = (filter: OpenFilter): Words => {
  switch (filter.by) {
    case 'mine':
      return { title: 'Your open tickets', none: 'Nothing open. Nice.' };
    case 'all':
      return { title: 'Open tickets', none: 'Nothing is open.' };
    case 'unassigned':
      return { title: 'Unassigned', none: 'Every open ticket has a technician.' };
    case 'replied':
      return { title: 'Customer replied', none: 'No customer is waiting for an answer.' };
    case 'overdue':
      return { title: 'Overdue', none: 'Nothing is overdue.' };
    case 'attention':
      return { title: 'Needs attention', none: 'Nothing is overdue, due today, unassigned or waiting too long.' };
    case 'status':
      return { title: filter.status, none: `No open ticket has the status "${shorten(filter.status, 75)}".` };
  }
};

const FILTERS = [
  ['mine', 'Mine'],
  ['all', 'Team'],
  ['unassigned', 'Unassigned'],
  ['replied', 'Replied'],
  ['overdue', 'Overdue'],
] as const;

const statusMenu = (byStatus: readonly StatusCount[], filter: OpenFilter): readonly ActionsBlockElement[] => {
  const options = byStatus
    .slice(0, 100)
    .map(({ status, count }) => option(`${shorten(status, 65)} · ${count}`, statusKey(status)))
    // Slack refuses an empty value.
    .filter(({ value }) => value !== '');
  const chosen = filter.by === 'status' ? options.find(({ value }) => value === statusKey(filter.status)) : undefined;
  return options.length === 0 ? [] : [menu('Status', 'open:status', options, chosen)];
};

const filterButtons = ({ filter, byStatus }: OpenList): KnownBlock =>
  // The block's name changes with the filter, or Slack's menu would go on showing the status that was chosen before.
  actions(`open-filters-${filter.by}`, [
    ...FILTERS.map(([by, text]) =>
      button(text, `open:${by}`, {
        value: openListValue({ by }, 1),
        ...(filter.by === by ? { style: 'primary' as const } : {}),
      }),
    ),
    ...statusMenu(byStatus, filter),
  ]);

/** A page of open tickets, with what it can be narrowed to. */
export const openListMessage = (list: OpenList, links: Links, now: number): Reply => {
  const { filter, rows, out, page, totalPages, count, partial } = list;
  const { title, none } = wordsFor(filter);
  const pages = totalPages > 1 ? ` · page ${page} of ${totalPages}` : '';
  const heading = `${shorten(title, 100)} · ${count}${partial && filter.by !== 'mine' ? '+' : ''}${pages}`;
  return reply(rows.length > 0 ? heading : `${heading}. ${none}`, [
    header(heading),
    ...(rows.length > 0
      ? [
          ...ticketRows(rows, links, now, { out }),
          actions('open', [ticketPicker(rows), ...leafing('open', list, (to) => openListValue(filter, to))]),
        ]
      : [line(none)]),
    filterButtons(list),
    ...(partial ? [note('Syncro has more open tickets than were read here.')] : []),
  ]);
};
