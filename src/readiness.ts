import type { Runs } from './app/ports.ts';
import { isAppError } from './errors.ts';
import type { Check } from './http-server.ts';

/** Slack's signatures are good for 5 minutes by this machine's clock: long before that somebody must look after it. */
const TOO_FAR_OFF_MS = 60_000;

type Parts = {
  readonly runs: Pick<Runs, 'holders'>;
  /** How far this machine's clock is ahead of the database's. */
  readonly aheadMs: () => number;
  readonly syncroHealth: () => { readonly downSince: number | null };
  readonly slackReachable: Check;
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';

/** What `/readyz` names when something is wrong with it: the database, Slack, Syncro. */
export const readinessChecks = ({
  runs,
  aheadMs,
  syncroHealth,
  slackReachable,
}: Parts): Readonly<Record<string, Check>> => ({
  database: async () => {
    try {
      await runs.holders();
    } catch (error) {
      return isAppError(error) ? error.message : `it could not be read${codeOf(error)}`;
    }
    const seconds = Math.round(aheadMs() / 1000);
    if (Math.abs(aheadMs()) < TOO_FAR_OFF_MS) return null;
    return `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the database's`;
  },
  slack: slackReachable,
  syncro: () => {
    const { downSince } = syncroHealth();
    return Promise.resolve(downSince === null ? null : `no answer since ${new Date(downSince).toISOString()}`);
  },
});
