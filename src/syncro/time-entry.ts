import type { TimerEntry } from './ticket.ts';

type Spent = Pick<TimerEntry, 'startedAt' | 'endedAt' | 'activeSeconds' | 'billableTime'>;

/** Worked, pauses left out; by the clock on the wall only where Syncro does not say. `null`: it runs, or nobody knows. */
export const workedSeconds = ({ startedAt, endedAt, activeSeconds }: Spent): number | null => {
  // While it runs, Syncro shows 0.
  if (activeSeconds || (activeSeconds === 0 && endedAt !== null)) return activeSeconds;
  return startedAt === null || endedAt === null ? null : Math.max(0, Math.round((endedAt - startedAt) / 1000));
};

/** No account rounds further up than this. */
const LONGEST_MINIMUM_S = 4 * 3600;
/** Syncro keeps whole seconds of both ends. */
const ALIKE_S = 2;

/**
 * What Syncro counts as billable, by the account's minimum and increment for this labor. Whether it counts in seconds or
 * in minutes is written nowhere, so the unit is the one by which it fits the work. By both, only seconds that are just
 * what was worked are taken: 60 for two minutes may be a minimum of an hour.
 */
export const billableSeconds = (entry: Spent): number | 'not_said' | 'not_understood' => {
  const worked = workedSeconds(entry);
  const { billableTime } = entry;
  if (billableTime === null || billableTime === undefined) return 'not_said';
  if (worked === null || billableTime === 0) return 'not_understood';
  const [one, other] = [billableTime, billableTime * 60].filter(
    (seconds) => seconds >= worked / 2 && seconds <= worked + LONGEST_MINIMUM_S,
  );
  if (one === undefined) return 'not_understood';
  return other === undefined || Math.abs(one - worked) <= ALIKE_S ? one : 'not_understood';
};

/** What its charge will be made of. `null`: nobody knows. */
export const chargedSeconds = (entry: Spent): number | 'not_understood' | null => {
  const billable = billableSeconds(entry);
  return billable === 'not_said' ? workedSeconds(entry) : billable;
};

/** Work that the customer is to pay for and that no charge has taken. */
export const isUncharged = ({ recorded, billable }: TimerEntry): boolean => !recorded && billable !== false;
