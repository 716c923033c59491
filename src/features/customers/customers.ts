import type { Technician } from '../../shared/technician.ts';
import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import type { RecentCustomers } from '../tickets/recent-customers.ts';
import type { CustomerCache } from './customer-cache.ts';
import { type CustomerSearchDeps, createCustomerSearch, viewCustomer } from './search-customers.ts';
import { customerButtons, customersCommand } from './slack/command.ts';
import type { CustomersUse } from './slack/use.ts';

/** Finds customers, and shows one. */
export const customersRows: Rows<CustomersUse> = { commands: [customersCommand], buttons: customerButtons };

type Deps = CustomerSearchDeps & {
  readonly customers: RecentCustomers;
  readonly customerCache: CustomerCache;
  readonly everybody: readonly Technician[];
};

export const createCustomers = (deps: Deps): Feature => {
  const { customerCache, everybody } = deps;
  const use: CustomersUse = {
    searchCustomers: createCustomerSearch(deps),
    viewCustomer: (technician, id) => viewCustomer(deps, technician, id),
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
