import type { TimerEntry } from './ticket.ts';

type Spent = Pick<TimerEntry, 'startedAt' | 'endedAt' | 'activeSeconds' | 'billableTime'>;

/** Worked, pauses left out; by the clock on the wall only where Syncro does not say. `null`: it runs, or nobody knows. */
export const workedSeconds = ({ startedAt, endedAt, activeSeconds }: Spent): number | null => {
  if (activeSeconds) return activeSeconds;
  return startedAt === null || endedAt === null ? null : Math.max(0, Math.round((endedAt - startedAt) / 1000));
};

/** No account rounds further up than this. */
const LONGEST_MINIMUM_S = 4 * 3600;
const ALIKE_S = 60;

/**
 * What Syncro counts as billable, by the account's minimum and increment for this labor. Whether it counts in seconds or
 * in minutes is written nowhere, so the unit is the one by which it fits the work.
 * @returns `null`: not said, or neither fits
 */
export const billableSeconds = (entry: Spent): number | null => {
  const worked = workedSeconds(entry);
  const { billableTime } = entry;
  if (worked === null || !billableTime) return null;
  const fitting = [billableTime, billableTime * 60].filter(
    (seconds) => seconds >= worked / 2 && seconds <= worked + LONGEST_MINIMUM_S,
  );
  const [one, other] = fitting;
  if (one === undefined || other === undefined) return one ?? null;
  return fitting.find((seconds) => Math.abs(seconds - worked) < ALIKE_S) ?? null;
};

/** What its charge will be made of. `null`: nobody knows. */
export const chargedSeconds = (entry: Spent): number | null => billableSeconds(entry) ?? workedSeconds(entry);

/** Work that the customer is to pay for and that no charge has taken. */
export const isUncharged = ({ recorded, billable }: TimerEntry): boolean => !recorded && billable !== false;
