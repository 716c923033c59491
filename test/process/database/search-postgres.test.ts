import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { searchTables } from '../../../src/database/migrations/0008-search.ts';
import { quickWords } from '../../../src/database/migrations/0010-quick-words.ts';
import { openPostgres } from '../../../src/database/postgres.ts';
import { postgresColumns } from '../../../src/database/postgres-columns.ts';
import type { Database } from '../../../src/database/schema.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { askedWords } from '../../../src/features/search/search-words.ts';
import { marksOf } from '../../../src/features/search/store/search-marks.ts';
import { createMirrorStore } from '../../../src/features/search/store/search-mirror.ts';
import { createPostgresWords } from '../../../src/features/search/store/search-postgres.ts';
import { documentOf } from '../../../src/features/search/store/search-row.ts';
import { createSqliteWords } from '../../../src/features/search/store/search-sqlite.ts';
import { TIERS, type WordIndex } from '../../../src/features/search/store/word-index.ts';
import { ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { fc } from '../../property.ts';
import { aTicket, minute, noon } from '../../runs/rules/a-ticket.ts';
import { silentLog } from '../../silent-log.ts';
import { connected } from '../postgres/connected.ts';
import { newDatabase, type TestDatabase } from '../postgres/new-database.ts';

const TICKETS = 300;
const WORDS = ['printer', 'printers', 'print', 'toner', 'tone', 'mail', 'mailbox', 'scanner', 'prüfung', '打印机坏了'];

/** Common words everywhere, others in every so many tickets, and some only among the old ones. */
const wordsOf = (n: number, step: number): string =>
  WORDS.filter((_, i) => n % (1 + i * step) === 0 && (i !== 7 || n < TICKETS / 3)).join(' ');

const tickets = Array.from({ length: TICKETS }, (_, n) => ({
  ticket: aTicket({
    // Far apart, so that they fill blocks of several sizes.
    id: ticketId(5_000_000_000 + n * 1_000 + (n % 7)),
    number: ticketNumber(30_000 + n),
    // More words that begin alike than are asked for one by one.
    subject: `${wordsOf(n, 3)} host${n}`,
    customerName: n % 4 === 0 ? 'Mailers' : 'Acme',
    status: n % 5 === 0 ? 'New' : 'Resolved',
    technicianId: n % 3 === 0 ? 7 : 8,
    updatedAt: noon + n * minute,
  }),
  comments: [{ id: n, text: wordsOf(n, 2), authorName: null, hidden: false, createdAt: noon }],
}));

let server: TestDatabase;
let postgres: Kysely<Database>;
let sqlite: Kysely<Database>;
beforeAll(async () => {
  server = await newDatabase();
  postgres = await openPostgres(server.url, { log: silentLog });
  sqlite = await openSqlite(':memory:');
  await createMirrorStore(postgres, createPostgresWords()).put(tickets, noon, 0);
  await createMirrorStore(sqlite, createSqliteWords()).put(tickets, noon, 0);
});
afterAll(async () => {
  await Promise.all([postgres.destroy(), sqlite.destroy()]);
  await server.drop();
});

const sought = fc.record({
  tier: fc.constantFrom(...TIERS),
  asked: fc
    .array(
      fc.constantFrom(
        ...WORDS,
        'pri',
        'to',
        'mai',
        'mailb',
        'pr',
        'scan',
        'acm',
        '打印机坏',
        'prüf',
        'host',
        'host29',
        'nothing',
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((words) => askedWords(words.join(' '))),
  statuses: fc.constantFrom(null, null, ['New'], ['New', 'Resolved']),
  technicianId: fc.constantFrom(null, null, 7),
});

describe('the index of words on Postgres', () => {
  test('finds the newest as SQLite does, however far back it must look', async () => {
    const reach = fc.record({ newest: fc.constantFrom(10, 10, 40, 300), telling: fc.constantFrom(1, 5) });
    await fc.assert(
      fc.asyncProperty(sought, reach, fc.constantFrom(5, 30, 500), async (what, how, limit) => {
        const ids = async (db: Kysely<Database>, words: WordIndex) =>
          (await words.match(db, what, limit)).map(({ id, updated_at }) => [id, updated_at]);
        expect(await ids(postgres, createPostgresWords(how))).toEqual(await ids(sqlite, createSqliteWords()));
      }),
      { numRuns: 500 },
    );
  });

  test('is made of the words that an older version kept', async () => {
    const old = await newDatabase({ empty: true });
    await connected(old.url, async (connection) => {
      const db = connection.withPlugin(postgresColumns) as unknown as Kysely<Database>;
      const words = createPostgresWords();
      await searchTables.up(db as Kysely<unknown>);
      const document = documentOf(aTicket({ id: ticketId(5_000_000_300), subject: 'Own クラウド 🖨 a' }), [
        'Toner, ordered',
      ]);
      const { subject, about, talk } = document;
      const vectors = [subject, `${subject} ${about}`, `${subject} ${about} ${talk}`].map(
        (text) =>
          sql`array_to_tsvector(string_to_array(${`${text} ${marksOf(document)
            .map((mark) => `=${mark}`)
            .join(' ')}`}, ' '))`,
      );
      await sql`insert into search_words values (5000000300, ${sql.join(vectors)})`.execute(db);
      await db
        .insertInto('search_tickets')
        .values({
          id: 5_000_000_300,
          number: 1,
          status: 'New',
          updated_at: document.updatedAt,
          body: '{}',
          seen_at: 0,
        } as never)
        .execute();
      await quickWords.up(db as Kysely<unknown>);
      const kept = async () =>
        (
          await sql`select h.updated_at::text, h.words::text as heads, w.words::text as words,
              (select string_agg(word, ' ' order by word) from search_vocabulary) as vocabulary
            from search_heads h join search_words w on w.ticket_id = h.ticket_id`.execute(db)
        ).rows;
      const before = await kept();
      await words.clear(db);
      await words.put(db, [document]);
      expect(before).toHaveLength(1);
      expect(before).toEqual(await kept());
    });
    await old.drop();
  });
});
