import type { KnownBlock } from '@slack/types';
import type { Home, MeasuredTimer } from '../../app/view-home.ts';
import { formatClock, formatHours } from '../../domain/minutes.ts';
import { formatMoney } from '../../domain/money.ts';
import { shorten } from '../../domain/text.ts';
import { button, line, note } from '../blocks.ts';

const SHOWN_TIMERS = 10;

/** plain_text is literal too, and a section holds the button on the same line. */
const timerBlock = ({ timer, minutes, state }: MeasuredTimer): KnownBlock => {
  const running = state === 'running';
  const about = `#${timer.ticketNumber} ${shorten(timer.subject, 120)} · ${shorten(timer.customerName, 60)}`;
  return {
    type: 'section',
    block_id: `timer:${timer.id}`,
    text: {
      type: 'plain_text',
      text: `${running ? '▸' : '!'} ${formatClock(minutes)}  ${about}${running ? '' : ' · stopped, not billed'}`,
      emoji: false,
    },
    accessory: running
      ? button('Stop timer', 'timer:stop', { value: timer.id })
      : button('Bill', 'timer:bill', { value: timer.id }),
  };
};

export const timerBlocks = ({ timers }: Home): readonly KnownBlock[] => [
  ...timers.slice(0, SHOWN_TIMERS).map(timerBlock),
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
