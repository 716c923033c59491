import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListedTicket } from '../src/app/ports.ts';
import { NOTHING_READ } from '../src/domain/mirror.ts';
import { createCustomers } from '../src/store/customers.ts';
import { wordIndexFor } from '../src/store/search-engine.ts';
import { createTicketIndex } from '../src/store/search-index.ts';
import { createMirrorLease } from '../src/store/search-lease.ts';
import { createMirrorStore } from '../src/store/search-mirror.ts';
import type { OpenEngine } from './search-engines.ts';
import { aTicketOf, type Shop } from './search-shop.ts';
import { percentile } from './statistics.ts';

/** Tickets on a page of Syncro's. */
const PAGE = 50;

export type Filled = {
  readonly tickets: number;
  readonly comments: number;
  readonly seconds: number;
  readonly megabytes: number;
  readonly slowestPageMs: number;
};

/** Fills an index as the app does, a page after the other. */
export const fill = async (
  { db, settle, megabytes }: OpenEngine,
  shop: Shop,
  say: (line: string) => void,
): Promise<Filled> => {
  const { size, names } = shop;
  await createCustomers(db).put(
    names.map((name, id) => ({
      ...{ id, name, personName: null, phone: null, city: null },
      email: `office${id}@${name.split(' ')[0]}.example`,
    })),
    Date.now(),
  );
  await createCustomers(db).refreshed(Date.now(), null);
  const mirror = createMirrorStore(db, wordIndexFor(db));
  let slowestPageMs = 0;
  const began = performance.now();
  for (let from = 0; from < size.tickets; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, size.tickets - from) }, (_, i) => aTicketOf(shop, from + i));
    const before = performance.now();
    await mirror.put(page, Date.now(), 0);
    slowestPageMs = Math.max(slowestPageMs, performance.now() - before);
    if ((from / PAGE) % 400 === 0) say(`filled ${from + page.length} of ${size.tickets} tickets`);
  }
  const seconds = (performance.now() - began) / 1000;
  await createMirrorLease(db).claim('bench', Date.now(), 60_000);
  await createMirrorLease(db).save('bench', { ...NOTHING_READ, mark: 1, checkedAt: Date.now(), sweptAt: Date.now() });
  await settle();
  const comments = size.tickets * size.commentsEach;
  return { tickets: size.tickets, comments, seconds, megabytes: await megabytes(), slowestPageMs };
};

const PAGES = 20;
/** Somebody asks so often. */
const PAUSE_MS = 5;

/** What somebody waits who asks while changed tickets are written without a pause: one page in two seconds is usual. */
export const askWhileFilling = async (
  { db }: OpenEngine,
  shop: Shop,
): Promise<{ readonly p95: number; readonly alone: number }> => {
  const mirror = createMirrorStore(db, wordIndexFor(db));
  const index = createTicketIndex(db, wordIndexFor(db));
  const changed = (n: number): ListedTicket => {
    const { ticket, comments } = aTicketOf(shop, n);
    return { ticket: { ...ticket, updatedAt: Date.now() }, comments };
  };
  const ask = async (): Promise<number> => {
    const number = 1 + Math.floor(shop.random() * shop.size.tickets);
    const before = performance.now();
    await index.byNumber(aTicketOf(shop, number - 1).ticket.number);
    return performance.now() - before;
  };
  const askUntil = async (over: (times: number) => boolean): Promise<readonly number[]> => {
    const times: number[] = [];
    while (!over(times.length)) {
      times.push(await ask());
      await sleep(PAUSE_MS);
    }
    return times;
  };
  const alone = await askUntil((times) => times === 100);
  let written = false;
  const [beside] = await Promise.all([
    askUntil(() => written),
    (async () => {
      for (let page = 0; page < PAGES; page++)
        await mirror.put(
          Array.from({ length: PAGE }, (_, i) => changed(((page * PAGE + i) * 17) % shop.size.tickets)),
          Date.now(),
          0,
        );
      written = true;
    })(),
  ]);
  return { p95: percentile(beside, 0.95), alone: percentile(alone, 0.95) };
};
