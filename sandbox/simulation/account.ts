import type { Product } from '../../src/shared/labor.ts';
import type { Contract } from '../../src/syncro/contract.ts';
import type { Schedule } from '../../src/syncro/schedule.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;

/** What becomes of a recurring invoice on its day. */
export type ScheduleRun = {
  /** From midnight of its day on. */
  readonly afterMs: number;
  /** It takes no line, and its next day comes all the same. */
  readonly fails: boolean;
  /** What it takes it flags on the ticket. */
  readonly flags: boolean;
};

/** How a life's Syncro differs from another one. */
export type Account = {
  /** Whether invoices are to be made drafts, and whether it has them. */
  readonly drafts: 'unwanted' | 'on' | 'off';
  /** Whether it keeps time as not billable: in a new entry, in one that is changed, never. */
  readonly notBillable: 'new' | 'changed' | 'never';
  /** What is left of the customer's prepaid block, in hundredths of an hour; `null`: they have none. */
  prepaidHundredths: number | null;
  readonly contracts: readonly Contract[];
  schedules: readonly Schedule[];
  /** `null`: it never comes to its recurring invoice. */
  readonly scheduleRun: ScheduleRun | null;
};

export const usualAccount = (): Account => ({
  drafts: 'unwanted',
  notBillable: 'new',
  prepaidHundredths: null,
  contracts: [],
  schedules: [],
  scheduleRun: null,
});

export const SCHEDULE_ID = 901;
export const SCHEDULE_DAY = '2026-11-23';
export const CONTRACT = 'All inclusive';

/** One with a contract, a block and a recurring invoice, or without some of them. */
export const randomAccount = (random: Random, customerId: number, product: Product): Account => {
  const contract: Contract = {
    ...{ id: 77, name: CONTRACT, customerId, status: 'Active', startsAt: null, endsAt: null, overrides: [] },
    nonBillableProductIds: [product.id],
  };
  const schedule: Schedule = {
    ...{ id: SCHEDULE_ID, customerId, name: 'Managed services', frequency: 'Monthly', nextRun: SCHEDULE_DAY },
    ...{ paused: false, takesCharges: true },
  };
  const late = random.chance(0.3);
  return {
    drafts: random.pick(['unwanted', 'unwanted', 'on', 'off']),
    notBillable: random.pick(['new', 'changed', 'never']),
    prepaidHundredths: random.chance(0.5) ? random.pick([50, 100, 1_000]) : null,
    contracts: random.chance(0.4) ? [contract] : [],
    schedules: random.chance(0.85) ? [schedule] : [],
    scheduleRun: random.chance(0.1)
      ? null
      : {
          // A day that is nearly over when the work is done: it comes in the evening, or up to two days later.
          afterMs: (late ? random.between(30, 76) : random.between(22, 30)) * HOUR_MS,
          fails: random.chance(0.3),
          flags: random.chance(0.7),
        },
  };
};
