import type { Ack } from './core.ts';

/** What came of something a person did. */
export type ActResult = {
  /** Milliseconds until the app acked; 0 when nothing had to be sent. */
  readonly ackMs: number;
  /** No ack in time: the person saw `operation_timeout`. */
  readonly timedOut: boolean;
  readonly status?: number;
  /** The ack's body: JSON, text, or undefined. */
  readonly body?: unknown;
  /** What Slack showed: `operation_timeout`, `dispatch_failed`, … */
  readonly error?: string;
};

export type SubmitResult = ActResult & {
  /** By label. */
  readonly errors: Readonly<Record<string, string>>;
};

export const NOTHING_SENT: ActResult = { ackMs: 0, timedOut: false };

export const actResult = (ack: Ack | undefined): ActResult =>
  ack
    ? {
        ackMs: ack.ms,
        timedOut: ack.timedOut,
        ...(ack.status === undefined ? {} : { status: ack.status }),
        ...(ack.body === undefined ? {} : { body: ack.body }),
        ...(ack.error === undefined ? {} : { error: ack.error }),
      }
    : NOTHING_SENT;

/** A pattern fits when the text contains it, or the expression matches. */
export const fits = (text: string, pattern: string | RegExp): boolean =>
  typeof pattern === 'string' ? text.includes(pattern) : new RegExp(pattern.source, pattern.flags).test(text);
