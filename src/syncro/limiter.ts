import { AppError } from '../shared/errors.ts';
import type { Clock } from '../shared/system.ts';
import type { Lane, RequestBudget } from './ports.ts';
import { createTurns, type Turns } from './turns.ts';

export type Limiter = {
  /**
   * Waits until one request may go out.
   * @param patienceMs the longest wait that makes sense for the caller
   * @param begun part of the answer was read already
   * @throws AppError rate_limited when it would take longer, with the wait in `retryAfterMs`
   */
  readonly acquire: (lane: Lane, patienceMs: number, begun?: boolean) => Promise<void>;
  /** True while people's requests wait for their turn. */
  readonly isFull: () => boolean;
  /** Sends everybody away who still waits. */
  readonly close: () => void;
};

type Waiter = {
  readonly queue: Turns;
  readonly until: number;
  readonly giveUp: (error: AppError) => void;
  gone: boolean;
};

/** What was confirmed goes before new reads: its ticket is locked until it is through. */
const PRIORITY: Readonly<Record<Lane, number>> = { run: 3, person: 5, background: 9 };
/** Half a card helps nobody: what is read after its first part does not go to the end of the queue again. */
const BEGUN = 4;

const stopping = () => new AppError('unreachable', 'The app is stopping; nothing was sent.', { retryable: true });

const full = (retryAfterMs: number) =>
  new AppError('rate_limited', 'Syncro takes no more requests for the moment.', { retryable: true, retryAfterMs });

/**
 * The turns say who is next, the budget says when.
 *
 * Background work has a queue of its own: in one queue, priorities do not help a person while a background request
 * already waits at the head (measured: 14.2 s instead of 1.0 s for a bill). It also leaves a third of the budget free.
 */
export const createLimiter = (budget: RequestBudget, requestsPerMinute: number, clock: Clock): Limiter => {
  const people = createTurns();
  const background = createTurns();
  const waiting = new Set<Waiter>();
  let closed = false;

  /** Everybody learns of a wait who can't wait that long, also those further back in the queue. */
  const announce = (among: Iterable<Waiter>, waitMs: number): void => {
    for (const waiter of among) if (waiter.until < clock.now() + waitMs) waiter.giveUp(full(waitMs));
  };

  const pass = async (waiter: Waiter, leave: number): Promise<void> => {
    while (!waiter.gone) {
      const waitMs = await budget.take(leave);
      if (waitMs <= 0) return;
      announce(leave === 0 ? [...waiting] : [waiter], waitMs);
      if (!waiter.gone) await clock.sleep(waitMs);
    }
  };

  const acquire = async (lane: Lane, patienceMs: number, begun = false): Promise<void> => {
    const priority = begun && lane === 'person' ? BEGUN : PRIORITY[lane];
    if (closed) throw stopping();
    const leave = lane === 'background' ? Math.floor(requestsPerMinute / 3) : 0;
    const queue = lane === 'background' ? background : people;
    // With nobody before, there is nothing to put in order, and nobody waits.
    const isFirst = ![...waiting].some((waiter) => waiter.queue === queue);
    if (isFirst && (await budget.take(leave)) <= 0) {
      if (closed) throw stopping();
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        queue,
        until: clock.now() + patienceMs,
        gone: false,
        giveUp: (error) => {
          waiter.gone = true;
          waiting.delete(waiter);
          reject(error);
        },
      };
      waiting.add(waiter);
      queue(priority, () => pass(waiter, leave))
        .then(resolve, reject)
        .finally(() => waiting.delete(waiter));
    });
  };

  const close = (): void => {
    closed = true;
    for (const waiter of [...waiting]) waiter.giveUp(stopping());
  };
  return { acquire, isFull: () => [...waiting].some(({ queue }) => queue === people), close };
};
