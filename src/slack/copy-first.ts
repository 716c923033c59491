import { line, type Part } from './blocks.ts';
import type { SlackKit } from './kit.ts';
import { type Reply, reply } from './reply.ts';

/** What is shown of a copy until Syncro has answered, and of when it is; epoch milliseconds. */
export type CopiedReply = { readonly reply: Reply; readonly asOf: number };

export type CopyFirst = {
  readonly deps: Pick<SlackKit, 'clock' | 'downSince' | 'isFull' | 'log'>;
  /** `null`: nothing was copied. */
  readonly read: () => Promise<CopiedReply | null>;
};

/** @param read what was copied; @param show how it looks */
export const fromCopy = <T>(
  deps: CopyFirst['deps'],
  read: () => Promise<{ readonly copy: T; readonly asOf: number } | null>,
  show: (copy: T) => Reply | Promise<Reply>,
): CopyFirst => ({
  deps,
  read: async () => {
    const copied = await read();
    return copied && { reply: await show(copied.copy), asOf: copied.asOf };
  },
});

const HALF_A_DAY_MS = 12 * 3_600_000;

const moment = (at: number, now: number): Part => (now - at < HALF_A_DAY_MS ? { time: at } : { date: at });

/** `As of 9:00:12`, and why it is no newer. */
export const asOfParts = (asOf: number, { clock, downSince }: CopyFirst['deps']): readonly Part[] => {
  const since = downSince();
  const now = clock.now();
  const why = since === null ? [] : [" · Syncro hasn't answered since ", moment(since, now)];
  return ['As of ', moment(asOf, now), ...why];
};

export const withAsOf = ({ reply: { text, blocks }, asOf }: CopiedReply, deps: CopyFirst['deps']): Reply => ({
  text: `${text} As of ${new Date(asOf).toISOString().slice(11, 19)} UTC.`,
  blocks: [...blocks.slice(0, 49), line(...asOfParts(asOf, deps))],
});

/** In place of an answer that is what the copy showed, where Slack lets no message be changed. */
export const stillCurrent = (now: number): Reply =>
  reply('✓ Still current.', [line('✓ Still current at ', { time: now })]);
