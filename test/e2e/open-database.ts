import type { World } from '../../src/sandbox/world.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

/** One more connection to the app's database. */
export const openDatabase = (world: World) => openSqlite(world.config.env.DATABASE_URL.replace(/^sqlite:/, ''));
