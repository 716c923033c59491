import type { KnownBlock } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import { actions, button, header, line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';
import { age } from '../../tickets/slack/ticket-line.ts';
import type { Home } from '../read-home.ts';
import { keyProblem } from './connection-words.ts';
import { runBlocks } from './run-blocks.ts';

/** Each takes up to three of a view's 100 blocks. */
const SHOWN_RUNS = 8;
const SHOWN_REPLIES = 8;
/** Opens the form for a Syncro key. */
const CONNECT = 'key:connect';

const replyLine = (ticket: TicketSummary, links: Links, now: number): readonly Part[] => [
  { link: links.ticket(ticket.id), text: `#${ticket.number}` },
  ` ${shorten(ticket.subject, 100)} · ${shorten(ticket.customerName, 60)} replied`,
  ticket.updatedAt === null ? '' : ` · ${age(ticket.updatedAt, now)}`,
];

const moreRuns = (count: number): readonly KnownBlock[] =>
  count > 0 ? [note(`and ${count} more: their messages under Messages have the same buttons`)] : [];

const shownRuns = (all: Home['runs'], links: Links): readonly KnownBlock[] => [
  ...all.slice(0, SHOWN_RUNS).flatMap((run) => runBlocks(run, links)),
  ...moreRuns(all.length - SHOWN_RUNS),
];

/** What stands still until this person does something. */
export const needsBlocks = (home: Home, links: Links, now: number): readonly KnownBlock[] => {
  const asking = home.runs.filter(({ state }) => state === 'asking');
  const replies = (home.tickets?.rows ?? []).filter(({ customerReplied }) => customerReplied);
  const problem = keyProblem(home.connection, home.failure);
  if (asking.length + replies.length === 0 && problem === null) return [];
  const rows = replies.slice(0, SHOWN_REPLIES).map((ticket) => replyLine(ticket, links, now));
  if (replies.length > rows.length) rows.push([`and ${replies.length - rows.length} more, marked below`]);
  return [
    header('! Needs you'),
    ...(problem === null
      ? []
      : [line({ bold: '! ' }, problem), actions('connect', [button('Connect', CONNECT, { style: 'primary' })])]),
    ...shownRuns(asking, links),
    ...(rows.length > 0 ? [lines(...rows)] : []),
  ];
};

/** What goes on by itself. */
export const underWayBlocks = ({ runs }: Home, links: Links): readonly KnownBlock[] => {
  const open = runs.filter(({ state }) => state !== 'asking');
  return open.length === 0 ? [] : [header('Under way'), ...shownRuns(open, links)];
};
