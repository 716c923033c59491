import type { KnownBlock } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { actions, besideButton, button, header, line, note } from '../../../slack/blocks.ts';
import { fromCopy } from '../../../slack/copy-first.ts';
import { command, understood } from '../../../slack/feature.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import type { TicketsSummary } from '../list-open.ts';
import type { UninvoicedNow } from '../watch-uninvoiced.ts';
import { openListValue } from './open-list.ts';
import { startButtons } from './ticket-buttons.ts';
import { ticketPicker, ticketTable } from './ticket-line.ts';
import { notLookedInto, uninvoicedTotal } from './uninvoiced.ts';
import type { TicketsUse } from './use.ts';

const SHOWN = 20;
const SHOWN_STATUSES = 12;

type SummaryFacts = {
  readonly summary: TicketsSummary;
  readonly uninvoiced: UninvoicedNow;
  /** The minutes that the reader's running timers have measured, by ticket number. */
  readonly timers: ReadonlyMap<number, number>;
};

const everyone = ({ byStatus, unassigned, partial }: TicketsSummary): string => {
  const counts = byStatus.slice(0, SHOWN_STATUSES).map(({ status, count }) => `${count} ${shorten(status, 60)}`);
  const others = byStatus.slice(SHOWN_STATUSES).reduce((sum, { count }) => sum + count, 0);
  if (others > 0) counts.push(`${others} others`);
  if (unassigned > 0) counts.push(`${unassigned} unassigned`);
  return `Everyone: ${counts.join(' · ') || 'no open tickets'}${partial ? ' (of the first pages; there are more)' : ''}`;
};

/** Nothing is said where nothing is left, or where it could not be read: the list is what was asked for. */
const money = (uninvoiced: UninvoicedNow): string | null => {
  if (uninvoiced.state === 'failed') return null;
  if (uninvoiced.state === 'reading') return '⏳ Still reading what is resolved and not invoiced.';
  const { found } = uninvoiced;
  const { tickets } = found;
  const unread = notLookedInto(found);
  if (tickets.length === 0) return unread ? 'Not every resolved ticket was looked into for charges yet.' : null;
  return `! ${tickets.length} resolved, not invoiced (${uninvoicedTotal(found)})${unread ? `; ${unread} not looked into yet` : ''}`;
};

/** `/syncro` alone: my open tickets, then everyone's by status, then what people do next. */
export const summaryMessage = ({ summary, uninvoiced, timers }: SummaryFacts, links: Links, now: number): Reply => {
  const { mine } = summary;
  const title = `Your open tickets · ${mine.length}`;
  const shown = mine.slice(0, SHOWN);
  const all = everyone(summary);
  const owed = money(uninvoiced);
  const rows: readonly KnownBlock[] =
    shown.length > 0 ? [ticketTable(shown, links, now, { timers })] : [line('Nothing is open for you. Enjoy it.')];
  return reply([title, all, ...(owed ? [owed] : [])].join('. '), [
    header(title),
    actions('summary', startButtons()),
    ...rows,
    ...(shown.length > 0
      ? [
          actions('tickets', [
            ticketPicker(shown),
            ...(mine.length > shown.length
              ? [button('Next', 'open:next', { value: openListValue({ by: 'mine' }, 2) })]
              : []),
          ]),
        ]
      : []),
    ...(mine.length > shown.length ? [note(`${shown.length} of ${mine.length} are shown.`)] : []),
    besideButton(all, button('Show all', 'open:list', { value: openListValue({ by: 'all' }, 1) })),
    ...(owed ? [besideButton(owed, button('Show', 'open:uninvoiced'))] : []),
  ]);
};

export const summaryCommand = command({
  name: 'summary',
  usage: '',
  does: "my open tickets, and everyone's by status",
  example: '',
  mayWait: true,
  parse: () => understood(null),
  run: ({ deps, use, technician, say }: Asked<TicketsUse>) => {
    const message = async (summary: TicketsSummary, uninvoiced: UninvoicedNow): Promise<Reply> => {
      const running = (await use.timersOf(technician)).filter(({ state }) => state === 'running');
      const timers = new Map(running.map(({ timer, minutes }) => [Number(timer.ticketNumber), minutes]));
      return summaryMessage({ summary, uninvoiced, timers }, deps.links, deps.clock.now());
    };
    const live = async (): Promise<Reply> => {
      const reading = use.summarize(technician);
      const [summary, uninvoiced] = await Promise.all([reading, use.uninvoiced.beside(technician, reading)]);
      return message(summary, uninvoiced);
    };
    const copy = fromCopy(
      deps,
      () => use.copied.summary(technician),
      (summary) => message(summary, { state: 'reading' }),
    );
    return sayWhenReady(say, 'Reading the open tickets', live, { copy });
  },
});
