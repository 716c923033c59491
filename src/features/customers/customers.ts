import type { Technician } from '../../shared/technician.ts';
import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import type { RecentCustomers } from '../tickets/recent-customers.ts';
import type { CustomerCache } from './customer-cache.ts';
import { type CustomerSearchDeps, type CustomersUse, createCustomerSearch, viewCustomer } from './search-customers.ts';
import { customerButtons, customersCommand } from './slack/command.ts';

/** Finds customers, and shows one. */
export const customersRows: Rows<CustomersUse> = { commands: [customersCommand], buttons: customerButtons };

type Floors = CustomerSearchDeps & {
  readonly customers: RecentCustomers;
  readonly customerCache: CustomerCache;
  readonly everybody: readonly Technician[];
};

export const createCustomers = (floors: Floors): Feature => {
  const { customerCache, everybody } = floors;
  const use: CustomersUse = {
    searchCustomers: createCustomerSearch(floors),
    viewCustomer: (technician, id) => viewCustomer(floors, technician, id),
  };
  return {
    rows: withUse(use, customersRows),
    readsAhead: [
      {
        start: () => customerCache.warm(everybody),
        stop: () => Promise.resolve(customerCache.stop()),
      },
    ],
  };
};
