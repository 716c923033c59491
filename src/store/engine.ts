import { type Kysely, PostgresAdapter } from 'kysely';

/** True: the database is a server that several machines may share. */
export const isPostgres = (db: Kysely<never>): boolean => db.getExecutor().adapter instanceof PostgresAdapter;
