import type { Technician } from '../../../shared/technician.ts';
import type { CustomerCard, CustomerSearch, FoundCustomers } from '../search-customers.ts';

export type CustomersUse = {
  readonly searchCustomers: (technician: Technician, search: CustomerSearch) => Promise<FoundCustomers>;
  readonly viewCustomer: (technician: Technician, id: number) => Promise<CustomerCard>;
};
