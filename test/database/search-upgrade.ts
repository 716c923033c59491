import { expect } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { MIGRATIONS, migrate } from '../../src/database/migrate.ts';
import type { Database } from '../../src/database/schema.ts';
import { askedWords } from '../../src/features/search/search-words.ts';
import { createTicketIndex, wordIndexFor } from '../../src/features/search/store/search-index.ts';
import { createMirrorLease } from '../../src/features/search/store/search-lease.ts';
import { createMirrorStore } from '../../src/features/search/store/search-mirror.ts';
import { bodyOf, commentRow } from '../../src/features/search/store/search-row.ts';
import { ticketId } from '../../src/syncro/ticket.ts';
import { aTicket, minute, noon } from '../runs/rules/a-ticket.ts';

/**
 * Upgrades an empty database from the version before the words of the index were made anew, with a ticket in it.
 * @param putOldWords as that version had them
 * @param schema as for migrate
 */
export const expectFoundAfterUpgrade = async (
  db: Kysely<Database>,
  putOldWords: () => Promise<void>,
  schema?: string,
): Promise<void> => {
  const old = new Migrator({
    db,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  expect((await old.migrateTo('0010-quick-words')).error).toBeUndefined();
  const ticket = aTicket({ id: ticketId(1), subject: 'Wi-Fi is slow' });
  const { number, status, technicianId } = ticket;
  await db
    .insertInto('search_tickets')
    .values({
      ...{ id: 1, number, status, technician_id: technicianId, updated_at: noon, body: bodyOf(ticket) },
      ...{ seen_at: noon, due_at: null, read_at: noon },
    })
    .execute();
  const comment = { id: 11, hidden: false, authorName: null, createdAt: noon, text: 'Toner' };
  await db.insertInto('search_comments').values(commentRow(1, comment)).execute();
  const progress = { mark: noon, checkedAt: noon, sweptAt: noon, changes: null, sweep: null };
  await db
    .insertInto('search_progress')
    .values({ name: 'tickets', owner: null, lease_until: 0, body: JSON.stringify(progress) })
    .execute();
  await putOldWords();

  await migrate(db, schema);
  const words = wordIndexFor(db);
  const index = createTicketIndex(db, words);
  expect(await index.state()).toEqual({ checkedAt: null, unread: false });
  expect(await createMirrorLease(db).claim('alpha', noon, minute)).toEqual({ ...progress, wordsTo: 0 });
  expect(await createMirrorStore(db, words).putWords(0)).toBeNull();
  for (const query of ['wifi', 'wi-fi slow', 'toner'])
    expect(await index.find(askedWords(query), {}, 0, 20)).toMatchObject({
      rows: [{ number, subject: 'Wi-Fi is slow' }],
      count: 1,
    });
};
