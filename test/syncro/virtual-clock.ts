import { setTimeout as realSleep } from 'node:timers/promises';
import type { Clock } from '../../src/shared/system.ts';

export type VirtualClock = Clock & {
  /** Lets time jump from sleeper to sleeper until `work` is through, or until `limit` (virtual) is reached. */
  readonly play: (work: Promise<unknown>, limit?: number) => Promise<void>;
};

/** Promises need a turn or two, so time jumps only when nothing has moved for a few milliseconds. */
export const virtualClock = (): VirtualClock => {
  let now = 1_000_000;
  let moves = 0;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  const settle = async (): Promise<void> => {
    for (let quiet = 0, seen = moves; quiet < 4; quiet = seen === moves ? quiet + 1 : 0) {
      seen = moves;
      await realSleep(1);
    }
  };

  return {
    now: () => {
      moves += 1;
      return now;
    },
    sleep: (ms) =>
      new Promise((wake) => {
        moves += 1;
        sleepers.push({ at: now + ms, wake });
      }),
    play: async (work, limit = Number.POSITIVE_INFINITY) => {
      let through = false;
      const finish = (): void => {
        through = true;
      };
      work.then(finish, finish);
      for (;;) {
        await settle();
        const next = Math.min(...sleepers.map(({ at }) => at));
        if (through || next > limit || sleepers.length === 0) return;
        now = next;
        const awake = sleepers.filter(({ at }) => at <= now);
        sleepers = sleepers.filter(({ at }) => at > now);
        for (const { wake } of awake) wake();
      }
    },
  };
};
