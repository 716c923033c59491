import { briefly } from '../shared/briefly.ts';
import type { Clock } from '../shared/system.ts';
import { mayBeOf } from './asked-for.ts';
import type { Contract } from './contract.ts';
import type { Caller, SyncroReads } from './ports.ts';
import { readWhole } from './read-pages.ts';
import type { Schedule } from './schedule.ts';

const KEPT_MS = 10 * 60_000;

/** What is agreed with customers, read live and remembered for minutes: it changes by the month, and is asked for often. */
export const createCustomerTerms = (reads: Pick<SyncroReads, 'contracts' | 'schedules'>, clock: Clock) => {
  const contracts = briefly<'account', readonly Contract[]>(clock, KEPT_MS, 1);
  const schedules = briefly<number, readonly Schedule[]>(clock, KEPT_MS);
  return {
    /**
     * Everybody's: Syncro has no filter. `activeContracts` picks a customer's.
     * @throws AppError also when one of them can't be read: whose it is, nobody knows
     */
    contracts: (caller: Caller): Promise<readonly Contract[]> =>
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
