import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListedTicket } from '../src/features/search/ports.ts';
import { createTicketIndex, wordIndexFor } from '../src/features/search/store/search-index.ts';
import { createMirrorStore } from '../src/features/search/store/search-mirror.ts';
import { ticketNumber } from '../src/syncro/ticket.ts';
import type { OpenEngine } from './search-engines.ts';
import { PAGE } from './search-fill.ts';
import { aTicketOf, type Shop } from './search-shop.ts';
import { percentile } from './statistics.ts';

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
