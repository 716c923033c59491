import type { Clock } from '../shared/system.ts';
import { accountReads } from './account.ts';
import { type Auth, createClient } from './client.ts';
import { customerReads } from './customers.ts';
import { invoiceReads } from './invoices.ts';
import { createLimiter } from './limiter.ts';
import { meteredClient, meteredLimiter } from './metered.ts';
import type { ApiKey, Lane, Log, RequestBudget, SyncroMeter, SyncroReads, SyncroWrites } from './ports.ts';
import { createHealth, createReader, type Gate } from './reader.ts';
import { createResource } from './rows.ts';
import { termsReads } from './terms.ts';
import { ticketReads } from './tickets.ts';
import { createWriter } from './writer.ts';

const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined };

export type SyncroOptions = {
  /** `https://<subdomain>.syncromsp.com/api/v1` */
  readonly baseUrl: string;
  readonly auth: Auth;
  /** For one request, from its first byte to the last of the answer. */
  readonly timeoutMs: number;
  readonly budget: RequestBudget;
  readonly requestsPerMinute: number;
  readonly clock: Clock;
  readonly log?: Log;
  readonly meter?: SyncroMeter;
  /** What no answer may show, whoever asked; looked at for each. */
  readonly secrets?: Iterable<string>;
  /** Everybody here may see what any of the keys shows of tickets and their comments, as in the index; default: no. */
  readonly sharesTickets?: boolean;
  /** Called for each read that fails because of its key. */
  readonly onKeyRefused?: (key: ApiKey) => void;
  /** 0 to 1, for the jitter of retries. */
  readonly random?: () => number;
};

export type Syncro = {
  readonly reads: SyncroReads;
  readonly writes: SyncroWrites;
  /** `downSince`: epoch milliseconds of the first failure since Syncro last answered, or `null`. */
  readonly health: () => { readonly downSince: number | null };
  /** How many requests wait for their place in the budget, by lane. */
  readonly queued: () => Readonly<Record<Lane, number>>;
  /** People's requests wait because Syncro's limit is used up. */
  readonly isFull: () => boolean;
  /** Closes the pool and sends away who waits at the limiter. Writes under way are not cut. */
  readonly close: () => void;
};

/** Everything that talks to one Syncro account; one per process, because the limit is per address. */
export const createSyncro = (options: SyncroOptions): Syncro => {
  const { baseUrl, auth, budget, requestsPerMinute, clock, timeoutMs } = options;
  const log = options.log ?? silentLog;
  const client = meteredClient(createClient(baseUrl, auth, options.secrets), log, options.meter);
  const limiter = meteredLimiter(createLimiter(budget, requestsPerMinute, clock), options.meter);
  const health = createHealth(clock);
  const random = options.random ?? Math.random;
  const onKeyRefused = options.onKeyRefused ?? (() => undefined);
  const { sharesTickets = false } = options;
  const gate: Gate = { client, limiter, budget, health, clock, log, random, timeoutMs, sharesTickets, onKeyRefused };
  const resource = createResource(createReader(gate), log);
  return {
    reads: {
      ...ticketReads(resource),
      ...customerReads(resource),
      ...invoiceReads(resource),
      ...accountReads(resource),
      ...termsReads(resource),
    },
    writes: createWriter(gate, baseUrl),
    queued: limiter.queued,
    health: () => ({ downSince: health.downSince() }),
    isFull: limiter.isFull,
    close: () => {
      limiter.close();
      client.close();
    },
  };
};
