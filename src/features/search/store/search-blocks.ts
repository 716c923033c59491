import { type RawBuilder, sql } from 'kysely';

/**
 * Blocks of 256 neighbouring ids, of 16 times as many, and so on. A ticket has the ones that it is in among its words:
 * so the index of words says by itself which tickets of a span have a word.
 */
const BITS = [8, 12, 16, 20, 24, 28];
/** Of one size, to cover a span. */
const MOST_BLOCKS = 16;

// Not by shifting, which cuts a number to 32 bits.
export const blocksOf = (id: number): readonly string[] =>
  BITS.map((bits) => `#${bits}.${Math.floor(id / 2 ** bits).toString(16)}`);

type Id = RawBuilder<unknown>;

/** A tsquery for the blocks that the ids from `low` to `high` are in, their neighbours with them; null: it would take too many. */
export const blocksBetween = (low: Id, high: Id): RawBuilder<unknown> => sql`(
  select string_agg('''#' || bits || '.' || to_hex(block) || '''', '|')::tsquery
  from (
    select min(bits) as bits from unnest(array[${sql.join(BITS.map((bits) => sql.lit(bits)))}]) bits
    where (${high} >> bits) - (${low} >> bits) < ${sql.lit(MOST_BLOCKS)}
  ) size, generate_series(${low} >> bits, ${high} >> bits) block)`;
