import type { BillWarning, WorkTime } from '../../runs/rules/bill-plan.ts';
import {
  type BusinessHours,
  type BusinessHoursSetting,
  type Interval,
  minutesOfDay,
  minutesOutside,
  type Span,
} from '../../shared/business-hours.ts';
import type { LaborType } from '../../shared/labor.ts';
import { timeZoneOf } from '../../shared/time-zone.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { AccountSettings, Caller } from '../../syncro/ports.ts';
import { ifReadable } from './if-allowed.ts';

const MIDNIGHT = 24 * 60;
const MINUTE_MS = 60_000;

/** Business hours by the settings; `null`: there are none; `unread`: there may be, and nobody knows them. */
export const businessHoursOf = (
  setting: BusinessHoursSetting,
  account: Pick<AccountSettings, 'businessHours' | 'timeZone'> | null,
): BusinessHours | 'unread' | null => {
  if (setting === 'off') return null;
  if (setting !== 'account') return setting;
  if (account?.businessHours === null) return null;
  const timeZone = account?.timeZone ? timeZoneOf(account.timeZone) : null;
  if (!account || account.businessHours === 'unread' || timeZone === null) return 'unread';
  const week: Span[][] = Array.from({ length: 7 }, () => []);
  for (const { weekday, opens, closes } of account.businessHours) {
    const [from, to] = [minutesOfDay(opens), minutesOfDay(closes)];
    if (from === null || to === null) return 'unread';
    week[weekday]?.push({ from, to: to > from ? to : MIDNIGHT });
    if (to <= from) week[(weekday + 1) % 7]?.push({ from: 0, to });
  }
  return { timeZone, week };
};

/** What the same work is after hours: the words that cost a multiple of this one, else those with a price of their own. */
const afterHoursOf = ({ word }: LaborType, labor: readonly LaborType[]): readonly LaborType[] => {
  const premium = labor.filter(({ afterHours }) => afterHours);
  const own = premium.filter(({ rate }) => rate?.of === word);
  return own.length > 0 ? own : premium.filter(({ rate }) => rate === undefined);
};

/** What the same work is by day: all that would be this one after hours. */
const byDayOf = ({ word }: LaborType, labor: readonly LaborType[]): readonly LaborType[] =>
  labor.filter((one) => !one.afterHours && afterHoursOf(one, labor).some((premium) => premium.word === word));

/** More are not offered: each costs a read of its price. */
const MOST_OTHERS = 3;

/** Work whose labor and whose hours do not agree. */
export type OddHours = {
  readonly kind: 'after_hours' | 'business_hours';
  readonly work: WorkTime;
  /** The labor that the hours speak for; of several a person knows which. */
  readonly others: readonly LaborType[];
};

/** @param intervals in their order, one at least. @returns `null`: the labor is right for when the work was done */
export const oddHours = (
  chosen: LaborType,
  intervals: readonly Interval[],
  hours: BusinessHours | null,
  labor: readonly LaborType[],
): OddHours | null => {
  if (hours === null || !labor.some(({ afterHours }) => afterHours)) return null;
  const parts = intervals.map((interval) => minutesOutside(interval, hours));
  const work = {
    startedAt: intervals[0]?.startedAt ?? 0,
    endedAt: intervals.at(-1)?.endedAt ?? 0,
    outside: parts.reduce((sum, { outside }) => sum + outside, 0),
    all: parts.reduce((sum, { all }) => sum + all, 0),
  };
  if (!chosen.afterHours && work.outside > 0)
    return { kind: 'after_hours', work, others: afterHoursOf(chosen, labor).slice(0, MOST_OTHERS) };
  if (chosen.afterHours && work.outside === 0)
    return { kind: 'business_hours', work, others: byDayOf(chosen, labor).slice(0, MOST_OTHERS) };
  return null;
};

/** A technician's timer as far as it says when the work was done. */
export type MeasuredTimer = {
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly earlier: readonly Interval[];
};

/** When the work was done: as the timer measured it, else so many minutes until its end. */
export const workIntervals = (timer: MeasuredTimer | null, endedAt: number, minutes: number): readonly Interval[] =>
  timer?.stoppedAt
    ? [...timer.earlier, { startedAt: timer.startedAt, endedAt: timer.stoppedAt }]
    : [{ startedAt: endedAt - minutes * MINUTE_MS, endedAt }];

/** What the hours say of the labor. */
export type WorkHours = {
  readonly odd: OddHours | null;
  /** The account's business hours can't be read: whether this was after hours, nobody knows. */
  readonly hoursUnread: boolean;
};

export type WorkHoursDeps = {
  readonly lists: Pick<AccountLists, 'settings'>;
  readonly labor: readonly LaborType[];
  readonly policy: { readonly businessHours: BusinessHoursSetting };
};

/** Reads whether the labor is right for when the work was done. */
export const createWorkHours =
  ({ lists, labor, policy: { businessHours: setting } }: WorkHoursDeps) =>
  async (caller: Caller, chosen: LaborType, intervals: readonly Interval[]): Promise<WorkHours> => {
    const hours = businessHoursOf(setting, setting === 'account' ? await ifReadable(lists.settings(caller)) : null);
    return hours === 'unread'
      ? { odd: null, hoursUnread: labor.some(({ afterHours }) => afterHours) }
      : { odd: oddHours(chosen, intervals, hours, labor), hoursUnread: false };
  };

export const hoursWarnings = ({ word }: LaborType, { odd, hoursUnread }: WorkHours): readonly BillWarning[] => [
  ...(hoursUnread ? [{ kind: 'hours_unread' } as const] : []),
  ...(odd ? [{ kind: odd.kind, work: odd.work, word } as const] : []),
];
