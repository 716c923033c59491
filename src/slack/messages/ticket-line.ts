import { formatClock } from '../../domain/minutes.ts';
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
const AGE_WIDTH = 4;

/** `#32164` as a link, and the spaces up to the next column. */
export const numberColumn = ({ id, number }: Pick<TicketSummary, 'id' | 'number'>, links: Links): readonly Part[] => {
  const text = `#${number}`;
  return [{ link: links.ticket(id), text }, ' '.repeat(Math.max(2, 8 - text.length))];
};

/**
 * One ticket as a row of a fixed-width list: `#32164  New  Jerry Burger  Own cloud thing again  2 d`.
 * @param minutes what the reader's own clock on it has measured, when one runs
 */
export const ticketLine = (ticket: TicketSummary, links: Links, now: number, minutes?: number): readonly Part[] => {
  const columns = [
    column(ticket.status, STATUS_WIDTH),
    column(ticket.customerName, CUSTOMER_WIDTH),
    column(ticket.subject, SUBJECT_WIDTH),
    age(ticket.updatedAt, now).padEnd(AGE_WIDTH),
    ...(ticket.customerReplied ? ['↩ customer replied'] : []),
    ...(minutes === undefined ? [] : [`⏱ ${formatClock(minutes)}`]),
  ];
  return [...numberColumn(ticket, links), columns.join('  ').trimEnd()];
};
