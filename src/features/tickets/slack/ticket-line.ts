import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { formatTimer } from '../../../shared/minutes.ts';
import { menu, option, row } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';
import { NOTHING_STANDS_OUT, type StandingOut, urgencyOf } from '../open-list.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** How long ago, short: `5 d`, `3 h`, `now`. */
export const age = (at: number | null, now: number): string => {
  if (at === null) return '';
  const ms = Math.max(0, now - at);
  if (ms >= DAY_MS) return `${Math.floor(ms / DAY_MS)} d`;
  return ms >= HOUR_MS ? `${Math.floor(ms / HOUR_MS)} h` : 'now';
};

const MARKS = { replied: '↩', running: '▸', overdue: '!' } as const;

type Shown = {
  readonly out?: StandingOut;
  /** What stands beside the number; else the status and the customer. */
  readonly beside?: (ticket: TicketSummary) => readonly string[];
};

const statusAndCustomer = ({ status, customerName }: TicketSummary): readonly string[] => [status, customerName];

/** The one way to show a ticket in a list: `↩ #32164 New · Jerry Burger`, and below it `Own cloud thing again · 2 d`. */
export const ticketRows = (
  tickets: readonly TicketSummary[],
  links: Links,
  now: number,
  { out = NOTHING_STANDS_OUT, beside = statusAndCustomer }: Shown = {},
): readonly KnownBlock[] =>
  tickets.map((ticket) => {
    const { id, number, subject, updatedAt } = ticket;
    const urgency = urgencyOf(ticket, out);
    const minutes = out.timers.get(number);
    return row(urgency && MARKS[urgency], { link: links.ticket(id), text: `#${number}` }, beside(ticket), [
      subject,
      age(updatedAt, now),
      minutes === undefined ? '' : `timer ${formatTimer(minutes)}`,
      out.overdue.has(number) ? 'overdue' : out.dueToday.has(number) ? 'due today' : '',
    ]);
  });

/** A menu of the tickets of a list: choosing one shows its card. */
export const ticketPicker = (tickets: readonly TicketSummary[], placeholder = 'Open a ticket'): ActionsBlockElement =>
  menu(
    placeholder,
    'ticket:show',
    tickets
      .slice(0, 100)
      .map(({ number, subject, customerName }) =>
        option(`#${number} ${subject} · ${customerName}`.replace(/\s+/g, ' '), String(number)),
      ),
  );
