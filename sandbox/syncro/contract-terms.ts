import { finerCents } from './fields.ts';
import type { ContractRow } from './rows.ts';
import type { SyncroState } from './state.ts';

/** The customer's contracts that hold now; the last day counts. */
const holding = ({ contracts }: SyncroState, customerId: number | undefined, now: number): ContractRow[] => {
  const today = new Date(now).toISOString().slice(0, 10);
  return contracts.filter(
    (row) =>
      row.customer_id === customerId &&
      row.status === 'Active' &&
      (row.start_date ?? today).slice(0, 10) <= today &&
      (row.end_date ?? today).slice(0, 10) >= today,
  );
};

type Terms = {
  /** Nobody pays for it. */
  readonly isFree: boolean;
  /** `null`: as the product costs. */
  readonly rateCents: number | null;
};

/** What the contracts of the ticket's customer make of a product. Of several, the first that prices it does. */
export const termsOf = (state: SyncroState, ticketId: number, productId: number | null, now: number): Terms => {
  const customerId = state.tickets.find(({ id }) => id === ticketId)?.customer_id;
  const contracts = holding(state, customerId, now);
  const override = contracts
    .flatMap((row) => row.product_price_overrides)
    .find((one) => one.product_id === productId && !one.blacklisted);
  return {
    isFree: contracts.some((row) => row.non_billable_product_ids.some((id) => id === productId)),
    rateCents: override?.price == null ? null : finerCents(override.price),
  };
};
