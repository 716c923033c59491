import type { Clock } from '../../shared/system.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';

/** An invoice made in Syncro's own pages may leave the ticket's date of change as it is. */
const GOOD_MS = 10 * 60_000;
const MOST_KEPT = 1_000;

/** What resolved tickets had open when they were last looked into, for as long as they don't change. */
export const createOpenAmounts = (clock: Clock) => {
  const kept = new Map<number, { readonly updatedAt: number | null; readonly cents: number; readonly at: number }>();
  return {
    /** `undefined`: not known. */
    of: ({ id, updatedAt }: TicketSummary): number | undefined => {
      const known = kept.get(id);
      return known && known.updatedAt === updatedAt && Math.abs(clock.now() - known.at) < GOOD_MS
        ? known.cents
        : undefined;
    },
    keep: ({ id, updatedAt }: TicketSummary, cents: number): void => {
      kept.delete(id);
      kept.set(id, { updatedAt, cents, at: clock.now() });
      const oldest = kept.keys().next();
      if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
    },
  };
};

export type OpenAmounts = ReturnType<typeof createOpenAmounts>;
