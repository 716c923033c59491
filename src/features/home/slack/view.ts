import type { HomeView, KnownBlock } from '@slack/types';
import { formatHours, formatTimer } from '../../../shared/minutes.ts';
import { formatMoney } from '../../../shared/money.ts';
import { actions, button, divider, line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { CommandWords } from '../../../slack/feature.ts';
import type { Links } from '../../../slack/links.ts';
import type { Reply } from '../../../slack/reply.ts';
import { startButtons } from '../../tickets/slack/ticket-buttons.ts';
import { timerTitle } from '../../time/slack/timer-words.ts';
import type { Home, MeasuredTimer } from '../read-home.ts';
import { connectionText, needsBlocks, underWayBlocks } from './needs.ts';
import { asOfLine, ticketBlocks } from './tickets.ts';

const SHOWN_TIMERS = 10;

/** Several timers stand in one view, where Slack wants every block_id once. */
const timerBlock = ({ timer, minutes, state }: MeasuredTimer, links: Links): readonly KnownBlock[] => {
  const running = state === 'running';
  return [
    line(
      running ? '▸ ' : { bold: '! ' },
      `${formatTimer(minutes)}  `,
      ...timerTitle(timer, links),
      running ? '' : ' · stopped, not billed',
    ),
    actions(`timer:${timer.id}`, [
      running
        ? button('Stop timer', 'timer:stop', { value: timer.id })
        : button('Bill', 'timer:bill', { value: timer.id }),
    ]),
  ];
};

const timerBlocks = ({ timers }: Home, links: Links): readonly KnownBlock[] => [
  ...timers.slice(0, SHOWN_TIMERS).flatMap((timer) => timerBlock(timer, links)),
  ...(timers.length > SHOWN_TIMERS ? [note(`and ${timers.length - SHOWN_TIMERS} more timers`)] : []),
];

/** `Billed today: 3 bills · 2.25 h · $337.50`. */
const billedBlocks = ({ billed }: Home): readonly KnownBlock[] => {
  if (billed === null) return [];
  const { bills, quantityHundredths, cents, timeZone } = billed;
  const words =
    bills === 0
      ? 'nothing yet'
      : `${bills} ${bills === 1 ? 'bill' : 'bills'} · ${formatHours(quantityHundredths)} h · ${formatMoney(cents)}`;
  return [line({ bold: 'Billed today: ' }, words, timeZone === 'UTC' ? ' (since midnight UTC)' : '')];
};

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

/** In short; what stands behind the first semicolon is for the help. */
const commandRows = (command: string, commands: readonly CommandWords[]): ReadonlyArray<readonly Part[]> =>
  commands.map(({ usage, does }): readonly Part[] => [
    { bold: `${command} ${usage}`.trim() },
    `  ${does.split(';')[0] ?? does}`,
  ]);

export type HomeAround = {
  readonly links: Links;
  readonly now: number;
  readonly downSince: number | null;
  /** The command's real name here. */
  readonly command: string;
  readonly commands: readonly CommandWords[];
};

/** What needs this person first, then their work and day, then what can be typed. */
export const homeView = (home: Home, { links, now, downSince, command, commands }: HomeAround): HomeView =>
  view([
    ...needsBlocks(home, links, now),
    ...underWayBlocks(home, links),
    ...(hasNothing(home)
      ? [line('Nothing is open for you and nothing waits for you. Enjoy it.'), ...asOfLine(home)]
      : ticketBlocks(home, links, now, downSince)),
    ...timerBlocks(home, links),
    ...billedBlocks(home),
    actions('home', [...startButtons(), button('Refresh', HOME_REFRESH)]),
    divider,
    lines(...commandRows(command, commands)),
    note(`${connectionText(home.connection, home.failure)} · What you press here is answered under Messages.`),
  ]);

/** The polite refusal, without any data. */
export const refusedHome = ({ blocks }: Reply): HomeView => view(blocks);
