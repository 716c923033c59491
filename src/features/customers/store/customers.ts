import { type Kysely, sql } from 'kysely';
import { asInserted } from '../../../database/engine.ts';
import { noteTime, timeOf } from '../../../database/last-times.ts';
import type { Database } from '../../../database/schema.ts';
import { digitsOf, plainWords, searchTerms } from '../../../shared/name-words.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';
import { nameKey } from '../match-customer.ts';
import type { CustomerMemory } from '../ports.ts';

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

const NAME = 'customers';
/** Rows per statement: a parameter each for nine columns stays far below every engine's limit. */
const BATCH = 100;
/** More people of one name than this are "several" all the same. */
const MOST_NAMESAKES = 500;

/** Customers by id, with what they are found by beside them: 5,000 rows are searched in a few milliseconds. */
export const createCustomers = (db: Kysely<Database>): CustomerMemory => ({
  search: async (query, limit) => {
    const terms = searchTerms(query);
    if (terms.length === 0) return [];
    // Letters, digits and spaces only: nothing in them means something to LIKE.
    const begins = plainWords(query);
    let found = db.selectFrom('customers').select('body');
    for (const { words, digits } of terms)
      found = found.where((w) =>
        w.or([
          ...(words === '' ? [] : [w('words', 'like', `%${words}%`)]),
          // "wifi" finds Wi-Fi, and "wi-fi" WiFi.
          ...(nameKey(words) === '' ? [] : [w('name_key', 'like', `%${nameKey(words)}%`)]),
          ...(digits === null ? [] : [w('phone', 'like', `%${digits}%`)]),
        ]),
      );
    const rows = await found
      .orderBy(sql`case when name like ${` ${begins}%`} then 0 when name like ${`% ${begins}%`} then 1 else 2 end`)
      .orderBy('name')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toCustomer);
  },

  recent: async (limit) => {
    const rows = await db
      .selectFrom('customers')
      .select('body')
      .orderBy(sql`coalesce(used_at, 0)`, 'desc')
      .orderBy('name')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toCustomer);
  },

  get: async (id) => {
    const row = await db.selectFrom('customers').select('body').where('id', '=', id).executeTakeFirst();
    return row ? toCustomer(row) : null;
  },

  alike: async (customers) => {
    const keys = [...new Set(customers.map(({ name }) => nameKey(name)))].filter((key) => key !== '');
    if (keys.length === 0) return [];
    const rows = await db
      .selectFrom('customers')
      .select('body')
      .where('name_key', 'in', keys)
      .orderBy('id')
      .limit(MOST_NAMESAKES)
      .execute();
    return rows.map(toCustomer);
  },

  namesakes: async (text) => {
    const key = nameKey(text);
    if (key === '') return [];
    const begins = (column: 'name_key' | 'person_key') =>
      sql<boolean>`(${sql.ref(column)} <> '' and ${key} like ${sql.ref(column)} || '%')`;
    const rows = await db
      .selectFrom('customers')
      .select('body')
      .where((w) =>
        w.or([
          begins('name_key'),
          begins('person_key'),
          w('name_key', 'like', `${key}%`),
          w('person_key', 'like', `${key}%`),
        ]),
      )
      .orderBy(sql`length(name_key)`, 'desc')
      .orderBy('id')
      .limit(MOST_NAMESAKES)
      .execute();
    return rows.map(toCustomer);
  },

  put: async (customers, seenAt) => {
    // In one order, so that two copies that read the same pages never wait for each other.
    const rows = [...new Map(customers.map((one) => [one.id, rowOf(one, seenAt)])).values()].sort(
      (a, b) => a.id - b.id,
    );
    for (let from = 0; from < rows.length; from += BATCH)
      await db
        .insertInto('customers')
        .values(rows.slice(from, from + BATCH))
        .onConflict((oc) =>
          oc
            .column('id')
            .doUpdateSet(asInserted('body', 'words', 'name', 'phone', 'name_key', 'person_key', 'seen_at')),
        )
        .execute();
  },

  used: async (id, at) => {
    await db.updateTable('customers').set({ used_at: at }).where('id', '=', id).execute();
  },

  refreshed: async (at, began) => {
    if (began !== null) await db.deleteFrom('customers').where('seen_at', '<', began).execute();
    await noteTime(db, NAME, at);
  },

  refreshedAt: () => timeOf(db, NAME),
});
