import type { TicketsSummary } from '../../app/summarize-tickets.ts';
import { actions, header, line, note, table } from '../blocks.ts';
import type { Links } from './links.ts';
import { type Reply, reply } from './reply.ts';
import { ticketLine } from './ticket-line.ts';
import { ticketPicker } from './ticket-picker.ts';

const SHOWN = 20;

const everyone = ({ byStatus, unassigned, partial }: TicketsSummary): string => {
  const counts = byStatus.slice(0, 12).map(({ status, count }) => `${count} ${status}`);
  if (unassigned > 0) counts.push(`${unassigned} unassigned`);
  return `Everyone: ${counts.join(' · ') || 'no open tickets'}${partial ? ' (of the first pages; there are more)' : ''}`;
};

/** `/syncro` alone: my open tickets, then everyone's by status. */
export const summaryMessage = (summary: TicketsSummary, links: Links, now: number): Reply => {
  const { mine } = summary;
  const title = `Your open tickets · ${mine.length}`;
  const shown = mine.slice(0, SHOWN);
  return reply(`${title}. ${everyone(summary)}`, [
    header(title),
    shown.length > 0
      ? table(shown.map((ticket) => ticketLine(ticket, links, now)))
      : line('Nothing is open for you. Enjoy it.'),
    ...(mine.length > shown.length ? [note(`and ${mine.length - shown.length} more, changed longer ago`)] : []),
    line(everyone(summary)),
    ...(mine.length > 0 ? [actions('tickets', [ticketPicker(mine)])] : []),
    note('/syncro ticket <number> · /syncro bill <number> · /syncro search <words> · /syncro help'),
  ]);
};
