import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { openPostgres, postgresColumns } from '../../../src/database/postgres.ts';
import type { Database } from '../../../src/database/schema.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { askedWords } from '../../../src/features/search/search-words.ts';
import { createMirrorStore } from '../../../src/features/search/store/search-mirror.ts';
import { createPostgresWords } from '../../../src/features/search/store/search-postgres.ts';
import { createSqliteWords } from '../../../src/features/search/store/search-sqlite.ts';
import { TIERS, type WordIndex } from '../../../src/features/search/store/word-index.ts';
import { ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { expectFoundAfterUpgrade } from '../../database/search-upgrade.ts';
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
    id: ticketId(5_000_000_000 + n),
    number: ticketNumber(30_000 + n),
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
  test('finds the newest as SQLite does', async () => {
    await fc.assert(
      fc.asyncProperty(sought, fc.constantFrom(5, 30, 500), async (what, limit) => {
        const ids = async (db: Kysely<Database>, words: WordIndex) =>
          (await words.match(db, what, limit)).map(({ id, updated_at }) => [id, updated_at]);
        expect(await ids(postgres, createPostgresWords())).toEqual(await ids(sqlite, createSqliteWords()));
      }),
      { numRuns: 500 },
    );
  });

  test('is made anew of the copy by an upgrade', async () => {
    const old = await newDatabase({ empty: true });
    await connected(old.url, async (connection) => {
      const db = connection.withPlugin(postgresColumns) as unknown as Kysely<Database>;
      const putOldWords = async (): Promise<void> => {
        for (const table of ['search_heads', 'search_words'])
          await sql`create table ${sql.table(table)} (
            ticket_id bigint primary key, updated_at bigint not null, words tsvector not null)`.execute(db);
        await sql`create index search_words_words on search_words using gin (words)`.execute(db);
        await sql`create table search_vocabulary (word text collate "C" primary key)`.execute(db);
        await sql`insert into search_words values (1, 0, 'wi fi is slow toner')`.execute(db);
      };
      await expectFoundAfterUpgrade(db, putOldWords, 'public');
    });
    await old.drop();
  });
});
