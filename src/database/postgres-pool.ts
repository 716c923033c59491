import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { outsideRequest } from '../shared/request-context.ts';
import type { Log } from '../shared/system.ts';
import { failureOfStatement, isLost, unreached } from './postgres-failure.ts';

/** A person's click has 3 seconds: a database that takes longer to be reached counts as away. */
const CONNECT_MS = 2_500;
/** Nobody waits for a migration; it gives up only on a server that is not there. */
const UNHURRIED_CONNECT_MS = 60_000;
const STATEMENT_MS = 10_000;
/** Each copy's; a server usually allows a hundred to all. */
const MOST_CONNECTIONS = 10;

const INT8 = 20;
/** Ids and times fit a JavaScript number; only here, other users of the driver keep its text. */
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export type PoolOptions = {
  readonly log: Log;
  /** False: a statement may take as long as it needs (migrations). */
  readonly hurried?: boolean;
};

/** Broken connections are thrown away, and every failure says whether something may have been stored. */
const guarded = (client: pg.PoolClient): PostgresPoolClient => {
  let broken = false;
  const query = async <R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    try {
      return (await client.query(statement, [...parameters])) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      broken ||= isLost(error);
      throw failureOfStatement(error, statement);
    }
  };
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy || broken),
  };
};

/** Connections to a Postgres; TLS and everything else as the address says. */
export const createPostgresPool = (url: string, { log, hurried = true }: PoolOptions): PostgresPool => {
  const pool = new pg.Pool({
    connectionString: url,
    fallback_application_name: 'syncro-slack',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: hurried ? CONNECT_MS : UNHURRIED_CONNECT_MS,
    keepAlive: true,
    types,
    // The server's limit comes first; the second is for a server that says nothing any more.
    ...(hurried
      ? {
          statement_timeout: STATEMENT_MS,
          query_timeout: STATEMENT_MS + 2_000,
          idle_in_transaction_session_timeout: STATEMENT_MS,
        }
      : {}),
  });
  // Unheard, each of these would end the process. An idle connection that dies (a restart of the server) is replaced when
  // it is needed; of one in use the statement hears, too.
  // It was opened in some request, which has nothing to do with that.
  pool.on('error', (error) =>
    outsideRequest(() => log.warn({ reason: unreached(error).message }, 'an idle connection to the database broke')),
  );
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    options: {},
    connect: async () => {
      try {
        return guarded(await pool.connect());
      } catch (error) {
        throw unreached(error);
      }
    },
    end: () => pool.end(),
  };
};
