import type { ActionsBlockElement } from '@slack/types';
import type { FoundTickets } from '../../app/search-tickets.ts';
import { shorten } from '../../domain/text.ts';
import { actions, button, line, note, table } from '../blocks.ts';
import type { Links } from './links.ts';
import { type Reply, reply } from './reply.ts';
import { ticketLine } from './ticket-line.ts';
import { ticketPicker } from './ticket-picker.ts';

const SHOWN = 25;

/** What a button of the list asks for; short keys, since Slack limits a value. */
const again = ({ words, openOnly, page }: FoundTickets, change: { openOnly?: boolean; page?: number }): string =>
  JSON.stringify({ q: shorten(words, 200), o: change.openOnly ?? openOnly, p: change.page ?? page });

const buttons = (found: FoundTickets): readonly ActionsBlockElement[] => {
  const { page, totalPages, openOnly, rows } = found;
  return [
    ...(rows.length > 0 ? [ticketPicker(rows)] : []),
    openOnly
      ? button('Also closed', 'search:all', { value: again(found, { openOnly: false, page: 1 }) })
      : button('Only open', 'search:open', { value: again(found, { openOnly: true, page: 1 }) }),
    ...(page > 1 ? [button('Previous', 'search:previous', { value: again(found, { page: page - 1 }) })] : []),
    ...(page < totalPages ? [button('Next', 'search:next', { value: again(found, { page: page + 1 }) })] : []),
  ];
};

export const foundTicketsMessage = (found: FoundTickets, links: Links, now: number): Reply => {
  const { words, rows, page, totalPages, openOnly } = found;
  const what = `${rows.length === 1 ? 'ticket' : 'tickets'} for "${shorten(words, 100)}"${openOnly ? ', only open ones' : ''}`;
  if (rows.length === 0)
    return reply(`No ${what}.`, [
      line(`No ${what}. Try fewer words, or a part of the subject or the customer's name.`),
      actions('found', buttons(found)),
    ]);
  const pages = totalPages > 1 ? ` on page ${page} of ${totalPages}` : '';
  const shown = rows.slice(0, SHOWN);
  return reply(`${rows.length} ${what}${pages}`, [
    line({ bold: `${rows.length} ${what}` }, pages),
    table(shown.map((ticket) => ticketLine(ticket, links, now))),
    ...(rows.length > shown.length
      ? [note(`and ${rows.length - shown.length} more on this page: choose below, or use more words`)]
      : []),
    actions('found', buttons(found)),
  ]);
};
