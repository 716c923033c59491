import { onceInAWhile } from '../shared/briefly.ts';
import { isAppError } from '../shared/errors.ts';
import { within } from '../shared/within.ts';
import type { Check } from './http-server.ts';

/** Slack's signatures are good for 5 minutes by this machine's clock: long before that somebody must look after it. */
const TOO_FAR_OFF_MS = 60_000;
/** Each check gives an answer within this time, whatever it asks. */
const PATIENCE_MS = 2_000;
/** A probe a second, from everywhere, costs one question in this time. */
const KEPT_MS = 5_000;

/** A check that asks somebody outside. */
const asking = (ask: Check): Check => {
  const answers = onceInAWhile<'answer', string | null>(performance, KEPT_MS, 1);
  return () =>
    answers('answer', () =>
      within(PATIENCE_MS, ask(), () => `no answer within ${PATIENCE_MS / 1000} s`)
        // Words of our own only: those of a library may quote addresses and tokens.
        .catch(() => 'no answer'),
    );
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';

export type ReadinessSources = {
  /** A small write: what can only be read is not ready. */
  readonly tryToWrite: () => Promise<void>;
  /** Words, where a newer version has changed the schema. */
  readonly newerSchema: () => string | null;
  /** How far this machine's clock is ahead of the database's. */
  readonly aheadMs: () => number;
  readonly syncroHealth: () => { readonly downSince: number | null };
  readonly askSlack: Check;
  /** `null`: HTTP mode. */
  readonly sockets: () => { readonly open: number; readonly problem: string | null } | null;
};

/** What `/readyz` names when it is away: the database, Slack, Syncro, and in Socket Mode the connections. */
export const readinessChecks = (sources: ReadinessSources): Readonly<Record<string, Check>> => ({
  database: asking(async () => {
    const newer = sources.newerSchema();
    if (newer !== null) return newer;
    try {
      await sources.tryToWrite();
    } catch (error) {
      return isAppError(error) ? error.message : `it could not be written${codeOf(error)}`;
    }
    const aheadMs = sources.aheadMs();
    if (Math.abs(aheadMs) < TOO_FAR_OFF_MS) return null;
    const seconds = Math.round(Math.abs(aheadMs) / 1000);
    return `this machine's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's`;
  }),
  slack: asking(sources.askSlack),
  // Told by the requests that there were: asking would spend the 180 a minute.
  syncro: () => {
    const { downSince } = sources.syncroHealth();
    return Promise.resolve(downSince === null ? null : `no answer since ${new Date(downSince).toISOString()}`);
  },
  ...(sources.sockets()
    ? {
        sockets: () => {
          const status = sources.sockets();
          if (!status || status.open > 0) return Promise.resolve(null);
          return Promise.resolve(status.problem ?? 'no connection to Slack yet');
        },
      }
    : {}),
});
