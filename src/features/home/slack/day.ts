import type { KnownBlock } from '@slack/types';
import { formatHours, formatTimer } from '../../../shared/minutes.ts';
import { formatMoney } from '../../../shared/money.ts';
import { actions, button, line, note } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { timerTitle } from '../../time/slack/timer-words.ts';
import type { Home, MeasuredTimer } from '../read-home.ts';

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

export const timerBlocks = ({ timers }: Home, links: Links): readonly KnownBlock[] => [
  ...timers.slice(0, SHOWN_TIMERS).flatMap((timer) => timerBlock(timer, links)),
  ...(timers.length > SHOWN_TIMERS ? [note(`and ${timers.length - SHOWN_TIMERS} more timers`)] : []),
];

/** `Billed today: 3 bills · 2.25 h · $337.50`. */
export const billedBlocks = ({ billed }: Home): readonly KnownBlock[] => {
  if (billed === null) return [];
  const { bills, quantityHundredths, cents, timeZone } = billed;
  const words =
    bills === 0
      ? 'nothing yet'
      : `${bills} ${bills === 1 ? 'bill' : 'bills'} · ${formatHours(quantityHundredths)} h · ${formatMoney(cents)}`;
  return [line({ bold: 'Billed today: ' }, words, timeZone === 'UTC' ? ' (since midnight UTC)' : '')];
};
