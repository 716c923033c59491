import type { Runs } from './app/ports.ts';
import type { Check } from './http-server.ts';

/** What `/readyz` names when it is away: the database, Slack, Syncro. */
export const readinessChecks = (
  runs: Pick<Runs, 'holders'>,
  syncroHealth: () => { readonly downSince: number | null },
  slackReachable: Check,
): Readonly<Record<string, Check>> => ({
  database: async () => {
    await runs.holders();
    return null;
  },
  slack: slackReachable,
  syncro: () => {
    const { downSince } = syncroHealth();
    return Promise.resolve(downSince === null ? null : `no answer since ${new Date(downSince).toISOString()}`);
  },
});
