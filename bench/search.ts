import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { type Kysely, sql } from 'kysely';
import type { ApiKey, Clock, ListedTicket, Log } from '../src/app/ports.ts';
import { createTicketSearch, type TicketSearchDeps } from '../src/app/search-tickets.ts';
import { createCustomerSuggestions } from '../src/app/suggest-customers.ts';
import { createTicketSuggestions } from '../src/app/suggest-tickets.ts';
import { NOTHING_READ } from '../src/domain/mirror.ts';
import type { Technician } from '../src/domain/technician.ts';
import { ticketId, ticketNumber } from '../src/domain/ticket.ts';
import { createCustomers } from '../src/store/customers.ts';
import type { Database } from '../src/store/schema.ts';
import { wordIndexFor } from '../src/store/search-engine.ts';
import { createTicketIndex } from '../src/store/search-index.ts';
import { createMirrorLease } from '../src/store/search-lease.ts';
import { createMirrorStore } from '../src/store/search-mirror.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { systemClock } from '../src/system-time.ts';

export type SearchFigure = {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  /** The p95 of the floor: the engine's bare statement, in the same run. */
  readonly floor: number;
  readonly count: number;
};

export type SearchMeasured = {
  /** What Syncro was asked for meanwhile. */
  readonly requests: number;
  readonly figures: readonly SearchFigure[];
  /** What the index costs. */
  readonly fill: {
    readonly tickets: number;
    readonly comments: number;
    readonly seconds: number;
    readonly megabytes: number;
    readonly slowestPageMs: number;
    readonly slowestTicketMs: number;
  };
};

export type SearchSize = { readonly tickets: number; readonly commentsEach: number; readonly customers: number };

export const FULL: SearchSize = { tickets: 100_000, commentsEach: 5, customers: 5_000 };
const PAGE = 50;
const ASKED = 400;

/** The same numbers in every run. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const SYLLABLES =
  'ba be bo ca ce con da de di do ex fa fi ga in ka la le lo ma me mi mo na ne no pa per pre pro ra re ri ro sa se sta ta te ti to tra un va ve vi wa'.split(
    ' ',
  );

/** A language: few words are everywhere, most are rare, as Zipf found. */
const aLanguage = (random: () => number, size: number) => {
  const words = Array.from({ length: size }, (_, i) => {
    const syllables = Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => SYLLABLES[Math.floor(random() * SYLLABLES.length)],
    );
    return `${syllables.join('')}${i % 7 === 0 ? 'er' : ''}`;
  });
  const word = (): string => words[Math.min(size - 1, Math.floor(size ** random()) - 1)] ?? '';
  return { word, text: (length: number): string => Array.from({ length }, word).join(' ') };
};

type Shop = {
  readonly random: () => number;
  readonly language: ReturnType<typeof aLanguage>;
  readonly names: readonly string[];
};

const DONE = ['Resolved', 'Invoiced', 'Closed'];
const START = Date.UTC(2020, 0, 1);
const aTicketOf = ({ random, language, names }: Shop, n: number, size: SearchSize): ListedTicket => {
  const customer = Math.floor(random() * names.length);
  const createdAt = START + n * 1_900_000;
  // One in a hundred is open, and those are mostly the last ones.
  const open = random() < (n > size.tickets * 0.97 ? 0.3 : 0.001);
  return {
    ticket: {
      id: ticketId(100_000_000 + n * 7),
      number: ticketNumber(n + 1),
      subject: language.text(3 + Math.floor(random() * 6)),
      status: open ? 'In Progress' : (DONE[n % 2] ?? 'Resolved'),
      priority: '2 Normal',
      problemType: null,
      customerId: customer,
      customerName: names[customer] ?? '',
      technicianId: 1_700 + (n % 30),
      createdAt,
      updatedAt: createdAt + Math.floor(random() * 30) * 86_400_000,
      dueAt: null,
      customerReplied: false,
    },
    comments: Array.from({ length: size.commentsEach }, (_, i) => ({
      id: n * 100 + i,
      text: language.text(10 + Math.floor(random() * 60)),
      authorName: 'Howard Enos',
      hidden: i % 2 === 0,
      createdAt: createdAt + i * 3_600_000,
    })),
  };
};

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(part * values.length) - 1)] ?? Number.NaN;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now();
  await work();
  return performance.now() - before;
};

const timesOf = async (asked: ReadonlyArray<() => Promise<unknown>>): Promise<readonly number[]> => {
  const times: number[] = [];
  for (const ask of asked) times.push(await timed(ask));
  return times;
};

const figure = (name: string, times: readonly number[], floor: readonly number[]): SearchFigure => ({
  name,
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  slowest: Math.max(...times),
  floor: percentile(floor, 0.95),
  count: times.length,
});

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const howard: Technician = { slackUser: 'U012HOWARD', name: 'Howard Enos', syncroUserId: 1_705, role: 'technician' };
const key: ApiKey = { reveal: () => 'k' };
/** Whatever is asked of Syncro here is a mistake: the index should have known it. */
let askedSyncro = 0;
const noSyncro = () => {
  askedSyncro += 1;
  return Promise.reject(new Error('the bench asked Syncro'));
};

const fill = async (db: Kysely<Database>, shop: Shop, size: SearchSize, say: (line: string) => void) => {
  const mirror = createMirrorStore(db, wordIndexFor(db));
  const pages: number[] = [];
  for (let from = 0; from < size.tickets; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, size.tickets - from) }, (_, i) => aTicketOf(shop, from + i, size));
    pages.push(await timed(() => mirror.put(page, Date.now(), 0)));
    if ((from / PAGE) % 400 === 0) say(`filled ${from + page.length} of ${size.tickets} tickets`);
  }
  await createMirrorLease(db).claim('bench', Date.now(), 60_000);
  await createMirrorLease(db).save('bench', { ...NOTHING_READ, mark: 1, checkedAt: Date.now(), sweptAt: Date.now() });
  // As the daily reading of one ticket's comments does.
  const again = Array.from({ length: Math.min(200, size.tickets) }, (_, n) => aTicketOf(shop, n * 37, size));
  const single = await timesOf(
    again.map(
      ({ ticket, comments }) =>
        () =>
          mirror.putComments(ticket.id, comments, 1, null),
    ),
  );
  return { pages, single };
};

const someQueries = ({ language, random, names }: Shop, tickets: number): readonly string[] =>
  Array.from({ length: ASKED }, (_, i) => {
    const kind = i % 8;
    if (kind === 0) return `#${1 + Math.floor(random() * tickets)}`;
    if (kind === 1) return names[Math.floor(random() * names.length)] ?? '';
    if (kind === 2) return `${language.word()} ${language.word()}`;
    if (kind === 3) return `${language.word()} ${language.word().slice(0, 3)}`;
    if (kind === 4) return language.word().slice(0, 2);
    return language.word();
  });

const measureIn = async (db: Kysely<Database>, shop: Shop, size: SearchSize): Promise<readonly SearchFigure[]> => {
  const index = createTicketIndex(db, wordIndexFor(db));
  const clock: Clock = systemClock;
  const deps: TicketSearchDeps = {
    index,
    clock,
    identity: { reader: () => Promise.resolve({ key, lane: 'person' }) },
    reads: {
      tickets: () => Promise.resolve({ rows: [], page: 1, totalPages: 1 }),
      findTicket: () => Promise.resolve(null),
    },
    doneStatuses: DONE,
    downSince: () => null,
  };
  const search = createTicketSearch(deps);
  const suggest = createTicketSuggestions(deps);
  const queries = someQueries(shop, size.tickets);
  const one = await timesOf(queries.map(() => () => sql`select 1`.execute(db)));
  const bare = await timesOf(
    queries.map(
      () => () =>
        sql`select rowid from search_words where search_words match ${`"${shop.language.word()}"`} limit 20`.execute(
          db,
        ),
    ),
  );
  const plain = { openOnly: false, page: 1 };
  const searched = await timesOf(queries.map((words) => () => search(howard, { ...plain, words })));
  const open = await timesOf(queries.map((words) => () => search(howard, { ...plain, words, openOnly: true })));
  const mine = await timesOf(
    queries.map((words) => () => search(howard, { ...plain, words, mine: true, openOnly: true })),
  );
  const typed = await timesOf(queries.map((words) => () => suggest(howard, words.slice(0, 5))));
  const untyped = await timesOf(queries.map(() => () => suggest(howard, '')));
  const customers = createCustomerSuggestions({
    identity: { reader: () => Promise.resolve({ key, lane: 'person' }), writer: noSyncro, verify: noSyncro },
    reads: { customers: noSyncro, autocompleteCustomers: noSyncro },
    memory: createCustomers(db),
    cache: { freshen: () => undefined },
    clock,
    log: quiet,
  });
  const called = await timesOf(shop.names.slice(0, ASKED).map((name) => () => customers(howard, name.slice(0, 4))));
  return [
    figure('search in tickets and comments', searched, bare),
    figure('search, only open ones', open, bare),
    figure('search, only my open ones', mine, bare),
    figure('typeahead of tickets', typed, bare),
    figure('typeahead of tickets, nothing typed', untyped, one),
    figure('typeahead of customers', called, one),
  ];
};

/** Fills an index in a new file and asks it, by the use cases that Slack's handlers call. */
export const measureSearch = async (
  size: SearchSize = FULL,
  say: (line: string) => void = () => undefined,
): Promise<SearchMeasured> => {
  const dir = mkdtempSync(join(tmpdir(), 'bench-search-'));
  const file = join(dir, 'bench.db');
  const db = await openSqlite(file);
  try {
    const random = randomFrom(7);
    const language = aLanguage(random, 40_000);
    const names = Array.from({ length: size.customers }, () => `${language.word()} ${language.word()} LLC`);
    const shop: Shop = { random, language, names };
    await createCustomers(db).put(
      names.map((name, id) => ({
        id,
        name,
        personName: null,
        email: `office${id}@${name.split(' ')[0]}.example`,
        phone: null,
        city: null,
      })),
      Date.now(),
    );
    await createCustomers(db).refreshed(Date.now(), null);
    const began = performance.now();
    const { pages, single } = await fill(db, shop, size, say);
    const seconds = (performance.now() - began) / 1000;
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    const figures = await measureIn(db, shop, size);
    return {
      requests: askedSyncro,
      figures,
      fill: {
        tickets: size.tickets,
        comments: size.tickets * size.commentsEach,
        seconds,
        megabytes: statSync(file).size / 1e6,
        slowestPageMs: Math.max(...pages),
        slowestTicketMs: Math.max(...single),
      },
    };
  } finally {
    await db.destroy();
    rmSync(dir, { recursive: true });
  }
};

// Run alone: `node bench/search.ts [tickets]`.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const tickets = Number(process.argv[2] ?? FULL.tickets);
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  process.stdout.write(`${JSON.stringify(await measureSearch({ ...FULL, tickets }, say), null, 2)}\n`);
}
