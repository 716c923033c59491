import { briefly, createCache } from '../shared/briefly.ts';
import { type AppError, isAppError } from '../shared/errors.ts';
import type { Clock } from '../shared/system.ts';
import { mayBeOf } from './asked-for.ts';
import type { Contract, OddContract } from './contract.ts';
import type { Caller, SyncroReads } from './ports.ts';
import { readWhole } from './read-pages.ts';
import type { Schedule } from './schedule.ts';

const KEPT_MS = 10 * 60_000;

const isAboutKey = ({ code }: AppError): boolean => code === 'key_refused' || code === 'not_allowed';

/**
 * A list that everybody shares while it is read and for minutes after, but no failure about somebody else's key. One that
 * can't be read stays so for as long: it may take many pages to find that out.
 */
const shared = <K extends string | number, T>(clock: Clock, mostKeys: number) => {
  const kept = briefly<K, readonly T[]>(clock, KEPT_MS, mostKeys);
  const unreadable = createCache<K, AppError>(mostKeys, KEPT_MS, clock);
  return async (key: K, read: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    const before = unreadable.get(key);
    if (before) throw before;
    for (let isOwn = false; ; ) {
      try {
        return await kept(key, () => {
          isOwn = true;
          return read();
        });
      } catch (error) {
        if (!isAppError(error) || isOwn || !isAboutKey(error)) {
          if (isAppError(error) && error.code === 'unreadable') unreadable.set(key, error);
          throw error;
        }
      }
    }
  };
};

/** What is agreed with customers, read live and remembered for minutes: it changes by the month, and is asked for often. */
export const createCustomerTerms = (reads: Pick<SyncroReads, 'contracts' | 'schedules'>, clock: Clock) => {
  const contracts = shared<'account', Contract | OddContract>(clock, 1);
  const schedules = shared<number, Schedule>(clock, 500);
  return {
    /**
     * Everybody's: Syncro has no filter. `activeContracts` picks a customer's.
     * @throws AppError also where they can't be read to their end
     */
    contracts: (caller: Caller): Promise<ReadonlyArray<Contract | OddContract>> =>
      contracts('account', () => readWhole('contracts', (page) => reads.contracts(caller, { page }))),

    /** The customer's recurring invoices. @throws AppError likewise */
    schedules: (caller: Caller, customerId: number): Promise<readonly Schedule[]> =>
      schedules(customerId, async () => {
        const read = (page: number) => reads.schedules(caller, { customerId, page });
        const rows = await readWhole('recurring invoices', read);
        return rows.filter((row) => mayBeOf(row.customerId, customerId));
      }),
  };
};

export type CustomerTerms = ReturnType<typeof createCustomerTerms>;
