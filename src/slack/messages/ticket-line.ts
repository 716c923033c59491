import type { TicketSummary } from '../../domain/ticket.ts';
import { column, type Part } from '../blocks.ts';
import type { Links } from './links.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** How long ago, short: `5 d`, `3 h`, `now`. */
export const age = (at: number | null, now: number): string => {
  if (at === null) return '';
  const ms = Math.max(0, now - at);
  if (ms >= DAY_MS) return `${Math.floor(ms / DAY_MS)} d`;
  return ms >= HOUR_MS ? `${Math.floor(ms / HOUR_MS)} h` : 'now';
};

const STATUS_WIDTH = 19;
const CUSTOMER_WIDTH = 22;
const SUBJECT_WIDTH = 40;

/** One ticket as a row of a fixed-width list: `#32164  New  Jerry Burger  Own cloud thing again  2 d`. */
export const ticketLine = (ticket: TicketSummary, links: Links, now: number): readonly Part[] => {
  const number = `#${ticket.number}`;
  return [
    { link: links.ticket(ticket.id), text: number },
    `${' '.repeat(Math.max(2, 8 - number.length))}${column(ticket.status, STATUS_WIDTH)}  ${column(ticket.customerName, CUSTOMER_WIDTH)}  ${column(ticket.subject, SUBJECT_WIDTH)}  ${age(ticket.updatedAt, now)}${ticket.customerReplied ? '  ↩ customer replied' : ''}`,
  ];
};
