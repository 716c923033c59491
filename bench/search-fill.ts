import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { ListedTicket } from '../src/app/ports.ts';
import { NOTHING_READ } from '../src/domain/mirror.ts';
import { ticketNumber } from '../src/domain/ticket.ts';
import { createCustomers } from '../src/store/customers.ts';
import type { Database } from '../src/store/schema.ts';
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

const PAGES = 20;
/** Somebody asks so often. */
const PAUSE_MS = 5;
const ASKED_ALONE = 100;

export type Beside = {
  /** p95 of a question, while pages are written and while nothing is. */
  readonly askedMs: number;
  readonly askedAloneMs: number;
  /** A page of changed tickets: p50 and the slowest. */
  readonly pageMs: number;
  readonly slowestPageMs: number;
};

/** What somebody waits who asks while changed tickets are written without a pause; the app writes a page in two seconds. */
export const askBesideWriting = async ({ db }: OpenEngine, shop: Shop): Promise<Beside> => {
  const mirror = createMirrorStore(db, wordIndexFor(db));
  const index = createTicketIndex(db, wordIndexFor(db));
  const { tickets } = shop.size;
  const changed = (n: number): ListedTicket => {
    const { ticket, comments } = aTicketOf(shop, n);
    return { ticket: { ...ticket, updatedAt: Date.now() }, comments };
  };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const before = performance.now();
    await work();
    return performance.now() - before;
  };
  const askUntil = async (over: (times: number) => boolean): Promise<readonly number[]> => {
    const times: number[] = [];
    while (!over(times.length)) {
      const number = ticketNumber(1 + Math.floor(shop.random() * tickets));
      times.push(await timed(() => index.byNumber(number)));
      await sleep(PAUSE_MS);
    }
    return times;
  };
  const pages: number[] = [];
  const write = async (): Promise<void> => {
    while (pages.length < PAGES) {
      const page = Array.from({ length: PAGE }, (_, i) => changed(((pages.length * PAGE + i) * 17) % tickets));
      pages.push(await timed(() => mirror.put(page, Date.now(), 0)));
    }
  };
  const alone = await askUntil((times) => times === ASKED_ALONE);
  const [beside] = await Promise.all([askUntil(() => pages.length === PAGES), write()]);
  return {
    askedMs: percentile(beside, 0.95),
    askedAloneMs: percentile(alone, 0.95),
    pageMs: percentile(pages, 0.5),
    slowestPageMs: Math.max(...pages),
  };
};
