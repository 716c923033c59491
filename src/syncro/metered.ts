import type { RequestOutcome } from '../shared/errors.ts';
import type { Answer, Call, Client } from './client.ts';
import type { Limiter } from './limiter.ts';
import type { Lane, Log, SyncroMeter, Waited } from './ports.ts';

/** `tickets/108443837/comment` -> `tickets/:id/comment`: as many as there are endpoints, whatever is asked for. */
const endpointOf = (path: string): string =>
  path
    .split('/')
    .map((part) => (/^[a-z_]+$/.test(part) ? part : ':id'))
    .join('/');

const outcomeOf = (answer: Answer): RequestOutcome => {
  if (answer.kind === 'failed') return answer.why === 'ETIMEDOUT' ? 'timeout' : 'no_answer';
  const { status } = answer;
  if (status >= 200 && status <= 299) return 'ok';
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'not_found';
  if (status === 429) return 'limited';
  return status >= 500 ? 'server_error' : 'refused';
};

/** Counts every request, and tells the log of those that did not go well: paths only, queries hold the key. */
export const meteredClient = (client: Client, log: Log, meter: SyncroMeter | undefined): Client => ({
  ...client,
  send: async (key, call: Call, options) => {
    const began = performance.now();
    const answer = await client.send(key, call, options);
    const ms = performance.now() - began;
    const outcome = outcomeOf(answer);
    meter?.syncroAnswered(call.method, endpointOf(call.path), outcome, ms);
    const line = {
      method: call.method,
      path: call.path,
      ...('status' in answer ? { status: answer.status } : { why: answer.why }),
      ms: Math.round(ms),
    };
    if (outcome === 'ok') log.debug(line, 'syncro answered');
    else log.info(line, 'syncro did not do what it was asked');
    return answer;
  },
});

export type MeteredLimiter = Limiter & { readonly queued: () => Readonly<Record<Lane, number>> };

/** Counts who waits for the budget, and how long. */
export const meteredLimiter = (limiter: Limiter, meter: SyncroMeter | undefined): MeteredLimiter => {
  const queued: Record<Lane, number> = { run: 0, person: 0, background: 0 };
  return {
    ...limiter,
    queued: () => ({ ...queued }),
    acquire: async (lane, patienceMs, turn) => {
      const began = performance.now();
      let outcome: Waited = 'gave_up';
      queued[lane] += 1;
      try {
        await limiter.acquire(lane, patienceMs, turn);
        outcome = 'granted';
      } finally {
        queued[lane] -= 1;
        meter?.waited(lane, outcome, performance.now() - began);
      }
    },
  };
};
