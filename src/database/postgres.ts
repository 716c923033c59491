import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ColumnDefinitionNode,
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  PostgresDialect,
  type QueryId,
  RawNode,
  sql,
} from 'kysely';
import { migrate } from './migrate.ts';
import { isPassing } from './postgres-failure.ts';
import { createPostgresPool, type PoolOptions } from './postgres-pool.ts';
import type { Database } from './schema.ts';

const TYPES: Readonly<Record<string, string>> = {
  // Sorted and compared byte by byte, as SQLite does, whatever language the server was set up in.
  text: 'text collate "C"',
  // 32 bits hold no epoch milliseconds.
  integer: 'bigint',
};

class Columns extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode, queryId?: QueryId): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node, queryId);
    const { dataType, autoIncrement, ...rest } = column;
    const name = 'dataType' in dataType ? String(dataType.dataType) : '';
    const type = autoIncrement ? 'bigserial' : TYPES[name];
    return type === undefined ? column : { ...rest, dataType: RawNode.createWithSql(type) };
  }
}

/** The migrations are written once, in SQLite's words; this says what Postgres makes of them. */
export const postgresColumns: KyselyPlugin = {
  transformQuery: ({ node, queryId }: PluginTransformQueryArgs) => new Columns().transformNode(node, queryId),
  transformResult: ({ result }) => Promise.resolve(result),
};

const RETRY_MS = 500;

type Options = PoolOptions & {
  /** How long a server is waited for that is not there yet: both may have been started at the same time. */
  readonly patienceMs?: number;
};

/** @throws AppError no_database, Error: it is no database for this app */
const reach = async (db: Kysely<Database>, { log, patienceMs = 0 }: Options): Promise<string> => {
  let said = false;
  for (const end = Date.now() + patienceMs; ; await sleep(RETRY_MS)) {
    try {
      const { rows } = await sql<{ encoding: string; schema: string | null }>`
        select current_setting('server_encoding') as encoding, current_schema() as schema`.execute(db);
      const [found] = rows;
      if (found?.encoding !== 'UTF8') throw new Error(`The database must be in UTF8, it is in ${found?.encoding}`);
      if (!found.schema) throw new Error('The database has no schema to put tables into: set its search_path');
      return found.schema;
    } catch (error) {
      if (!isPassing(error) || Date.now() > end) throw error;
      if (!said) log.warn({ reason: error instanceof Error ? error.message : null }, 'waiting for the database');
      said = true;
    }
  }
};

/**
 * Connects to a Postgres and brings its schema up to date; copies that start at the same time wait for each other.
 * @param url `postgres://…`, as the driver takes it
 * @throws AppError no_database, with words that hold nothing of the address
 */
export const openPostgres = async (url: string, options: Options): Promise<Kysely<Database>> => {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPostgresPool(url, options) }) });
  try {
    const schema = await reach(db, options);
    // Not the app's own connections: an index on a large table may take its time.
    const unhurried = createPostgresPool(url, { log: options.log, hurried: false });
    const migrating = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: unhurried }),
      plugins: [postgresColumns],
    });
    try {
      await migrate(migrating, schema);
    } finally {
      await migrating.destroy();
    }
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
};
