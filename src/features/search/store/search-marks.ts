import { type Kysely, sql } from 'kysely';
import type { Database } from '../../../database/schema.ts';

/** A status and a technician as words: what does not fit is left out by the index of words, without reading rows. */
export const statusMark = (status: string): string => `s${Buffer.from(status).toString('hex')}`;
export const technicianMark = (id: number): string => `t${id}`;

export const marksOf = (ticket: {
  readonly status: string;
  readonly technicianId: number | null;
}): readonly string[] => [
  statusMark(ticket.status),
  ...(ticket.technicianId === null ? [] : [technicianMark(ticket.technicianId)]),
];

/**
 * The statuses that tickets have, but for some. Done tickets are most of all: to pass by each of them took 20 ms instead
 * of one. Each step is one look into the index of statuses.
 */
export const statusesWithout = async (db: Kysely<Database>, without: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql<{ status: string }>`with recursive known (status) as (
      select min(status) from search_tickets
      union all
      select (select min(t.status) from search_tickets t where t.status > known.status) from known
      where known.status is not null)
    select status from known where status is not null`.execute(db);
  return rows.map(({ status }) => status).filter((status) => !without.includes(status));
};
