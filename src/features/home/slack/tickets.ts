import type { KnownBlock } from '@slack/types';
import { isAppError } from '../../../shared/errors.ts';
import { actions, button, header, line, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { openListValue } from '../../tickets/slack/open-list.ts';
import { SHOWN } from '../../tickets/slack/summary.ts';
import { ticketPicker, ticketRows } from '../../tickets/slack/ticket-line.ts';
import type { Home } from '../read-home.ts';
import { keyProblem, shownReplies } from './needs.ts';

/** Why the list is missing or old. */
const failureLine = ({ tickets, failure, connection }: Home, downSince: number | null): readonly KnownBlock[] => {
  if (failure === null) return [];
  const old: readonly Part[] = tickets === null ? [] : [' Everything below is from ', { date: tickets.readAt }, '.'];
  if (keyProblem(connection, failure) !== null)
    return tickets === null ? [line('Your tickets could not be read.')] : [line('Not read again.', ...old)];
  const code = isAppError(failure) ? failure.code : null;
  if (code === 'unreachable' && downSince !== null)
    return [line("⏳ Syncro hasn't answered since ", { clock: downSince }, '.', ...old)];
  const words = isAppError(failure) ? failure.message : 'something went wrong on our side.';
  return [line({ bold: '! ' }, 'Your tickets could not be read: ', words, ...old)];
};

/** What was read a while ago, or copied, says so until it is read again. */
export const asOfLine = ({ isFresh, tickets, failure }: Home): readonly KnownBlock[] =>
  isFresh || tickets === null || failure !== null ? [] : [line('As of ', { time: tickets.readAt })];

/** The technician's open tickets as last read, and why they are not newer. */
export const ticketBlocks = (
  home: Home,
  links: Links,
  now: number,
  downSince: number | null,
): readonly KnownBlock[] => {
  const { tickets, failure } = home;
  const trouble = [...failureLine(home, downSince), ...asOfLine(home)];
  if (tickets === null)
    return [header('Your open tickets'), ...(failure === null ? [line('⏳ Reading your tickets …')] : trouble)];
  const { rows, out, more } = tickets;
  const above = new Set(shownReplies(home));
  const shown = rows.filter((ticket) => !above.has(ticket)).slice(0, SHOWN);
  const count = `${rows.length}${more ? '+' : ''}`;
  const isAll = shown.length + above.size === rows.length && !more;
  return [
    header(`Your open tickets · ${count}`),
    ...trouble,
    ...ticketRows(shown, links, now, { out }),
    ...(rows.length > 0
      ? [
          actions('tickets', [
            ticketPicker(rows),
            ...(isAll ? [] : [button(`Show all ${count}`, 'open:mine', { value: openListValue({ by: 'mine' }, 1) })]),
          ]),
        ]
      : [line('Nothing open. Nice.')]),
  ];
};
