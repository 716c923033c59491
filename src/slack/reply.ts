import type { KnownBlock } from '@slack/types';
import { escapeTo, line } from './blocks.ts';

/** What is said to a person: blocks for the eye, text for notifications and screen readers. */
export type Reply = { readonly text: string; readonly blocks: KnownBlock[] };

/** Slack parses `text` as mrkdwn, so it is escaped here, once. */
export const reply = (text: string, blocks: readonly KnownBlock[]): Reply => ({
  text: escapeTo(text, 3_000),
  // Slack takes 50 blocks; builders stay far below, a flood is cut rather than refused.
  blocks: blocks.slice(0, 50),
});

/** The same words for the eye and for all else. */
export const sentence = (text: string): Reply => reply(text, [line(text)]);
