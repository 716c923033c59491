import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Every } from './app/ports.ts';

export const systemClock: Clock = { now: Date.now, sleep: (ms) => sleep(ms) };

export const systemEvery: Every = (ms, task) => {
  const timer = setInterval(task, ms);
  return () => clearInterval(timer);
};
