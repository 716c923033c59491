import SqliteDatabase from 'better-sqlite3';
import { openSqlite } from '../../../src/database/sqlite.ts';

/** Dies before this change of the schema. */
const DIE_AT = Number(process.env.DIE_AT ?? Number.POSITIVE_INFINITY);

type Prepare = (source: string) => unknown;
let changes = 0;
Object.assign(SqliteDatabase.prototype, {
  prepare: new Proxy(Reflect.get(SqliteDatabase.prototype, 'prepare') as Prepare, {
    apply: (prepare, database, [source]: [string]) => {
      if (/^\s*(create|alter|drop)\s/i.test(source)) changes += 1;
      if (changes === DIE_AT) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(prepare, database, [source]);
    },
  }),
});

/** Opens each file that it is told of, and says how that went. */
process.on('message', (file: string) => {
  openSqlite(file).then(
    async (db) => {
      await db.destroy();
      process.send?.('opened');
    },
    (error: unknown) => process.send?.(String(error)),
  );
});
process.send?.('ready');
