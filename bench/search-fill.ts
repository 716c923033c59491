import { performance } from 'node:perf_hooks';
import type { Kysely } from 'kysely';
import type { Database } from '../src/database/schema.ts';
import { createCustomers } from '../src/features/customers/store/customers.ts';
import { NOTHING_READ } from '../src/features/search/mirror.ts';
import { wordIndexFor } from '../src/features/search/store/search-index.ts';
import { createMirrorLease } from '../src/features/search/store/search-lease.ts';
import { createMirrorStore } from '../src/features/search/store/search-mirror.ts';
import type { OpenEngine } from './search-engines.ts';
import { aTicketOf, type Shop } from './search-shop.ts';

/** Tickets on a page of Syncro's. */
export const PAGE = 50;

export type Filled = {
  readonly tickets: number;
  readonly comments: number;
  readonly seconds: number;
  readonly megabytes: number;
};

const putCustomers = async (db: Kysely<Database>, { names }: Shop): Promise<void> => {
  const customers = createCustomers(db);
  await customers.put(
    names.map((name, id) => ({
      ...{ id, name, personName: null, phone: null, city: null },
      email: `office${id}@${name.split(' ')[0]}.example`,
    })),
    Date.now(),
  );
  await customers.refreshed(Date.now(), null);
};

/** Fills an index by the app's own code, a page after the other. */
export const fill = async (
  { filling, megabytes }: OpenEngine,
  shop: Shop,
  say: (line: string) => void,
): Promise<Filled> => {
  const { size } = shop;
  const began = performance.now();
  await filling(async (db) => {
    await putCustomers(db, shop);
    const mirror = createMirrorStore(db, wordIndexFor(db));
    for (let from = 0; from < size.tickets; from += PAGE) {
      const page = Array.from({ length: Math.min(PAGE, size.tickets - from) }, (_, i) => aTicketOf(shop, from + i));
      await mirror.put(page, Date.now(), 0);
      if ((from / PAGE) % 400 === 0) say(`filled ${from + page.length} of ${size.tickets} tickets`);
    }
    const lease = createMirrorLease(db);
    await lease.claim('bench', Date.now(), 60_000);
    await lease.save('bench', { ...NOTHING_READ, mark: 1, checkedAt: Date.now(), sweptAt: Date.now() });
  });
  const seconds = (performance.now() - began) / 1000;
  const comments = size.tickets * size.commentsEach;
  return { tickets: size.tickets, comments, seconds, megabytes: await megabytes() };
};
