import type { ClockNow } from '../../shared/system.ts';
import type { Intent } from './reconcile.ts';
import type { Look } from './step.ts';

/** Delays before looking again after an unclear outcome, while the request may still land. */
const EARLY_LOOKS_MS = [0, 1_500, 5_000, 20_000, 60_000];
/** Between the two reads that make absence certain. */
const SECOND_READ_MS = 5_000;
/** While Syncro can't be read: ever more patiently, up to this. */
const FAILED_LOOK_MOST_MS = 60_000;
/** Syncro unreadable for so long after settling: a person should know. */
const GIVE_UP_MS = 15 * 60_000;
/** What Syncro answered could not be read so many times in a row: it will not get better by itself. */
const MOST_UNREAD = 3;
/** The journal keeps the last looks; an outage of a day must not make the row grow. */
const KEPT_LOOKS = 20;

/** When a request can no longer land: of one that left before the clock was set nobody knows how long before. */
export const settledBy = (
  { at, settledAt }: Pick<Intent, 'at' | 'settledAt'>,
  settleMs: number,
  { now, setAt }: ClockNow,
): number => {
  if (setAt === 0 || (at <= now && at >= setAt)) return settledAt;
  return at > now ? setAt + settleMs : Math.max(settledAt, setAt + settleMs);
};

export const withLook = (looks: readonly Look[], look: Look): readonly Look[] => [...looks, look].slice(-KEPT_LOOKS);

const settledLooks = (intent: Intent, looks: readonly Look[]): readonly Look[] =>
  looks.filter(({ at, failed }) => !failed && at >= intent.settledAt);

const secondReadMs = (intent: Intent): number =>
  Math.min(SECOND_READ_MS, Math.ceil((intent.settledAt - intent.at) / 10));

/** Absent on two reads after settling: it is not there and will not come. */
export const isAbsenceCertain = (intent: Intent, looks: readonly Look[]): boolean => {
  const [first, ...later] = settledLooks(intent, looks);
  return first !== undefined && later.some(({ at }) => at >= first.at + secondReadMs(intent));
};

/** No use in looking further: a person should know. */
export const isHopeless = (intent: Intent, looks: readonly Look[], now: number): boolean =>
  (now > intent.settledAt + GIVE_UP_MS && (looks.at(-1)?.failed ?? false)) ||
  (now >= intent.settledAt &&
    looks.length >= MOST_UNREAD &&
    looks.slice(-MOST_UNREAD).every(({ unread }) => unread !== undefined));

/** When to look next. */
export const nextLookAt = (intent: Intent, looks: readonly Look[], now: number): number => {
  const failures = looks.length - 1 - looks.findLastIndex(({ failed }) => !failed);
  if (failures > 0) return now + Math.min(FAILED_LOOK_MOST_MS, 1_000 * 2 ** Math.min(failures, 6));
  if (now >= intent.settledAt) {
    const first = settledLooks(intent, looks)[0];
    return first ? first.at + secondReadMs(intent) : now;
  }
  const early = EARLY_LOOKS_MS[looks.length];
  return early === undefined ? intent.settledAt : Math.min(now + early, intent.settledAt);
};
