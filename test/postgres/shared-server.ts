import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { type SandboxPostgres, startPostgres } from '../../src/sandbox/postgres/start-postgres.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { silentLog } from '../silent-log.ts';
import { connected } from './connected.ts';

/** A migrated, empty database to make others from, on the one server of this test run. */
export type Template = { readonly url: string; readonly prefix: string };

/** Where test files ask for it. */
export const ASK_AT = 'SYNCRO_SLACK_TEST_POSTGRES';

/** A server that somebody named, and that is theirs: what is made there is thrown away again. */
const named = (): string | undefined =>
  [process.env.TEST_DATABASE_URL, process.env.DATABASE_URL].find((url) => /^postgres(ql)?:/.test(url ?? ''));

export const databaseAt = (url: string, name: string): string => {
  const at = new URL(url);
  at.pathname = `/${name}`;
  return at.href;
};

let embedded: SandboxPostgres | null = null;
let template: Promise<Template> | null = null;
let server: Server | null = null;

const makeTemplate = async (): Promise<Template> => {
  const prefix = `syncro_slack_test_${randomBytes(4).toString('hex')}`;
  const given = named();
  embedded = given ? null : await startPostgres();
  const url = given ?? embedded?.url() ?? '';
  await connected(url, (db) => sql`create database ${sql.id(prefix)}`.execute(db));
  await (await openPostgres(databaseAt(url, prefix), { log: silentLog })).destroy();
  return { url, prefix };
};

/** Starts nothing yet: most runs of a single test file need no Postgres. */
export const offerServer = async (): Promise<void> => {
  const offering = createServer((_, res) => {
    template ??= makeTemplate();
    template.then(
      (value) => res.end(JSON.stringify(value)),
      (error: unknown) => res.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => offering.listen(0, '127.0.0.1', done));
  offering.unref();
  server = offering;
  process.env[ASK_AT] = `http://127.0.0.1:${(offering.address() as AddressInfo).port}`;
};

const leaveClean = ({ url, prefix }: Template): Promise<void> =>
  connected(url, async (db) => {
    const { rows } = await sql<{ name: string }>`
      select datname as name from pg_database where starts_with(datname, ${prefix})`.execute(db);
    for (const { name } of rows) await sql`drop database if exists ${sql.id(name)} with (force)`.execute(db);
  });

export const closeServer = async (): Promise<void> => {
  server?.closeAllConnections();
  server?.close();
  const made = await template?.catch(() => null);
  if (embedded) await embedded.close();
  else if (made) await leaveClean(made);
};
