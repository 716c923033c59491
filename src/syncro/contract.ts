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

/** What is left of one that can't be read: of whom it may be, and whether it may hold. */
export type OddContract = Pick<Contract, 'status' | 'startsAt' | 'endsAt'> & {
  readonly id: null;
  readonly customerId: number | null;
};

export type AllContracts = ReadonlyArray<Contract | OddContract>;

/**
 * The customer's contracts that hold today, with those that may be such. Syncro may call one active whose last day is over, and its last day counts.
 * @param timeZone the account's; `null`: nobody knows, UTC
 */
export const activeContracts = <T extends Contract | OddContract>(
  all: readonly T[],
  customerId: number,
  now: number,
  timeZone: string | null = null,
): readonly T[] => {
  const today = dayInZone(now, timeZone);
  return all.filter(
    ({ customerId: of, status, startsAt, endsAt }) =>
      (of === null || of === customerId) &&
      // Where it has no status, its dates tell.
      ['', 'active'].includes(status.trim().toLowerCase()) &&
      (startsAt === null || dueDay(startsAt, timeZone) <= today) &&
      (endsAt === null || dueDay(endsAt, timeZone) >= today),
  );
};
