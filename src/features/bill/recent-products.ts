import { LRUCache } from 'lru-cache';
import type { Runs } from '../../runs/ports.ts';
import { briefly } from '../../shared/briefly.ts';
import type { Product } from '../../shared/labor.ts';
import type { Clock } from '../../shared/system.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { TicketNumber } from '../../syncro/ticket.ts';

/** A rate is a fact of the bill: what a preview shows of it is never older than this. */
const PRODUCT_MS = 60_000;
const MOST_TICKETS = 500;

export type RecentProductDeps = {
  readonly reads: Pick<SyncroReads, 'product'>;
  readonly runs: Pick<Runs, 'byForm'>;
  readonly clock: Clock;
};

export type Looking = { readonly formId: string; readonly ticketNumber: TicketNumber };

/**
 * Labor products for previews of bills, one read a minute for everybody who bills by them. Whoever looks at the same
 * ticket once more has not confirmed what they saw, perhaps because the rate is wrong: then it is read anew.
 */
export const createRecentProducts = ({ reads, runs, clock }: RecentProductDeps) => {
  const kept = briefly<number, Product>(clock, PRODUCT_MS);
  /** The form of each ticket's last preview. */
  const previews = new LRUCache<TicketNumber, string>({ max: MOST_TICKETS });

  const isSecondLook = async ({ formId, ticketNumber }: Looking): Promise<boolean> => {
    const before = previews.get(ticketNumber);
    previews.set(ticketNumber, formId);
    return before !== undefined && (await runs.byForm(before)) === null;
  };

  /**
   * By id.
   * @param looking the preview that is priced by them; absent: they only say what something else would cost
   * @throws AppError
   */
  return async (caller: Caller, ids: readonly number[], looking?: Looking): Promise<ReadonlyMap<number, Product>> => {
    const anew = looking !== undefined && (await isSecondLook(looking));
    const wanted = [...new Set(ids)];
    const products = await Promise.all(wanted.map((id) => kept(id, () => reads.product(caller, id), anew)));
    return new Map(products.map((product, i) => [wanted[i] ?? product.id, product]));
  };
};

export type RecentProducts = ReturnType<typeof createRecentProducts>;
