import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Every } from './system.ts';

/** The machine's two clocks disagree by more: somebody set one, or the machine slept. */
const JUMP_MS = 1_000;

/** The machine's clock, which notices when it is set. */
export const createSystemClock = (): Clock => {
  let setAt = Date.now();
  let offset = setAt - performance.now();
  const now = (): number => {
    const wall = Date.now();
    const apart = wall - performance.now();
    if (Math.abs(apart - offset) > JUMP_MS) [setAt, offset] = [wall, apart];
    return wall;
  };
  return {
    now,
    sleep: (ms) => sleep(ms),
    setAt: () => {
      now();
      return setAt;
    },
  };
};

export const systemClock: Clock = createSystemClock();

export const systemEvery: Every = (ms, task) => {
  const timer = setInterval(task, ms);
  return () => clearInterval(timer);
};
