import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import { actions, button, header, leafing, line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { ticketPicker, ticketRows } from '../../tickets/slack/ticket-line.ts';
import type { FoundTickets } from '../search-tickets.ts';

type Change = { readonly openOnly?: boolean; readonly mine?: boolean; readonly page?: number; readonly live?: true };

/** What a button of the list asks for; short keys, since Slack limits a value. */
const again = ({ words, openOnly, mine, page, live }: FoundTickets, change: Change): string =>
  JSON.stringify({
    q: words,
    o: change.openOnly ?? openOnly,
    m: change.mine ?? mine ?? false,
    p: change.page ?? page,
    ...((change.live ?? live) ? { l: true } : {}),
  });

const buttons = (found: FoundTickets): readonly ActionsBlockElement[] => {
  const { more, openOnly, mine, rows, source } = found;
  const to = (text: string, name: string, change: Change) =>
    button(text, `search:${name}`, { value: again(found, change) });
  const some = rows.length > 0 || more;
  return [
    ...(rows.length > 0 ? [ticketPicker(rows)] : []),
    ...(openOnly ? [to('Include closed', 'all', { openOnly: false, page: 1 })] : []),
    ...(!openOnly && some ? [to('Only open', 'open', { openOnly: true, page: 1 })] : []),
    ...(mine ? [to("Everyone's", 'everyone', { mine: false, page: 1 })] : []),
    ...(!mine && some ? [to('Mine', 'mine', { mine: true, page: 1 })] : []),
    ...leafing('search', found, (page) => again(found, { page })),
    ...(source.from === 'index' ? [to('Search Syncro live', 'live', { live: true, page: 1 })] : []),
  ];
};

const ago = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'under a minute ago';
  if (minutes < 120) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} hours ago` : `${Math.floor(minutes / 1440)} days ago`;
};

/** Where the answer comes from, when it is not what Syncro says now. */
const sourceNote = ({ source }: FoundTickets): readonly KnownBlock[] => {
  if (source.from === 'syncro') return [];
  const { ageMs, unread, syncroDown } = source;
  return [
    note(
      `Updated ${ago(ageMs)}${syncroDown ? ": Syncro isn't answering" : ''}.${unread ? " Some comments haven't been read yet." : ''}`,
    ),
  ];
};

/** What the comments say that tickets were found by; somebody else's words, so as they are. */
const inComments = ({ rows, hits }: FoundTickets, links: Links): readonly KnownBlock[] => {
  const said = rows.flatMap(({ id, number }) => {
    const hit = hits.get(id);
    if (!hit) return [];
    const when: readonly Part[] = hit.createdAt === null ? [] : [' · ', { day: hit.createdAt }];
    const parts: readonly Part[] = [
      ...[{ link: links.ticket(id), text: `#${number}` }, hit.authorName ? ` ${shorten(hit.authorName, 40)}` : ''],
      ...when,
      `${hit.hidden ? ' · internal' : ''}: ${hit.text}`,
    ];
    return [parts];
  });
  return said.length > 0 ? [lines([{ bold: 'In comments' }], ...said)] : [];
};

const pagesOf = ({ page, totalPages, more }: FoundTickets): string => {
  if (more) return ` · page ${page}`;
  return totalPages > 1 ? ` · page ${page} of ${totalPages}` : '';
};

const tips = ({ openOnly, mine, more }: FoundTickets, command: string): string => {
  if (more) return 'None on these pages: try the next ones.';
  const wider = openOnly || mine ? 'Widen the search with the buttons below. ' : '';
  return `${wider}Try fewer words, or part of the subject or the customer's name; ${command} customers <words> finds customers.`;
};

/** Tickets that were found, with what the search can be narrowed to. */
export const foundTicketsMessage = (found: FoundTickets, links: Links, now: number, command: string): Reply => {
  const { words, rows, count, more, atLeast, openOnly, mine } = found;
  const narrowed = `${openOnly ? ', only open ones' : ''}${mine ? ', only mine' : ''}`;
  const what = `${count === 1 && !more ? 'ticket' : 'tickets'} for "${shorten(words, 100)}"${narrowed}`;
  const offered = buttons(found);
  if (rows.length === 0)
    return reply(`No ${what}.`, [
      line(`No ${what}. ${tips(found, command)}`),
      ...(offered.length > 0 ? [actions('found', offered)] : []),
      ...sourceNote(found),
    ]);
  const heading = `${count}${more || atLeast ? '+' : ''} ${what}`;
  return reply(`${heading}${pagesOf(found)}`, [
    header(`${heading}${pagesOf(found)}`),
    ...ticketRows(rows, links, now),
    ...inComments(found, links),
    actions('found', offered),
    ...sourceNote(found),
  ]);
};
