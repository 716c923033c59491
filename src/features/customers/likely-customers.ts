import type { CustomerSummary } from '../../syncro/customer.ts';
import { type NewCustomer, sameEmail, samePhone } from '../../syncro/customers-like.ts';
import { nameKey } from './match-customer.ts';

/** One name begins with the other: "Acme" may be Acme West. */
const alike = (one: string, other: string): boolean =>
  one !== '' && other !== '' && (one.startsWith(other) || other.startsWith(one));

const isLike = ({ name, phone, email }: NewCustomer, row: CustomerSummary): boolean =>
  [row.name, row.personName ?? ''].some((known) => alike(nameKey(known), nameKey(name))) ||
  samePhone(phone, row.phone) ||
  sameEmail(email, row.email);

/** How much speaks for it: a phone number and an address belong to one customer, a name to several. */
const weight = ({ name, phone, email }: NewCustomer, row: CustomerSummary): number =>
  (samePhone(phone, row.phone) ? 4 : 0) +
  (sameEmail(email, row.email) ? 4 : 0) +
  (nameKey(row.name) === nameKey(name) ? 2 : 0);

/** Customers of Syncro's that may be the new one, the likeliest first. */
export const likelyCustomers = (wanted: NewCustomer, rows: readonly CustomerSummary[]): readonly CustomerSummary[] =>
  rows.filter((row) => isLike(wanted, row)).toSorted((a, b) => weight(wanted, b) - weight(wanted, a));
