import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { startPostgres } from '../../../sandbox/postgres/start-postgres.ts';
import { openPostgres } from '../../../src/database/postgres.ts';
import { silentLog } from '../../silent-log.ts';
import { connected } from './connected.ts';
import { databaseAt, type Template } from './shared-server.ts';

/** A server that somebody named, and that is theirs: what is made there is thrown away again. */
const named = (): string | undefined =>
  [process.env.TEST_DATABASE_URL, process.env.DATABASE_URL].find((url) => /^postgres(ql)?:/.test(url ?? ''));

const leaveClean = ({ url, prefix }: Template): Promise<void> =>
  connected(url, async (db) => {
    const { rows } = await sql<{ name: string }>`
      select datname as name from pg_database where starts_with(datname, ${prefix})`.execute(db);
    for (const { name } of rows) await sql`drop database if exists ${sql.id(name)} with (force)`.execute(db);
  });

/** Made by the machine's time, which may be a busy machine's. */
const PATIENCE_MS = 600_000;

/** Starts a server, unless somebody named one, and makes the template there. */
export const makeTemplate = async (): Promise<{ template: Template; close: () => Promise<void> }> => {
  const prefix = `syncro_slack_test_${randomBytes(4).toString('hex')}`;
  const given = named();
  const embedded = given ? null : await startPostgres();
  const template = { url: given ?? embedded?.url() ?? '', prefix };
  const close = () => (embedded ? embedded.close() : leaveClean(template));
  try {
    await connected(template.url, (db) => sql`create database ${sql.id(prefix)}`.execute(db));
    await (
      await openPostgres(databaseAt(template.url, prefix), { log: silentLog, patienceMs: PATIENCE_MS, hurried: false })
    ).destroy();
    return { template, close };
  } catch (error) {
    await close();
    throw error;
  }
};
