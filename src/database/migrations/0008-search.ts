import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../engine.ts';

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('search_tickets')
    .addColumn('id', 'bigint', (c) => c.primaryKey())
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('technician_id', 'bigint')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    // When Syncro last had it in a list.
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    // When its comments are to be read; null: not before it changes.
    .addColumn('due_at', 'bigint')
    .addColumn('read_at', 'bigint')
    .execute();
  await db.schema.createIndex('search_tickets_number').on('search_tickets').column('number').execute();
  await db.schema.createIndex('search_tickets_status').on('search_tickets').column('status').execute();
  await db.schema
    .createIndex('search_tickets_technician')
    .on('search_tickets')
    .columns(['technician_id', 'updated_at'])
    .execute();
  await db.schema
    .createIndex('search_tickets_due')
    .on('search_tickets')
    .column('updated_at')
    .where(sql<boolean>`due_at is not null`)
    .execute();
  await db.schema
    .createIndex('search_tickets_unread')
    .on('search_tickets')
    .column('id')
    .where(sql<boolean>`due_at is not null and read_at is null`)
    .execute();
  await db.schema
    .createTable('search_comments')
    .addColumn('id', 'bigint', (c) => c.primaryKey())
    .addColumn('ticket_id', 'bigint', (c) => c.notNull())
    .addColumn('hidden', 'integer', (c) => c.notNull())
    .addColumn('author', 'text')
    .addColumn('created_at', 'bigint')
    .addColumn('body', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('search_comments_ticket').on('search_comments').column('ticket_id').execute();
  // One row, 'tickets': how far the copy of Syncro's tickets is, and which process goes on with it.
  await db.schema
    .createTable('search_progress')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text')
    .execute();
  if (!isPostgres(db)) await sqliteWords(db);
};

/**
 * For search-sqlite.ts. The texts are kept elsewhere, so only the index of them is here (`content=''`), and only in which
 * column a word is, not where in it: a third of the size. The short texts have an index of beginnings, which would double
 * the long ones.
 */
const sqliteWords = async (db: Kysely<unknown>): Promise<void> => {
  const options = sql.raw(`content='', contentless_delete=1, detail=column, tokenize='ascii'`);
  await sql`create virtual table search_heads using fts5 (subject, about, marks, prefix='2 3', ${options})`.execute(db);
  await sql`create virtual table search_words using fts5 (talk, marks, ${options})`.execute(db);
};

/** A copy of the tickets and their comments, to search in. */
export const searchTables: Migration = { up };
