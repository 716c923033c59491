import type { HomeView, KnownBlock } from '@slack/types';
import { formatHours, formatTimer } from '../../../shared/minutes.ts';
import { formatMoney } from '../../../shared/money.ts';
import { actions, button, line, note } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { Reply } from '../../../slack/reply.ts';
import { startButtons } from '../../tickets/slack/ticket-buttons.ts';
import { timerTitle } from '../../time/slack/timer-words.ts';
import type { Home, MeasuredTimer } from '../read-home.ts';
import { connectionText, needsBlocks, underWayBlocks } from './needs.ts';
import { asOfLine, ticketBlocks } from './tickets.ts';

const SHOWN_TIMERS = 5;

/** Several timers stand in one view, where Slack wants every block_id once. */
const timerBlock = ({ timer, minutes, state }: MeasuredTimer, links: Links): readonly KnownBlock[] => {
  const running = state === 'running';
  return [
    line(running ? '▸ ' : '! ', `${formatTimer(minutes)}  `, ...timerTitle(timer, links)),
    actions(
      `timer:${timer.id}`,
      running
        ? [button('Stop timer', 'timer:stop', { value: timer.id }), button('Pause', 'timer:pause', { value: timer.id })]
        : [
            button(`Bill ${minutes} min`, 'timer:bill', { value: timer.id }),
            button('Resume', 'timer:resume', { value: timer.id }),
          ],
    ),
  ];
};

const timerBlocks = (timers: readonly MeasuredTimer[], links: Links): readonly KnownBlock[] => [
  ...timers.slice(0, SHOWN_TIMERS).flatMap((timer) => timerBlock(timer, links)),
  ...(timers.length > SHOWN_TIMERS ? [note(`and ${timers.length - SHOWN_TIMERS} more timers`)] : []),
];

/** `Today 3 bills · 2.25 h · $337.50`. */
const billedBlocks = ({ billed }: Home): readonly KnownBlock[] => {
  if (billed === null) return [];
  const { bills, quantityHundredths, cents, laterCents, timeZone } = billed;
  const later = laterCents > 0 ? `, ${formatMoney(laterCents)} of it later` : '';
  const words =
    bills === 0
      ? 'nothing billed yet'
      : `${bills} ${bills === 1 ? 'bill' : 'bills'} · ${formatHours(quantityHundredths)} h · ${formatMoney(cents)}${later}`;
  return [line({ bold: 'Today ' }, words, timeZone === 'UTC' ? ' (since midnight UTC)' : '')];
};

/** What was measured and never billed or logged. */
const notBilledBlocks = (paused: readonly MeasuredTimer[], links: Links): readonly KnownBlock[] =>
  paused.length === 0 ? [] : [line({ bold: 'Not billed yet' }), ...timerBlocks(paused, links)];

export const HOME = 'home';
export const HOME_REFRESH = 'home:refresh';

/** Slack's limit; the parts stay far below it, a flood is cut rather than refused. */
const MOST_BLOCKS = 100;

const view = (blocks: readonly KnownBlock[]): HomeView => ({
  type: 'home',
  callback_id: HOME,
  blocks: blocks.slice(0, MOST_BLOCKS),
});

/** Told apart from what is not known yet: everything was read and nothing is there. */
const hasNothing = ({ runs, timers, tickets, failure, connection }: Home): boolean =>
  runs.length + timers.length === 0 &&
  tickets?.rows.length === 0 &&
  failure === null &&
  connection !== null &&
  'author' in connection;

export type HomeAround = {
  readonly links: Links;
  readonly now: number;
  readonly downSince: number | null;
};

/** What needs this person first, then their clock, their day and their tickets. */
export const homeView = (home: Home, { links, now, downSince }: HomeAround): HomeView => {
  const [running, paused] = [
    home.timers.filter(({ state }) => state === 'running'),
    home.timers.filter(({ state }) => state === 'paused'),
  ];
  return view([
    ...needsBlocks(home, links, now),
    ...underWayBlocks(home, links),
    ...timerBlocks(running, links),
    ...billedBlocks(home),
    ...notBilledBlocks(paused, links),
    ...(hasNothing(home)
      ? [line('Nothing open. Nice.'), ...asOfLine(home)]
      : ticketBlocks(home, links, now, downSince)),
    actions('home', [...startButtons(), button('Help', 'help:open'), button('Refresh', HOME_REFRESH)]),
    note(`${connectionText(home.connection, home.failure)} · Replies appear under Messages.`),
  ]);
};

/** The polite refusal, without any data. */
export const refusedHome = ({ blocks }: Reply): HomeView => view(blocks);
