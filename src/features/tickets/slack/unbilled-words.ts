import { day, dayText, quantityAndName } from '../../../runs/slack/words.ts';
import { formatTimer } from '../../../shared/minutes.ts';
import { formatMoney, lineAmountCents, roundCents, sumCents } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import type { Part } from '../../../slack/blocks.ts';
import type { LineItem, TicketNumber, Unread } from '../../../syncro/ticket.ts';
import { workedSeconds } from '../../../syncro/time-entry.ts';
import type { Unbilled } from '../unbilled.ts';

const KINDS: Readonly<Record<Unread['kind'], string>> = {
  comment: 'A comment',
  line: 'A line',
  time_entry: 'A time entry',
};

/** What it is, as far as that can be read: `A line ("Labor")`. */
export const unreadName = ({ kind, name }: Unread): string =>
  name === '' ? KINDS[kind] : `${KINDS[kind]} ("${shorten(name, 80)}")`;

const SHOWN_LINES = 3;
const SHOWN_TIMERS = 3;
const MINUTE_MS = 60_000;

type Rows = ReadonlyArray<readonly Part[]>;

const amountOf = ({ quantityHundredths, rateCents }: LineItem): number =>
  lineAmountCents(quantityHundredths, rateCents);

const duration = (from: number, to: number): string => formatTimer(Math.max(0, Math.floor((to - from) / MINUTE_MS)));

const lineRows = (lines: readonly LineItem[]): Rows => {
  const shown = lines
    .slice(-SHOWN_LINES)
    .map((line): readonly Part[] => [
      `${quantityAndName({ ...line, amountCents: amountOf(line) })} ${formatMoney(amountOf(line))} (`,
      day(line.createdAt),
      ') is not invoiced.',
    ]);
  if (lines.length <= SHOWN_LINES) return shown;
  const all = formatMoney(roundCents(sumCents(lines)));
  return [...shown, [`${lines.length - SHOWN_LINES} older lines are not invoiced either, ${all} in all.`]];
};

const promisedRow = ({ line, promisedFor = '' }: Unbilled & { kind: 'line' }): readonly Part[] => [
  `${quantityAndName({ ...line, amountCents: amountOf(line) })} ${formatMoney(amountOf(line))} goes on a recurring invoice, ${dayText(promisedFor)}.`,
];

const otherText = (unbilled: Exclude<Unbilled, { kind: 'line' }>, number: TicketNumber): readonly Part[] => {
  switch (unbilled.kind) {
    case 'timer': {
      const { minutes, state } = unbilled.timer;
      return state === 'running'
        ? [`Your timer runs on this ticket: ${formatTimer(minutes)}. /syncro timer stop ${number} bills it.`]
        : [`Your timer measured ${formatTimer(minutes)} on this ticket, which was never billed.`];
    }
    case 'timer_entry': {
      const { startedAt, endedAt } = unbilled.entry;
      const seconds = workedSeconds(unbilled.entry);
      const time = seconds === null ? '' : `, ${duration(0, seconds * 1000)}`;
      return endedAt === null
        ? ['A timer in Syncro (since ', day(startedAt), ') still runs on this ticket.']
        : ['A time entry in Syncro (', day(startedAt), `${time}) was never charged.`];
    }
    case 'unread':
      return [`${unreadName(unbilled.part)} can't be read, so it may not be billed.`];
    case 'nothing':
      return ['Nothing was billed on this ticket.'];
  }
};

/** One sentence for each thing that nobody would be asked to pay for. */
export const unbilledRows = (unbilled: readonly Unbilled[], number: TicketNumber): Rows => {
  const lines = unbilled.flatMap((one) => (one.kind === 'line' && !one.promisedFor ? [one.line] : []));
  const promised = unbilled.flatMap((one) => (one.kind === 'line' && one.promisedFor ? [one] : []));
  const others = unbilled.flatMap((one) => (one.kind === 'line' ? [] : [one]));
  const timers = others.filter(({ kind }) => kind === 'timer_entry');
  const texts = others.filter((one) => !timers.slice(SHOWN_TIMERS).includes(one)).map((one) => otherText(one, number));
  const more =
    timers.length > SHOWN_TIMERS ? [[`${timers.length - SHOWN_TIMERS} more time entries were never charged.`]] : [];
  return [...texts, ...more, ...lineRows(lines), ...promised.slice(0, SHOWN_LINES).map(promisedRow)];
};
