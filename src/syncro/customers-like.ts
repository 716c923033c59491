import { digitsOf, syncroQuery } from '../shared/name-words.ts';
import type { CustomerSummary } from './customer.ts';
import type { Caller, SyncroReads } from './ports.ts';
import { readWhole, uniqueById } from './read-pages.ts';

/** A customer that Syncro does not know yet. */
export type NewCustomer = { readonly name: string; readonly phone: string | null; readonly email: string | null };

/** What a column of three-byte characters may cut a name at. */
const WIDE = /[\u{10000}-\u{10FFFF}]/u;

/** What Syncro finds the customer by, however it keeps the name. */
const queriesOf = ({ name, phone, email }: NewCustomer): readonly string[] => [
  ...new Set(
    [name.split(WIDE)[0]?.trim() || name, syncroQuery(phone ?? ''), email ?? ''].filter((text) => text !== ''),
  ),
];

/**
 * Every customer that Syncro's own search finds by this name, phone or email.
 * @throws AppError also where there are too many to look through
 */
export const readCustomersLike = async (
  reads: Pick<SyncroReads, 'customers'>,
  caller: Caller,
  wanted: NewCustomer,
): Promise<readonly CustomerSummary[]> => {
  const found = await Promise.all(
    queriesOf(wanted).map((query) => readWhole('customers', (page) => reads.customers(caller, { query, page }))),
  );
  return uniqueById(found.flat());
};

/** The ends of two numbers say whether they are one: either may stand with a country's code. */
const COMPARED_DIGITS = 7;

export const samePhone = (one: string | null, other: string | null): boolean => {
  const [a, b] = [digitsOf(one ?? ''), digitsOf(other ?? '')];
  return Math.min(a.length, b.length) >= COMPARED_DIGITS && (a.endsWith(b) || b.endsWith(a));
};

export const sameEmail = (one: string | null, other: string | null): boolean =>
  one !== null && one.trim().toLowerCase() === (other ?? '').trim().toLowerCase();
