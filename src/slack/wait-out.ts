import { isAppError } from '../shared/errors.ts';
import { within } from '../shared/within.ts';
import { limitedMessage, queuedMessage } from './error.ts';
import type { SlackKit } from './kit.ts';
import type { Say } from './person.ts';

/** Who waits so long for an answer is told why, if it is the limit. */
const TOLD_AFTER_MS = 5_000;

/** Does the work; says once that it waits for its turn, and what it says later comes in that place. */
const inTurn = async (
  { isFull }: Pick<SlackKit, 'isFull'>,
  say: Say,
  work: (say: Say) => Promise<void>,
): Promise<void> => {
  let told: Promise<unknown> | null = null;
  let hasCopy = false;
  const working = work(async (message, options) => {
    hasCopy ||= options?.stage === 'copy';
    await told;
    return say(message, { ...options, ...(told ? { replace: true } : {}) });
  });
  await within(TOLD_AFTER_MS, working, () => {
    if (isFull() && !hasCopy) told = say(queuedMessage(), { replace: true }).catch(() => undefined);
  });
  await working;
};

/**
 * Syncro's limit is no answer to what only reads: the person is told when it goes on, and then it does, once. (A response_url takes five
 * messages, and whoever waited a minute for nothing wants to know.)
 */
export const waitOut = async (
  deps: Pick<SlackKit, 'clock' | 'isFull'>,
  mayWait: boolean,
  say: Say,
  work: (say: Say) => Promise<void>,
): Promise<void> => {
  try {
    await (mayWait ? inTurn(deps, say, work) : work(say));
  } catch (error) {
    if (!isAppError(error) || error.code !== 'rate_limited' || !mayWait) throw error;
    const waitMs = error.retryAfterMs ?? 60_000;
    await say(limitedMessage(waitMs));
    await deps.clock.sleep(waitMs);
    await work((message, options) => say(message, { ...options, replace: true }));
  }
};
