import type { KnownBlock } from '@slack/types';
import { formatTimer } from '../../../shared/minutes.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, header, line, lines, note, type Part, row } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { OpenTimer, StartedTimer, StoppedTimer } from '../timers.ts';
import { doubts, timerButtons, timerTitle } from './timer-words.ts';

/** Two blocks each; Slack takes 50. */
const SHOWN = 20;
export const TIMER_LIST = 'timers';
const ONE_TIMER = 'timer';

const numberOf = ({ timer }: OpenTimer): string => `#${timer.ticketNumber}`;

const startedRows = (outcome: StartedTimer & { outcome: 'started' }, links: Links) => {
  const { timer, stopped } = outcome;
  const rows: Array<readonly Part[]> = [['▸ Timer on ', ...timerTitle(timer, links), ' started.']];
  if (stopped) rows.push([`${numberOf(stopped)} stopped after ${stopped.minutes} min: kept under /syncro timer list.`]);
  return rows;
};

/** Says which timer runs now, or why another does not. @param wanted the ticket that one was wanted on */
export const timerStartedMessage = (started: StartedTimer, wanted: TicketNumber, links: Links): Reply => {
  switch (started.outcome) {
    case 'started': {
      const { timer } = started;
      const text = `▸ Timer on #${timer.ticketNumber} ${timer.subject} · ${timer.customerName} started.`;
      return reply(text, [
        lines(...startedRows(started, links)),
        actions(`${ONE_TIMER}:${timer.id}`, [button('Stop', 'timer:stop', { value: timer.id })]),
      ]);
    }
    case 'same': {
      const { timer, minutes } = started.running;
      return reply(`The timer on #${timer.ticketNumber} is already running: ${minutes} min.`, [
        lines(
          ['▸ The timer on ', ...timerTitle(timer, links), ' is already running.'],
          ['Since ', { date: timer.startedAt }, `: ${minutes} min.`],
        ),
        timerButtons(started.running, ONE_TIMER),
      ]);
    }
    case 'other':
      return otherRuns(started.running, wanted, links);
  }
};

const otherRuns = (running: OpenTimer, wanted: TicketNumber, links: Links): Reply => {
  const { timer, minutes } = running;
  const { id } = timer;
  return reply(`! Your timer runs on ${numberOf(running)}, so I didn't start one on #${wanted}.`, [
    lines(
      [{ bold: '! ' }, 'Your timer runs on ', ...timerTitle(timer, links), '.'],
      ['Since ', { date: timer.startedAt }, `: ${minutes} min. I didn't start one on #${wanted}.`],
    ),
    actions(`${ONE_TIMER}:${id}`, [
      button(`Stop and bill ${numberOf(running)}`, 'timer:bill', { value: id }),
      button('Stop and log', 'timer:log', { value: id }),
      button(`Switch to #${wanted}`, 'timer:replace', { value: JSON.stringify({ t: id, n: wanted }) }),
    ]),
    note('A stopped timer stays under /syncro timer list until its minutes are billed, logged or discarded.'),
  ]);
};

/** The minutes are safe; what becomes of them, in case the form is closed. */
export const timerStoppedMessage = (stopped: OpenTimer, links: Links): Reply => {
  const text = `Timer on ${numberOf(stopped)} stopped: ${stopped.minutes} min.`;
  return reply(text, [
    lines(
      [
        { bold: 'Timer on ' },
        { link: links.ticket(stopped.timer.ticketId), text: numberOf(stopped), strong: true },
        { bold: ` stopped: ${stopped.minutes} min.` },
      ],
      [`${shorten(stopped.timer.subject, 150)} · ${shorten(stopped.timer.customerName, 100)}`],
      ['Nothing is billed yet.'],
      ...doubts(stopped),
    ),
    timerButtons(stopped, ONE_TIMER),
  ]);
};

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

/** Running and stopped ones with what can be done with each. */
export const timerListMessage = (open: readonly OpenTimer[], links: Links, command: string): Reply => {
  if (open.length === 0) {
    const text = `No timers: every minute is billed, logged or discarded. ${example(command)}`;
    return reply(text, [line(text)]);
  }
  const total = open.reduce((sum, { minutes }) => sum + minutes, 0);
  const title = `Your timers · ${open.length} · ${formatTimer(total)}`;
  return reply(title, [header(title), ...timerBlocks(open, links)]);
};

/** What `timer stop` did not stop, and what there is instead. */
export const notStoppedMessage = (
  stopped: Exclude<StoppedTimer, { outcome: 'stopped' }>,
  asked: TicketNumber | null,
  links: Links,
  command: string,
): Reply => {
  if (stopped.outcome === 'other') {
    const { running } = stopped;
    return reply(`No timer runs on #${asked}. Yours runs on ${numberOf(running)}.`, [
      lines(
        [`No timer runs on #${asked}. Yours runs on `, ...timerTitle(running.timer, links), '.'],
        ['Since ', { date: running.timer.startedAt }, `: ${running.minutes} min. It is still running.`],
      ),
      timerButtons(running, ONE_TIMER),
    ]);
  }
  const { open } = stopped;
  if (open.length === 0) {
    const text = `You have no running timer. ${example(command)}`;
    return reply(text, [line(text)]);
  }
  return reply(`You have no running timer. ${open.length} stopped, not billed yet.`, [
    line('You have no running timer. Stopped and not billed yet:'),
    ...timerBlocks(open, links),
  ]);
};
