import type { Kysely } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import type { AskedWords } from '../search-words.ts';

/** A ticket as it is found: words with one space between them, as features/search/search-words.ts makes them. */
export type SearchDocument = {
  readonly updatedAt: number;
  readonly ticketId: number;
  readonly subject: string;
  /** The number and the customer. */
  readonly about: string;
  /** Of its comments. */
  readonly talk: string;
  readonly status: string;
  readonly technicianId: number | null;
};

/** Where all words are looked for: each takes in the ones before it. */
export const TIERS = ['subject', 'head', 'talk'] as const;

export type Tier = (typeof TIERS)[number];

export type Sought = {
  readonly asked: AskedWords;
  readonly tier: Tier;
  /** Only these, at least one; `null`: any. */
  readonly statuses: readonly string[] | null;
  readonly technicianId: number | null;
};

/**
 * The part of the index that each engine does in its own way: SQLite by FTS5, Postgres by tsvector. Words reach both
 * folded, so that neither has an opinion on accents, stems or stop words.
 */
export type WordIndex = {
  /** In place of what was there of these tickets. */
  put(db: Kysely<Database>, documents: readonly SearchDocument[]): Promise<void>;
  remove(db: Kysely<Database>, ticketIds: readonly number[]): Promise<void>;
  clear(db: Kysely<Database>): Promise<void>;
  /** The newest tickets first. */
  match(db: Kysely<Database>, sought: Sought, limit: number): Promise<readonly Match[]>;
};

export type Match = { readonly id: number; readonly updated_at: number };

/** A status and a technician as words of the index, so that it leaves out what does not fit without reading rows. */
export const statusWord = (status: string): string => `s${Buffer.from(status).toString('hex')}`;
export const technicianWord = (id: number): string => `t${id}`;

export const filterWords = ({ status, technicianId }: SearchDocument): readonly string[] => [
  statusWord(status),
  ...(technicianId === null ? [] : [technicianWord(technicianId)]),
];
