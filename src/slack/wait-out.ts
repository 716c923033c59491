import type { SlackDeps } from '../app/deps.ts';
import { isAppError } from '../shared/errors.ts';
import { within } from '../shared/within.ts';
import type { CommandName } from './command-types.ts';
import { limitedMessage, queuedMessage } from './error.ts';
import type { Say } from './person.ts';

/** Commands that only read and open no form: nothing is lost when they are done a minute later. */
const READING: ReadonlySet<CommandName> = new Set(['summary', 'ticket', 'search', 'customers']);

/** Who waits so long for an answer is told why, if it is the limit. */
const TOLD_AFTER_MS = 5_000;

/** Does the work; says once that it waits for its turn, and what it says later comes in that place. */
const inTurn = async (
  { isFull }: Pick<SlackDeps, 'isFull'>,
  say: Say,
  work: (say: Say) => Promise<void>,
): Promise<void> => {
  let told: Promise<unknown> | null = null;
  const working = work(async (message, options) => {
    await told;
    return say(message, { ...options, ...(told ? { replace: true } : {}) });
  });
  await within(TOLD_AFTER_MS, working, () => {
    if (isFull()) told = say(queuedMessage(), { replace: true }).catch(() => undefined);
  });
  await working;
};

/**
 * Syncro's limit is no answer: the person is told when it goes on, and then it does, once. (A response_url takes five
 * messages, and whoever waited a minute for nothing wants to know.)
 */
export const waitOut = async (
  deps: Pick<SlackDeps, 'clock' | 'isFull'>,
  name: CommandName,
  say: Say,
  work: (say: Say) => Promise<void>,
): Promise<void> => {
  try {
    await (READING.has(name) ? inTurn(deps, say, work) : work(say));
  } catch (error) {
    if (!isAppError(error) || error.code !== 'rate_limited' || !READING.has(name)) throw error;
    const waitMs = error.retryAfterMs ?? 60_000;
    await say(limitedMessage(waitMs));
    await deps.clock.sleep(waitMs);
    await work((message, options) => say(message, { ...options, replace: true }));
  }
};
