import { briefly } from '../../shared/briefly.ts';
import { AppError } from '../../shared/errors.ts';
import { plainWords, syncroQuery } from '../../shared/name-words.ts';
import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { within } from '../../shared/within.ts';
import type { CustomerSummary } from '../../syncro/customer.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { CustomerCache } from './customer-cache.ts';
import type { CustomerMemory } from './ports.ts';

export type SuggestDeps = {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'customers' | 'autocompleteCustomers'>;
  readonly memory: CustomerMemory;
  readonly cache: Pick<CustomerCache, 'freshen'>;
  readonly clock: Clock;
  readonly log: Log;
};

export type SuggestedCustomers =
  | {
      readonly result: 'found';
      readonly customers: readonly CustomerSummary[];
      /** Everybody of these names, to tell them apart from. */
      readonly alike: readonly CustomerSummary[];
    }
  /** Nothing is known, and Syncro did not answer (in time). */
  | { readonly result: 'unanswered' }
  /** Nobody's key may be used. */
  | { readonly result: 'no_key' };

/** Slack takes 100 options; nobody reads more than a screen of them. */
const MOST = 50;
/** Slack waits 3 seconds for options. */
const LIVE_MS = 2_200;
/** Letters typed, deleted and typed again ask once. */
const ASKED_MS = 10_000;

/** Customers while somebody types: from memory, and from Syncro what is not known there. */
export const createCustomerSuggestions = (deps: SuggestDeps) => {
  const { identity, reads, memory, cache, clock, log } = deps;
  const asked = briefly<string, readonly CustomerSummary[]>(clock, ASKED_MS);

  const ask = async (caller: Caller, query: string): Promise<readonly CustomerSummary[]> => {
    const words = syncroQuery(query);
    const rows =
      words === '' ? (await reads.customers(caller, {})).rows : await reads.autocompleteCustomers(caller, words);
    await memory.put(rows, clock.now());
    return rows.slice(0, MOST);
  };

  const found = async (customers: readonly CustomerSummary[]): Promise<SuggestedCustomers> => ({
    result: 'found',
    customers,
    alike: await memory.alike(customers),
  });

  const live = async (
    caller: Caller,
    query: string,
    known: readonly CustomerSummary[],
  ): Promise<SuggestedCustomers> => {
    try {
      const asking = asked(plainWords(query) || query, () => ask(caller, query));
      const answer = await within(LIVE_MS, asking, () => null);
      if (answer) return await found(answer);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.info({ code: error.code }, 'customers could not be asked for while somebody types');
    }
    return known.length > 0 ? found(known) : { result: 'unanswered' };
  };

  /** Never later than 2.5 seconds. */
  return async (technician: Technician, query: string): Promise<SuggestedCustomers> => {
    const caller = await identity.reader(technician).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'no_key') return null;
      throw error;
    });
    if (!caller) return { result: 'no_key' };
    cache.freshen(technician);
    const filled = (await memory.refreshedAt()) !== null;
    const known = query.trim() === '' ? await memory.recent(MOST) : await memory.search(query, MOST);
    return filled && known.length > 0 ? found(known) : live(caller, query, known);
  };
};
