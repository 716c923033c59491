import { createCache } from '../../shared/briefly.ts';
import type { Clock } from '../../shared/system.ts';
import type { TicketSummary } from '../../syncro/ticket.ts';

/** An invoice made in Syncro's own pages may leave the ticket's date of change as it is. */
const GOOD_MS = 10 * 60_000;
const MOST_KEPT = 1_000;

/** What resolved tickets had open when they were last looked into, for as long as they don't change. */
export const createOpenAmounts = (clock: Clock) => {
  const kept = createCache<number, { readonly updatedAt: number | null; readonly cents: number }>(
    MOST_KEPT,
    GOOD_MS,
    clock,
  );
  return {
    /** `undefined`: not known. */
    of: ({ id, updatedAt }: TicketSummary): number | undefined => {
      const known = kept.get(id);
      return known?.updatedAt === updatedAt ? known?.cents : undefined;
    },
    keep: ({ id, updatedAt }: TicketSummary, cents: number): void => void kept.set(id, { updatedAt, cents }),
  };
};

export type OpenAmounts = ReturnType<typeof createOpenAmounts>;
