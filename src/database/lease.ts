import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { LONGEST_LEASE_MS } from '../shared/limits.ts';
import type { Database } from './schema.ts';

type Until = { [T in keyof Database]: 'lease_until' extends keyof Database[T] ? `${T}.lease_until` : never };

/**
 * A lease: a row is its owner's until a time that is written in it, by the clock that all copies go by. A claim says this
 * in the statement that takes the row, so that of two copies one gets it: nobody has it, it was given back, or its holder
 * did not renew it. A lease that ends later than any can was written by a clock that has been set back since.
 */
export const isFree = (until: Until[keyof Database], now: number): RawBuilder<SqlBool> => {
  const column = sql.ref(until);
  return sql`(${column} is null or ${column} <= ${now} or ${column} > ${now + LONGEST_LEASE_MS})`;
};

/** What is written into a row that is taken. */
export const takenBy = (owner: string, now: number, leaseMs: number) => ({ owner, lease_until: now + leaseMs });

export const GIVEN_BACK = { owner: null, lease_until: null } as const;
