import type { Kysely } from 'kysely';
import { onceInAWhile } from '../shared/briefly.ts';
import type { Clock } from '../shared/system.ts';
import { noteTime } from './last-times.ts';
import type { Database } from './schema.ts';

/** However many ask: each costs a commit to the disk. */
const KEPT_MS = 3_000;

/** Can the database be written? A full disk still lets it be read. @throws as any write that can't be done */
export const createWriteCheck = (db: Kysely<Database>, clock: Pick<Clock, 'now'>): (() => Promise<void>) => {
  const lately = onceInAWhile<'write', void>(performance, KEPT_MS, 1);
  return () => lately('write', () => noteTime(db, 'written', clock.now()));
};
