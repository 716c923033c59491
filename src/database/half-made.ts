import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import { bring } from './migrate.ts';
import type { Database } from './schema.ts';

type Sqlite = InstanceType<typeof SqliteDatabase>;

/** How many rows a table has. */
type Rows = { readonly table: string; readonly rows: number };

/** What is kept for a minute, or by the migrations themselves: nothing that anybody would miss. */
const WITHOUT_VALUE = [DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE, 'requests', 'request_slots', 'pauses'];

/** Its own tables and indexes; those inside of a virtual table come with that. */
const OBJECTS = `select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite\\_%' escape '\\'
  and tbl_name not in (select name from pragma_table_list where type = 'shadow') order by type = 'table' desc`;

type SchemaObject = { readonly type: string; readonly name: string; readonly sql: string };

/** Does the upgrade that is due go through on a copy without rows? */
const canBeBrought = async (sqlite: Sqlite, objects: readonly SchemaObject[]): Promise<boolean> => {
  const copy = new SqliteDatabase(':memory:');
  for (const each of objects) copy.exec(each.sql);
  if (objects.some(({ name }) => name === DEFAULT_MIGRATION_TABLE))
    for (const { name, timestamp } of sqlite.prepare(`select * from ${DEFAULT_MIGRATION_TABLE}`).all() as never[])
      copy.prepare(`insert into ${DEFAULT_MIGRATION_TABLE} values (?, ?)`).run(name, timestamp);
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: copy }) });
  try {
    await bring(db);
    return true;
  } catch (error) {
    return !(error instanceof Error && /already exists|duplicate column/.test(error.message));
  } finally {
    await db.destroy();
  }
};

/**
 * Has the file tables that its list of migrations does not know of? Versions before all of them were one transaction left
 * that when they were stopped while they made or upgraded it.
 * @returns the tables with rows worth keeping; `null`: it is not so
 */
export const lookForHalfMade = async (sqlite: Sqlite): Promise<readonly Rows[] | null> => {
  const objects = sqlite.prepare(OBJECTS).all() as SchemaObject[];
  if (await canBeBrought(sqlite, objects)) return null;
  return objects.flatMap(({ type, name }) => {
    if (type !== 'table' || WITHOUT_VALUE.includes(name)) return [];
    const rows = Number(sqlite.prepare(`select count(*) from "${name}"`).pluck().get());
    return rows > 0 ? [{ table: name, rows }] : [];
  });
};

/** What it is, what is in it, and what to do. */
export const halfMade = (file: string, kept: readonly Rows[]): string => {
  const what =
    'The database is half-made: an older version of this app was stopped while it created or upgraded the tables.';
  return kept.length === 0
    ? `${what} Nothing was stored in it yet, so you can delete it; the next start creates a new one: rm -f '${file}' '${file}-wal' '${file}-shm'`
    : `${what} Don't delete it (rows in it: ${kept.map(({ table, rows }) => `${rows} ${table}`).join(', ')}): restore the backup made before that.`;
};
