import type { AlertBlock } from '@slack/types';
import { shorten } from '../../shared/text.ts';
import { mrkdwn, type Part } from '../blocks.ts';

export type AlertLevel = 'error' | 'warning' | 'info';

/** Slack's limit for the text of a block that takes no rich_text. */
const MOST = 3_000;

/** As long as Slack takes it: what is from outside may be of any length, and grows when it is escaped. */
const fitting = (parts: readonly Part[]) => {
  const texts = [MOST, 500, 100, 20].map((most) =>
    mrkdwn(...parts.map((part) => (typeof part === 'string' ? shorten(part, most) : part))),
  );
  return texts.find(({ text }) => text.length <= MOST) ?? mrkdwn('…');
};

/** What must be seen before anything is pressed; it stands first. Slack shows these in forms only. */
export const alert = (level: AlertLevel, parts: readonly Part[]): AlertBlock => ({
  type: 'alert',
  level,
  text: fitting(parts),
});
