import { openSqlite } from '../../src/store/sqlite.ts';

/** Opens each file that it is told of, and says how that went. */
process.on('message', (file: string) => {
  openSqlite(file).then(
    async (db) => {
      process.send?.('opened');
      await db.destroy();
    },
    (error: unknown) => process.send?.(String(error)),
  );
});
process.send?.('ready');
