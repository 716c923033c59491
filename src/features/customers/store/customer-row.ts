import { digitsOf, plainWords } from '../../../shared/name-words.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';
import { nameKey } from '../match-customer.ts';

// Only these two write and read the column, from the same type.
export const toCustomer = ({ body }: { readonly body: string }): CustomerSummary => JSON.parse(body) as CustomerSummary;

/** A customer as it is kept, with everything that it is found by beside it; other fields (notes, portal keys) are not. */
export const rowOf = ({ id, name, personName, email, phone, city }: CustomerSummary, seenAt: number) => {
  const kept: CustomerSummary = { id, name, personName, email, phone, city };
  return {
    id,
    body: JSON.stringify(kept),
    words: plainWords([name, personName, email, city].filter(Boolean).join(' ')),
    name: ` ${plainWords(name)}`,
    phone: digitsOf(phone ?? ''),
    name_key: nameKey(name),
    person_key: nameKey(personName ?? ''),
    seen_at: seenAt,
    used_at: null,
  };
};
