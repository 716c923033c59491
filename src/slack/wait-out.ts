import type { CommandName } from '../domain/command.ts';
import { isAppError } from '../errors.ts';
import type { SlackDeps } from './deps.ts';
import { limitedMessage } from './messages/error.ts';
import type { Say } from './person.ts';

/** Commands that only read and open no form: nothing is lost when they are done a minute later. */
const READING: ReadonlySet<CommandName> = new Set(['summary', 'ticket', 'search', 'customers']);

/**
 * Syncro's limit is no answer: the person is told when it goes on, and then it does, once. (A response_url takes five
 * messages, and whoever waited a minute for nothing wants to know.)
 */
export const waitOut = async (
  { clock }: Pick<SlackDeps, 'clock'>,
  name: CommandName,
  say: Say,
  work: (say: Say) => Promise<void>,
): Promise<void> => {
  try {
    await work(say);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'rate_limited' || !READING.has(name)) throw error;
    const waitMs = error.retryAfterMs ?? 60_000;
    await say(limitedMessage(waitMs));
    await clock.sleep(waitMs);
    await work((message, options) => say(message, { ...options, replace: true }));
  }
};
