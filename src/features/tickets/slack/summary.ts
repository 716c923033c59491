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
import { ticketPicker, ticketRows } from './ticket-line.ts';
import { neverInvoiced, notLookedInto } from './uninvoiced.ts';
import type { TicketsUse } from './use.ts';

/** As many as a phone shows without much scrolling. */
export const SHOWN = 8;
const SHOWN_STATUSES = 3;

const team = ({ byStatus, unassigned, partial }: TicketsSummary): string => {
  const counts = byStatus.slice(0, SHOWN_STATUSES).map(({ status, count }) => `${count} ${shorten(status, 60)}`);
  const others = byStatus.slice(SHOWN_STATUSES).reduce((sum, { count }) => sum + count, 0);
  if (others > 0) counts.push(`${others} others`);
  if (unassigned > 0) counts.push(`${unassigned} unassigned`);
  return `Team: ${counts.join(' · ') || 'no open tickets'}${partial ? ' (of the first pages; there are more)' : ''}`;
};

/** Nothing is said where nothing is left, or where it could not be read: the list is what was asked for. */
const money = (uninvoiced: UninvoicedNow): string | null => {
  if (uninvoiced.state === 'failed') return null;
  if (uninvoiced.state === 'reading') return '⏳ Still checking what was resolved but never invoiced.';
  const { found } = uninvoiced;
  const unread = notLookedInto(found);
  if (found.tickets.length === 0) return unread ? 'Not every resolved ticket has been checked for charges yet.' : null;
  return `! ${neverInvoiced(found)}${unread ? ` (${unread} not checked yet)` : ''}`;
};

/** `/syncro` alone: your open tickets, then the team's by status, then what people do next. */
export const summaryMessage = (
  summary: TicketsSummary,
  uninvoiced: UninvoicedNow,
  links: Links,
  now: number,
): Reply => {
  const { mine, out, open } = summary;
  const title = `Your open tickets · ${mine.length}`;
  const all = team(summary);
  const owed = money(uninvoiced);
  const lists = [
    ...(mine.length > 0 ? [ticketPicker(mine)] : []),
    ...(mine.length > SHOWN
      ? [button(`Show all ${mine.length}`, 'open:mine', { value: openListValue({ by: 'mine' }, 1) })]
      : []),
    ...(open > 0 ? [button('Show team', 'open:all', { value: openListValue({ by: 'all' }, 1) })] : []),
  ];
  return reply([title, all, ...(owed ? [owed] : [])].join('. '), [
    header(title),
    ...(mine.length > 0 ? ticketRows(mine.slice(0, SHOWN), links, now, { out }) : [line('Nothing open. Nice.')]),
    ...(lists.length > 0 ? [actions('tickets', lists)] : []),
    note(all),
    ...(owed ? [besideButton(owed, button('Show', 'open:uninvoiced'))] : []),
    actions('summary', startButtons()),
  ]);
};

export const summaryCommand = command({
  name: 'summary',
  usage: '',
  does: "your open tickets, and the team's by status",
  example: '',
  mayWait: true,
  parse: () => understood(null),
  run: ({ deps, use, technician, say }: Asked<TicketsUse>) => {
    const message = (summary: TicketsSummary, uninvoiced: UninvoicedNow): Reply =>
      summaryMessage(summary, uninvoiced, deps.links, deps.clock.now());
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
