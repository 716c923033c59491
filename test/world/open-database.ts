import type { World } from '../../sandbox/world.ts';
import { openSqlite } from '../../src/database/sqlite.ts';

/** One more connection to the app's database. */
export const openDatabase = (world: World) => openSqlite(world.config.env.DATABASE_URL.replace(/^sqlite:/, ''));
