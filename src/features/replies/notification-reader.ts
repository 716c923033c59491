import { isAppError } from '../../shared/errors.ts';
import { LEASE_MS, whileRenewing } from '../../shared/renewing.ts';
import type { Every } from '../../shared/system.ts';
import { within } from '../../shared/within.ts';
import { type FollowNotificationDeps, followNotification } from './follow-notification.ts';
import type { NotifiedRecord, NotifiedRecords } from './ports.ts';

const LOOK_MS = 1_000;
/** Longer than a reply's own lease, so that its fate is known the next time. */
const RETRY_MS = 50_000;
/** A new key is to be told of what came in meanwhile, soon. */
const LONGEST_RETRY_MS = 3_600_000;
/** A weekend, and the days until somebody connects a new key. What could not be read for so long is left to the digest. */
const GIVE_UP_MS = 5 * 24 * 3_600_000;
/** Each costs two requests; whoever sends thousands of notifications spends no more of Syncro's budget than this. */
const MOST_A_MINUTE = 30;

/** What is just being told is told; a read that takes longer is left to the next start. */
const STOP_MS = 2_000;

export type NotificationReaderDeps = FollowNotificationDeps & {
  readonly notified: NotifiedRecords;
  readonly every: Every;
};

/** Follows Syncro's notifications, one at a time. Every process looks; the rows of the database say which one works. */
export const createNotificationReader = (deps: NotificationReaderDeps) => {
  const { notified, clock, every, log, owner } = deps;
  const { promise: stopped, resolve: endReading } = Promise.withResolvers<null>();
  let stopLooking = (): void => undefined;
  let stopping = false;
  let working: Promise<void> | null = null;
  let taken: readonly number[] = [];
  let isFailing = false;

  const mayTake = (): boolean => {
    const now = clock.now();
    taken = taken.filter((at) => at > now - 60_000 && at <= now);
    return !stopping && taken.length < MOST_A_MINUTE;
  };

  /** Ever more patiently: after most of a minute, then half of the time that it has waited already, up to an hour. */
  const retryAt = (record: NotifiedRecord): number =>
    clock.now() + Math.min(LONGEST_RETRY_MS, Math.max(RETRY_MS, (clock.now() - record.notifiedAt) / 2));

  const later = async (record: NotifiedRecord): Promise<void> => {
    if (clock.now() - record.notifiedAt < GIVE_UP_MS) return notified.putBack(record, owner, retryAt(record));
    log.warn({ kind: record.kind, id: record.id }, 'a notification could not be followed for days, and is given up');
    await notified.settle(record, owner, clock.now());
  };

  const workOn = async (record: NotifiedRecord): Promise<void> => {
    const { kind, id } = record;
    try {
      const outcome = await Promise.race([followNotification(deps, record), stopped]);
      if (outcome === null) await notified.putBack(record, owner, clock.now());
      else if (outcome === 'settled') await notified.settle(record, owner, clock.now());
      else await later(record);
    } catch (error) {
      // A key's trouble heals: a new one is connected, the account may see it.
      if (isAppError(error) && error.code === 'not_found') {
        log.info({ kind, id }, 'a notification led nowhere: its record is gone');
        await notified.settle(record, owner, clock.now());
        return;
      }
      log.warn({ kind, id, err: error }, 'a notification could not be followed, trying again');
      await later(record);
    }
  };

  const take = async (): Promise<boolean> => {
    const record = mayTake() ? await notified.claim(owner, clock.now(), LEASE_MS) : null;
    if (!record) return false;
    taken = [...taken, clock.now()];
    const renew = (until: number) => notified.renew(record, owner, until);
    await whileRenewing(deps, { renew, what: 'a notification' }, () => workOn(record));
    return true;
  };

  const workThrough = async (): Promise<void> => {
    try {
      while (await take());
      isFailing = false;
    } catch (error) {
      // A database that is away is asked every second: said once is enough.
      if (!isFailing) log.error({ err: error }, 'notifications can not be followed');
      isFailing = true;
    }
  };

  const look = (): void => {
    working ??= workThrough().finally(() => {
      working = null;
    });
  };

  return {
    start: (): void => {
      stopLooking = every(LOOK_MS, look);
    },
    /** Begins nothing new; what is being read is left to the next start. */
    stop: async (): Promise<void> => {
      stopping = true;
      stopLooking();
      if (working) await within(STOP_MS, working, () => undefined);
      endReading(null);
      await working;
    },
  };
};
