import { performance } from 'node:perf_hooks';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../src/database/schema.ts';
import { createCustomers } from '../src/features/customers/store/customers.ts';
import { createCustomerSuggestions } from '../src/features/customers/suggest-customers.ts';
import type { TicketIndex } from '../src/features/search/ports.ts';
import { createTicketSearch, type TicketSearchDeps } from '../src/features/search/search-tickets.ts';
import { createTicketIndex, wordIndexFor } from '../src/features/search/store/search-index.ts';
import { createTicketSuggestions } from '../src/features/search/suggest-tickets.ts';
import { systemClock } from '../src/shared/system.ts';
import type { Technician } from '../src/shared/technician.ts';
import type { ApiKey } from '../src/syncro/ports.ts';
import { type OpenEngine, quiet } from './search-engines.ts';
import { DONE, type Question, questionsOf, type Shop } from './search-shop.ts';
import { percentile } from './statistics.ts';

export type SearchFigure = {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  /** The p95 of the floor: the engine's bare statement, in the same run. */
  readonly floor: number;
  readonly count: number;
  /** The p95 of each kind of question. */
  readonly kinds: Readonly<Record<string, number>>;
};

type Timed = { readonly kind: string; readonly ms: number };

const timesOf = async (
  questions: readonly Question[],
  ask: (words: string) => Promise<unknown>,
): Promise<readonly Timed[]> => {
  const times: Timed[] = [];
  for (const { kind, words } of questions) {
    const before = performance.now();
    await ask(words);
    times.push({ kind, ms: performance.now() - before });
  }
  return times;
};

const milliseconds = (times: readonly Timed[]): readonly number[] => times.map(({ ms }) => ms);

const figure = (name: string, times: readonly Timed[], floor: readonly Timed[]): SearchFigure => ({
  name,
  p50: percentile(milliseconds(times), 0.5),
  p95: percentile(milliseconds(times), 0.95),
  slowest: Math.max(...milliseconds(times)),
  floor: percentile(milliseconds(floor), 0.95),
  count: times.length,
  kinds: Object.fromEntries(
    [...Map.groupBy(times, ({ kind }) => kind)].map(([kind, some]) => [kind, percentile(milliseconds(some), 0.95)]),
  ),
});

const howard: Technician = { slackUser: 'U012HOWARD', name: 'Howard Enos', syncroUserId: 1_705, role: 'technician' };
const key: ApiKey = { reveal: () => 'k' };

/** Syncro, which is to be asked for nothing that the index has. */
const aSyncro = (db: Kysely<Database>) => {
  const index = createTicketIndex(db, wordIndexFor(db));
  let foundNothing = false;
  let needless = 0;
  const ask = <T>(answer: T) => {
    if (!foundNothing) needless += 1;
    return Promise.resolve(answer);
  };
  const find: TicketIndex['find'] = async (...asked) => {
    const found = await index.find(...asked);
    foundNothing = found.count === 0;
    return found;
  };
  const of: TicketIndex['of'] = async (...asked) => {
    const rows = await index.of(...asked);
    foundNothing = rows.length === 0;
    return rows;
  };
  const deps: TicketSearchDeps = {
    index: { ...index, find, of },
    clock: systemClock,
    identity: { reader: () => Promise.resolve({ key, lane: 'person' }) },
    reads: {
      tickets: () => ask({ rows: [], page: 1, totalPages: 1 }),
      findTicket: () => ask(null),
    },
    doneStatuses: DONE,
    downSince: () => null,
  };
  const refuse = () => {
    needless += 1;
    return Promise.reject(new Error('the bench asked Syncro'));
  };
  return { deps, refuse, needless: () => needless };
};

const customersOf = (db: Kysely<Database>, refuse: () => Promise<never>) =>
  createCustomerSuggestions({
    identity: { reader: () => Promise.resolve({ key, lane: 'person' }), writer: refuse, verify: refuse, known: refuse },
    reads: { customers: refuse, autocompleteCustomers: refuse },
    memory: createCustomers(db),
    cache: { freshen: () => undefined },
    clock: systemClock,
    log: quiet,
  });

/** Asks a filled index, by the use cases that Slack's handlers call. */
export const measureSearch = async (
  { db, bare }: OpenEngine,
  shop: Shop,
): Promise<{ readonly figures: readonly SearchFigure[]; readonly needless: number }> => {
  const { deps, refuse, needless } = aSyncro(db);
  const search = createTicketSearch(deps);
  const suggest = createTicketSuggestions(deps);
  const customers = customersOf(db, refuse);
  const plain = { openOnly: false, page: 1 };
  // Others first: what is read from the disk for the first time is read once.
  await timesOf(questionsOf(shop), (words) => search(howard, { ...plain, words }));
  const questions = questionsOf(shop);
  const one = await timesOf(questions, () => sql`select 1`.execute(db));
  const word = await timesOf(questions, () => bare(shop.language.word()));
  const searched = await timesOf(questions, (words) => search(howard, { ...plain, words }));
  const typed = await timesOf(questions, (words) => suggest(howard, words.slice(0, 5)));
  const untyped = await timesOf(questions, () => suggest(howard, ''));
  const called = await timesOf(
    shop.names.slice(0, questions.length).map((name) => ({ kind: 'four letters', words: name.slice(0, 4) })),
    (words) => customers(howard, words),
  );
  const asked = needless();
  // Where a filter leaves nothing of what was asked for, Syncro is asked.
  const open = await timesOf(questions, (words) => search(howard, { ...plain, words, openOnly: true }));
  const mine = await timesOf(questions, (words) => search(howard, { ...plain, words, mine: true, openOnly: true }));
  return {
    figures: [
      figure('search in tickets and comments', searched, word),
      figure('search, only open ones', open, word),
      figure('search, only my open ones', mine, word),
      figure('typeahead of tickets', typed, word),
      figure('typeahead of tickets, nothing typed', untyped, one),
      figure('typeahead of customers', called, one),
    ],
    needless: asked,
  };
};
