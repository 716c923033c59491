import { setTimeout as sleep } from 'node:timers/promises';
import { type AppError, isAppError } from '../../src/shared/errors.ts';
import type { Clock } from '../../src/shared/system.ts';
import { createSyncro, type Syncro, type SyncroOptions } from '../../src/syncro/create-syncro.ts';
import type { ApiKey, Caller, Lane, RequestBudget } from '../../src/syncro/ports.ts';
import { ticketId } from '../../src/syncro/ticket.ts';
import type { Write } from '../../src/syncro/write.ts';
import { memoryBudget } from './memory-budget.ts';

export const realClock: Clock = { now: Date.now, sleep: (ms) => sleep(ms) };

/** Time passes at once when somebody sleeps: for waits whose length is asserted, not sat through. */
export const hastyClock = (): Clock & { readonly slept: number[] } => {
  let ahead = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.now() + ahead,
    sleep: async (ms) => {
      slept.push(ms);
      ahead += ms;
    },
  };
};

export const keyOf = (secret: string): ApiKey => ({ reveal: () => secret });

export const as = (lane: Lane, secret = 'T-good-key-0123456789'): Caller => ({ key: keyOf(secret), lane });

export const connect = (baseUrl: string, options: Partial<SyncroOptions> = {}): Syncro => {
  const clock = options.clock ?? realClock;
  const budget: RequestBudget = options.budget ?? memoryBudget(180, clock);
  return createSyncro({
    baseUrl,
    auth: 'query',
    timeoutMs: 400,
    requestsPerMinute: 180,
    random: () => 0,
    ...options,
    clock,
    budget,
  });
};

/** The AppError that a call ends with; a success, or any other error, fails the test. */
export const failureOf = async (call: Promise<unknown>): Promise<AppError> => {
  try {
    await call;
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error('It succeeded');
};

export const aComment: Write = {
  kind: 'comment',
  ticketId: ticketId(77),
  subject: 'Resolution',
  body: 'Done',
  audience: 'portal',
};
