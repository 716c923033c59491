import type { AlertBlock } from '@slack/types';
import { mrkdwn, type Part } from '../blocks.ts';

export type AlertLevel = 'error' | 'warning' | 'info';

/** What must be seen before anything is pressed; it stands first. Slack shows these in forms only. */
export const alert = (level: AlertLevel, parts: readonly Part[]): AlertBlock => ({
  type: 'alert',
  level,
  text: mrkdwn(...parts),
});
