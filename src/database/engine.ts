import { type Kysely, PostgresAdapter, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';

/** True: the database is a server that several machines may share. */
export const isPostgres = <DB>(db: Kysely<DB>): boolean => db.getExecutor().adapter instanceof PostgresAdapter;

/**
 * Rows that somebody else is just claiming are passed over, not waited for. The one place where the engines differ in
 * what they are asked: SQLite has one writer at a time, so there is nothing to pass over.
 */
export const passingOverLocked = <DB, TB extends keyof DB, O>(
  db: Kysely<DB>,
  query: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> => (isPostgres(db) ? query.forUpdate().skipLocked() : query);

/** For `doUpdateSet`: these columns get what was to be inserted. */
export const asInserted = <C extends string>(...columns: readonly C[]): Readonly<Record<C, RawBuilder<never>>> =>
  Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)])) as Record<C, RawBuilder<never>>;
