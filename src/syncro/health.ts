import type { Clock } from '../shared/system.ts';

/** Whether Syncro answers at all. */
export type Health = {
  readonly answered: () => void;
  readonly failed: () => void;
  /** Epoch milliseconds of the first failure since the last answer; `null`: it answers. */
  readonly downSince: () => number | null;
};

export const createHealth = (clock: Pick<Clock, 'now'>): Health => {
  let since: number | null = null;
  return {
    answered: () => {
      since = null;
    },
    failed: () => {
      since ??= clock.now();
    },
    downSince: () => since,
  };
};
