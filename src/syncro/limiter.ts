import Bottleneck from 'bottleneck';
import { AppError } from '../shared/errors.ts';
import type { Clock } from '../shared/system.ts';
import type { Lane, RequestBudget } from './ports.ts';

export type Turn = {
  /** Nobody sits before a form: what is bound to be billed, and what is looked at for it, goes first. */
  readonly patient?: boolean | undefined;
  /** Part of the answer was read already. */
  readonly begun?: boolean;
};

export type Limiter = {
  /**
   * Waits until one request may go out.
   * @param patienceMs the longest wait that makes sense for the caller
   * @throws AppError rate_limited when it would take longer, with the wait in `retryAfterMs`
   */
  readonly acquire: (lane: Lane, patienceMs: number, turn?: Turn) => Promise<void>;
  /** True while people's requests wait for their turn. */
  readonly isFull: () => boolean;
  /** Sends everybody away who still waits. */
  readonly close: () => void;
};

type QueueName = keyof typeof LEAVES;

type Waiter = {
  readonly queue: Bottleneck;
  readonly until: number;
  readonly giveUp: (error: AppError) => void;
  gone: boolean;
};

/** What was confirmed goes before new reads: its ticket is locked until it is through. */
const PRIORITY: Readonly<Record<Lane, number>> = { run: 3, person: 5, background: 9 };
/** Half a card helps nobody: what is read after its first part does not go to the end of the queue again. */
const BEGUN = 4;

/**
 * How much of the limit each queue leaves to the ones before it. What is answered by a message leaves room for a bill to
 * begin at any time, the background a third.
 */
const LEAVES = { now: 0, patient: 1 / 18, background: 1 / 3 } as const;

const stopping = () => new AppError('unreachable', 'The app is stopping; nothing was sent.', { retryable: true });

const full = (retryAfterMs: number) =>
  new AppError('rate_limited', "Syncro's rate limit is reached.", { retryable: true, retryAfterMs });

/**
 * One job at a time: those that wait by priority (the least first), then as they came.
 *
 * Also with no time between two jobs, Bottleneck notes by the wall clock when the next may begin, and never an earlier
 * moment than before: after a clock was set back by an hour, nothing would begin for an hour. `-Infinity` between two jobs
 * makes that moment earlier than any. Only before the first job it is the time of the constructor; so one goes first that
 * takes no place, whose own wait delays nobody.
 */
export const createQueue = (): Bottleneck => {
  const queue = new Bottleneck({ maxConcurrent: 1, minTime: -Infinity });
  void queue.schedule({ weight: 0, priority: 0 }, () => Promise.resolve());
  return queue;
};

/**
 * Bottleneck is the queue (who is next), the budget is the limit (when). Filled with 180 every minute, a reservoir of
 * Bottleneck's let 360 through in one sliding minute, so the counting is not left to it.
 *
 * Background work has a queue of its own: in one queue, priorities do not help a person while a background request
 * already waits at the head (measured: 14.2 s instead of 1.0 s for a bill). So has what is answered by a message, which
 * says meanwhile what was copied.
 */
export const createLimiter = (budget: RequestBudget, requestsPerMinute: number, clock: Clock): Limiter => {
  const queues = { now: createQueue(), patient: createQueue(), background: createQueue() };
  const waiting = new Set<Waiter>();
  let closed = false;

  /** Everybody learns of a wait who can't wait that long, also those further back in the queue. */
  const announce = (among: Iterable<Waiter>, waitMs: number): void => {
    for (const waiter of among) if (waiter.until < clock.now() + waitMs) waiter.giveUp(full(waitMs));
  };

  const take = (name: QueueName) => budget.take(Math.floor(requestsPerMinute * LEAVES[name]));

  const pass = async (waiter: Waiter, name: QueueName): Promise<void> => {
    while (!waiter.gone) {
      const waitMs = await take(name);
      if (waitMs <= 0) return;
      announce(name === 'now' ? [...waiting] : [waiter], waitMs);
      if (!waiter.gone) await clock.sleep(waitMs);
    }
  };

  const acquire = async (lane: Lane, patienceMs: number, { patient, begun }: Turn = {}): Promise<void> => {
    const priority = begun && lane === 'person' ? BEGUN : PRIORITY[lane];
    if (closed) throw stopping();
    const name: QueueName = lane === 'background' ? lane : lane === 'person' && patient ? 'patient' : 'now';
    const queue = queues[name];
    // With nobody before, there is nothing to put in order, and a turn of Bottleneck's takes milliseconds.
    const isFirst = ![...waiting].some((waiter) => waiter.queue === queue);
    if (isFirst && (await take(name)) <= 0) {
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
      queue
        .schedule({ priority }, () => pass(waiter, name))
        .then(resolve, reject)
        .finally(() => waiting.delete(waiter));
    });
  };

  const close = (): void => {
    closed = true;
    for (const waiter of [...waiting]) waiter.giveUp(stopping());
  };
  return { acquire, isFull: () => [...waiting].some(({ queue }) => queue !== queues.background), close };
};
