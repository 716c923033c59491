import type { Activity } from './activity.ts';

/** What the test says to a process of its scene. */
export type ToChild =
  /** Answer when you are at rest. */
  | { readonly time: 'ask'; readonly id: number }
  /** It is so late now; the time stands in the file. */
  | { readonly time: 'tick' };

/** What a process says when it is at rest. */
export type FromChild = Activity & {
  readonly time: 'at rest';
  readonly id: number;
  /** When its next timer is due. */
  readonly due: number | null;
};

/** Names the file with the time, for a process that starts. */
export const TIME_FILE = 'TEST_TIME_FILE';
