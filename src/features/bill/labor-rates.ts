import { briefly, createCache } from '../../shared/briefly.ts';
import type { LaborType } from '../../shared/labor.ts';
import { multipliedCents } from '../../shared/money.ts';
import type { Clock } from '../../shared/system.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';

/** A preview reads the rate again; this is only what helps to choose. */
const RATE_MS = 10 * 60_000;
const MOST = 100;

/** Cents an hour by the labor's word; what could not be read is missing. */
export type Rates = ReadonlyMap<string, number>;

/** What each labor type costs, one read every ten minutes for everybody. */
export const createLaborRates = (reads: Pick<SyncroReads, 'product'>, clock: Clock) => {
  const reading = briefly<number, unknown>(clock, RATE_MS, MOST);
  const known = createCache<number, number>(MOST, RATE_MS, clock);
  const now = (labor: readonly LaborType[]): Rates =>
    new Map(
      labor.flatMap(({ word, productId, rate }) => {
        const rateCents = known.get(rate?.productId ?? productId);
        return rateCents === undefined ? [] : [[word, rate ? multipliedCents(rateCents, rate.times) : rateCents]];
      }),
    );
  return {
    /** Without asking anybody. */
    known: now,
    read: async (caller: Caller, labor: readonly LaborType[]): Promise<Rates> => {
      const read = async (id: number): Promise<void> => void known.set(id, (await reads.product(caller, id)).rateCents);
      const ids = new Set(labor.map(({ productId, rate }) => rate?.productId ?? productId));
      await Promise.allSettled([...ids].map((id) => reading(id, () => read(id))));
      return now(labor);
    },
  };
};

export type LaborRates = ReturnType<typeof createLaborRates>;
