import type { Clock } from '../../src/shared/system.ts';
import { createSlidingLog } from '../../src/syncro/memory-budget.ts';
import type { RequestBudget } from '../../src/syncro/ports.ts';

/** A budget of this process alone. */
export const memoryBudget = (requestsPerMinute: number, clock: Pick<Clock, 'now'>): RequestBudget => {
  const { waitMs, count, pauseUntil } = createSlidingLog(requestsPerMinute, clock);
  return {
    take: (leave) => {
      const wait = waitMs(leave);
      if (wait === 0) count();
      return wait;
    },
    pauseUntil,
  };
};
