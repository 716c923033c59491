import { briefly } from '../../shared/briefly.ts';
import type { Clock } from '../../shared/system.ts';
import type { Customer } from '../../syncro/customer.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';

/** What is shown of a customer may be this old. */
const CUSTOMER_MS = 2 * 60_000;

/** A customer's own page, which the card, the bill's form and its preview ask for within a minute of each other. */
export const createRecentCustomers = (reads: Pick<SyncroReads, 'customer'>, clock: Clock) => {
  const kept = briefly<number, Customer>(clock, CUSTOMER_MS);
  return {
    /** As it was up to two minutes ago. @throws AppError */
    recent: (caller: Caller, id: number): Promise<Customer> => kept(id, () => reads.customer(caller, id)),

    /** The same, but a customer with a prepaid block is read now: the block gets debited. @throws AppError */
    current: async (caller: Caller, id: number): Promise<Customer> => {
      let isNew = false;
      const customer = await kept(id, () => {
        isNew = true;
        return reads.customer(caller, id);
      });
      return isNew || !customer.prepaidHundredths ? customer : kept(id, () => reads.customer(caller, id), true);
    },
  };
};

export type RecentCustomers = ReturnType<typeof createRecentCustomers>;
