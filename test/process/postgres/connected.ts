import { Kysely, PostgresDialect } from 'kysely';
import { createPostgresPool } from '../../../src/database/postgres-pool.ts';
import { silentLog } from '../../silent-log.ts';

/** Does something on a server and leaves. */
export const connected = async (url: string, work: (db: Kysely<never>) => Promise<unknown>): Promise<void> => {
  const db = new Kysely<never>({
    dialect: new PostgresDialect({ pool: createPostgresPool(url, { log: silentLog, hurried: false }) }),
  });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
};
