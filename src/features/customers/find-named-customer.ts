import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { within } from '../../shared/within.ts';
import type { CustomerSummary } from '../../syncro/customer.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { SyncroReads } from '../../syncro/ports.ts';
import { readOn } from '../../syncro/read-pages.ts';
import { type CustomerMatch, matchCustomer, matchName, splitQuoted } from './match-customer.ts';
import type { CustomerMemory } from './ports.ts';

export type NamedDeps = {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'customers' | 'customer'>;
  readonly memory: CustomerMemory;
  readonly clock: Clock;
};

/** How a customer was pointed at. */
export type Pointed =
  | { readonly by: 'id'; readonly id: number }
  /** Customer and subject in one text. */
  | { readonly by: 'text'; readonly text: string }
  /** A name and nothing else. */
  | { readonly by: 'name'; readonly name: string };

export type Match = CustomerMatch<CustomerSummary>;
export type LiveMatch =
  | Match
  /** Whoever is meant is not known here, and Syncro did not say. */
  | { readonly match: 'unanswered'; readonly rest: string }
  /** More than can be read: whether a match is the only one can't be told. */
  | { readonly match: 'too_many'; readonly rest: string };

/** People look at a form that says so. */
const LIVE_MS = 2_200;
/** Of one word's customers. */
const MOST_PAGES = 5;

const matching = (pointed: Pointed & { by: 'text' | 'name' }, customers: readonly CustomerSummary[]): Match =>
  pointed.by === 'name' ? matchName(pointed.name, customers) : matchCustomer(pointed.text, customers);

const restOf = (pointed: Pointed): string => (pointed.by === 'text' ? pointed.text.trim() : '');

/** What Syncro is asked for: the name that is given, else the word that it must begin with. */
const queryOf = (pointed: Pointed & { by: 'text' | 'name' }): string => {
  if (pointed.by === 'name') return pointed.name;
  return splitQuoted(pointed.text)?.name ?? pointed.text.trim().split(/\s+/)[0] ?? '';
};

/** Finds out which customer is meant; never guesses. */
export const createNamedCustomers = ({ identity, reads, memory, clock }: NamedDeps) => {
  const readAlike = async (technician: Technician, query: string): Promise<readonly CustomerSummary[] | null> => {
    const caller = await identity.reader(technician);
    const read = (page?: number) => reads.customers(caller, { query, page });
    const first = await read();
    return first.totalPages > MOST_PAGES ? null : readOn(first, MOST_PAGES, read);
  };

  const ask = async (technician: Technician, pointed: Pointed): Promise<LiveMatch> => {
    if (pointed.by === 'id') {
      const customer = await reads.customer(await identity.reader(technician), pointed.id);
      await memory.put([customer], clock.now());
      return { match: 'one', customer, rest: '' };
    }
    const alike = await readAlike(technician, queryOf(pointed));
    if (!alike) return { match: 'too_many', rest: restOf(pointed) };
    await memory.put(alike, clock.now());
    return matching(pointed, alike);
  };

  return {
    /** From memory, at once; `null`: Syncro must be asked. */
    known: async (pointed: Pointed): Promise<Match | null> => {
      if (pointed.by === 'id') {
        const customer = await memory.get(pointed.id);
        return customer && { match: 'one', customer, rest: '' };
      }
      if ((await memory.refreshedAt()) === null) return null;
      const name = pointed.by === 'name' ? pointed.name : (splitQuoted(pointed.text)?.name ?? pointed.text);
      return matching(pointed, await memory.namesakes(name));
    },

    /** From Syncro, within the time that people look at a form which is not there yet. */
    live: async (technician: Technician, pointed: Pointed): Promise<LiveMatch> => {
      const unanswered = { match: 'unanswered', rest: restOf(pointed) } as const;
      try {
        return await within(LIVE_MS, ask(technician, pointed), () => unanswered);
      } catch (error) {
        // The form is still of use: whoever is meant can be chosen there.
        if (error instanceof AppError) return unanswered;
        throw error;
      }
    },
  };
};
