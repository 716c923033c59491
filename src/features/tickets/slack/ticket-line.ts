import type { ActionsBlockElement, RichTextBlock } from '@slack/types';
import { formatTimer } from '../../../shared/minutes.ts';
import { column, menu, option, type Part, table, widthOf } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** How long ago, short: `5 d`, `3 h`, `now`. */
export const age = (at: number | null, now: number): string => {
  if (at === null) return '';
  const ms = Math.max(0, now - at);
  if (ms >= DAY_MS) return `${Math.floor(ms / DAY_MS)} d`;
  return ms >= HOUR_MS ? `${Math.floor(ms / HOUR_MS)} h` : 'now';
};

/** What fits on one line of Slack's desktop client, and the most that each column takes of it. */
const LINE_WIDTH = 107;
const STATUS_WIDTH = 20;
const CUSTOMER_WIDTH = 24;
const SUBJECT_WIDTH = 60;
const AGE_WIDTH = 4;
const GAP = 2;
const NUMBER_WIDTH = 8;

/** `#32164` as a link, and the spaces up to the next column. */
export const numberColumn = ({ id, number }: Pick<TicketSummary, 'id' | 'number'>, links: Links): readonly Part[] => {
  const text = `#${number}`;
  return [{ link: links.ticket(id), text }, ' '.repeat(Math.max(GAP, NUMBER_WIDTH - text.length))];
};

const widest = (texts: readonly string[], most: number): number =>
  Math.min(most, Math.max(1, ...texts.map((text) => widthOf(text.replace(/\s+/g, ' ').trim()))));

/** Texts of a row under each other; the last of them gives way, so that the rest of the line still fits. */
export const columnsOf = (rows: ReadonlyArray<readonly string[]>, most: readonly number[], rest: number): string[] => {
  const room = LINE_WIDTH - NUMBER_WIDTH - rest;
  const widths = most.map((width, i) =>
    widest(
      rows.map((row) => row[i] ?? ''),
      width,
    ),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP, 0);
  const last = Math.max(10, Math.min(widths.at(-1) ?? 0, room - before));
  const all = [...widths.slice(0, -1), last];
  return rows.map((row) => row.map((text, i) => column(text, all[i] ?? last)).join(' '.repeat(GAP)));
};

type Shown = {
  /** False: they are all of one customer, who stands above. */
  readonly customers?: boolean;
  /** The minutes that the reader's own running timers have measured, by ticket number. */
  readonly timers?: ReadonlyMap<number, number>;
};

/** What stands behind the age: that the customer replied, and what the reader's own timer on it has measured. */
const marks = ({ customerReplied, number }: TicketSummary, { timers }: Shown): string => {
  const minutes = timers?.get(number);
  return [
    ...(minutes === undefined ? [] : [`▸ ${formatTimer(minutes)}`]),
    ...(customerReplied ? ['↩ replied'] : []),
  ].join('  ');
};

/** Tickets in a fixed-width font, a row each: `#32164  New  Jerry Burger  Own cloud thing again  2 d  ↩ replied`. */
export const ticketTable = (
  tickets: readonly TicketSummary[],
  links: Links,
  now: number,
  shown: Shown = {},
): RichTextBlock => {
  const named = shown.customers ?? true;
  const marked = tickets.map((ticket) => marks(ticket, shown));
  const longest = Math.max(0, ...marked.map((mark) => mark.length));
  const texts = columnsOf(
    tickets.map(({ status, customerName, subject }) => [status, ...(named ? [customerName] : []), subject]),
    [STATUS_WIDTH, ...(named ? [CUSTOMER_WIDTH] : []), SUBJECT_WIDTH],
    GAP + AGE_WIDTH + (longest > 0 ? GAP + longest : 0),
  );
  return table(
    tickets.map((ticket, i) => {
      const since = age(ticket.updatedAt, now).padStart(AGE_WIDTH);
      return [...numberColumn(ticket, links), [texts[i], since, marked[i]].join(' '.repeat(GAP)).trimEnd()];
    }),
  );
};

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
