import type { KnownBlock } from '@slack/types';
import { formatTimer } from '../../../shared/minutes.ts';
import { shorten } from '../../../shared/text.ts';
import { header, line, lines, note, row } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { OpenTimer, ResumedTimer, StartedTimer, StoppedTimer } from '../timers.ts';
import { doubts, timerButtons, timerTitle } from './timer-words.ts';

/** Two blocks each; Slack takes 50. */
const SHOWN = 20;
export const TIMER_LIST = 'timers';
const ONE_TIMER = 'timer';

const numberOf = ({ timer }: OpenTimer): string => `#${timer.ticketNumber}`;

/** Says which timer runs now, and which was paused for it. */
export const timerStartedMessage = (started: StartedTimer, links: Links): Reply => {
  if (started.outcome === 'same') {
    const { timer, minutes } = started.running;
    return reply(`The timer on #${timer.ticketNumber} is already running: ${minutes} min so far.`, [
      lines(['▸ The timer on ', ...timerTitle(timer, links), ' is already running.'], [`${minutes} min so far.`]),
      timerButtons(started.running, ONE_TIMER),
    ]);
  }
  const { outcome, running, paused } = started;
  const { timer, minutes } = running;
  const begun = outcome === 'started' ? 'started.' : `resumed at ${minutes} min.`;
  return reply(`▸ Timer on #${timer.ticketNumber} ${timer.subject} · ${timer.customerName} ${begun}`, [
    lines(
      ['▸ Timer on ', ...timerTitle(timer, links), ` ${begun}`],
      ...(paused ? [[`${numberOf(paused)} paused at ${paused.minutes} min: kept under /syncro timer list.`]] : []),
    ),
    timerButtons(running, ONE_TIMER),
  ]);
};

/** The minutes are safe; what becomes of them, in case the form is closed. */
const haltedMessage = (stopped: OpenTimer, how: string, links: Links): Reply => {
  const halted = ` ${how} ${stopped.minutes} min.`;
  const text = `Timer on ${numberOf(stopped)}${halted}`;
  return reply(text, [
    lines(
      [
        { bold: 'Timer on ' },
        { link: links.ticket(stopped.timer.ticketId), text: numberOf(stopped), strong: true },
        { bold: halted },
      ],
      [`${shorten(stopped.timer.subject, 150)} · ${shorten(stopped.timer.customerName, 100)}`],
      ['Nothing is billed yet.'],
      ...doubts(stopped),
    ),
    timerButtons(stopped, ONE_TIMER),
  ]);
};

export const timerStoppedMessage = (stopped: OpenTimer, links: Links): Reply =>
  haltedMessage(stopped, 'stopped:', links);
export const timerPausedMessage = (paused: OpenTimer, links: Links): Reply => haltedMessage(paused, 'paused at', links);

export const timerDiscardedMessage = (discarded: OpenTimer): Reply => {
  const text = `Discarded: ${discarded.minutes} min on ${numberOf(discarded)}. Nothing was billed.`;
  return reply(text, [line(text)]);
};

/** `▸ #32155 0:42 · running · Acme West`, and below it `Printer offline`. */
const timerRow = ({ timer, minutes, state }: OpenTimer, links: Links): KnownBlock =>
  row(
    state === 'running' ? '▸' : null,
    { link: links.ticket(timer.ticketId), text: `#${timer.ticketNumber}` },
    [formatTimer(minutes), state, timer.customerName],
    [timer.subject],
  );

const timerBlocks = (open: readonly OpenTimer[], links: Links): readonly KnownBlock[] => [
  ...open.slice(0, SHOWN).flatMap((one) => {
    const doubtful = doubts(one);
    return [timerRow(one, links), ...(doubtful.length > 0 ? [lines(...doubtful)] : []), timerButtons(one, TIMER_LIST)];
  }),
  ...(open.length > SHOWN ? [note(`and ${open.length - SHOWN} more, started later`)] : []),
];

const example = (command: string): string => `Start one when the work begins: ${command} timer start 32164`;

/** Running and paused ones with what can be done with each. */
export const timerListMessage = (open: readonly OpenTimer[], links: Links, command: string): Reply => {
  if (open.length === 0) {
    const text = `No timers: every minute is billed, logged or discarded. ${example(command)}`;
    return reply(text, [line(text)]);
  }
  const total = open.reduce((sum, { minutes }) => sum + minutes, 0);
  const title = `Your timers · ${open.length} · ${formatTimer(total)}`;
  return reply(title, [header(title), ...timerBlocks(open, links)]);
};

/** What there is instead of the timer that was meant. */
const noneMessage = (none: string, open: readonly OpenTimer[], links: Links, command: string): Reply => {
  const text = open.length === 0 ? `${none} ${example(command)}` : `${none} Your timers:`;
  return reply(text, [line(text), ...timerBlocks(open, links)]);
};

/** What `timer stop` or `pause` did not stop, and what there is instead. */
export const notStoppedMessage = (
  stopped: Exclude<StoppedTimer, { outcome: 'stopped' }>,
  asked: TicketNumber | null,
  links: Links,
  command: string,
): Reply => {
  if (stopped.outcome === 'none') return noneMessage('You have no running timer.', stopped.open, links, command);
  const { running } = stopped;
  return reply(`No timer runs on #${asked}. Yours runs on ${numberOf(running)}.`, [
    lines(
      [`No timer runs on #${asked}. Yours runs on `, ...timerTitle(running.timer, links), '.'],
      [`${running.minutes} min so far. It is still running.`],
    ),
    timerButtons(running, ONE_TIMER),
  ]);
};

/** What `timer resume` resumed, or that nothing waits for it. */
export const timerResumedMessage = (
  resumed: ResumedTimer,
  asked: TicketNumber | null,
  links: Links,
  command: string,
): Reply => {
  if (resumed.outcome !== 'none') return timerStartedMessage(resumed, links);
  const which = asked === null ? '' : ` on #${asked}`;
  return noneMessage(`You have no paused timer${which}.`, resumed.open, links, command);
};
