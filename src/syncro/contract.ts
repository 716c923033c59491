import { dayInZone, dueDay } from '../shared/calendar.ts';

/** What a contract says about one product's price. */
export type PriceOverride = {
  readonly productId: number;
  /** `null`: it is priced otherwise, and Syncro does not say how. */
  readonly rateCents: number | null;
  readonly blacklisted: boolean;
};

/** An agreement with a customer. Its dates are days, as epoch milliseconds of `dueDay`'s kind; `null`: none. */
export type Contract = {
  readonly id: number;
  readonly name: string;
  readonly customerId: number;
  /** As Syncro says: `Active`, `Expired`, `Opportunity` and more; may be empty. */
  readonly status: string;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly nonBillableProductIds: readonly number[];
  readonly overrides: readonly PriceOverride[];
  /** A part of what it says can't be read. Absent: all of it is here. */
  readonly unread?: true;
};

/**
 * The customer's contracts that hold today. Syncro may call one active whose last day is over, and its last day counts.
 * @param timeZone the account's; `null`: nobody knows, UTC
 */
export const activeContracts = (
  all: readonly Contract[],
  customerId: number,
  now: number,
  timeZone: string | null = null,
): readonly Contract[] => {
  const today = dayInZone(now, timeZone);
  return all.filter(
    ({ customerId: of, status, startsAt, endsAt }) =>
      of === customerId &&
      // Where it has no status, its dates tell.
      ['', 'active'].includes(status.trim().toLowerCase()) &&
      (startsAt === null || dueDay(startsAt, timeZone) <= today) &&
      (endsAt === null || dueDay(endsAt, timeZone) >= today),
  );
};
