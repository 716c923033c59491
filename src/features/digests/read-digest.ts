import { calendarIn } from '../../shared/calendar.ts';
import { isAppError } from '../../shared/errors.ts';
import type { Log } from '../../shared/system.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { AskedTicketsDeps } from '../../syncro/asked-for.ts';
import type { Caller } from '../../syncro/ports.ts';
import type { FoundUninvoiced } from '../tickets/find-uninvoiced.ts';
import { readOpenTickets } from '../tickets/open-tickets.ts';
import type { DigestFacts, DigestMoment } from './digest.ts';
import { jobKey } from './digest-jobs.ts';
import type { DigestJob, DigestPost, DigestPosts } from './ports.ts';
import { latestSlot } from './slots.ts';

export type ReadDigestDeps = AskedTicketsDeps & {
  readonly lists: Pick<AccountLists, 'people' | 'settings' | 'timeZone'>;
  readonly uninvoiced: (caller: Caller) => Promise<FoundUninvoiced>;
  readonly log: Log;
};

/** 20,000 tickets at 50 a page; in the background lane that is four minutes of what it may ask. */
const MOST_PAGES = 400;

/** A key that may not see invoices, or one odd invoice, still makes a digest; Syncro being away does not. */
const readUninvoiced = async (deps: ReadDigestDeps, caller: Caller): Promise<DigestFacts['uninvoiced']> => {
  try {
    return await deps.uninvoiced(caller);
  } catch (error) {
    if (!isAppError(error) || error.code === 'unreachable' || error.code === 'rate_limited') throw error;
    deps.log.warn({ code: error.code }, 'a digest is made without what is resolved and not invoiced');
    return null;
  }
};

/** Everything that a digest tells, read live. @throws AppError */
export const readDigest = async (deps: ReadDigestDeps, caller: Caller): Promise<DigestFacts> => {
  const timeZone = await deps.lists.timeZone(caller);
  const { tickets, partial } = await readOpenTickets(deps, caller, MOST_PAGES);
  const technicians = await deps.lists.people(
    caller,
    tickets.map(({ technicianId }) => technicianId),
  );
  return { tickets, partial, technicians, timeZone, uninvoiced: await readUninvoiced(deps, caller) };
};

/** How far back somebody is told of what was not posted. */
const LOOK_BACK = 30;

export type DigestPast = {
  /** False: this digest was never due before, as far as anybody knows. */
  readonly known: boolean;
  readonly last: DigestMoment['last'];
  /** Days since then whose digest was not posted, oldest first. */
  readonly missed: readonly string[];
  /** Why the one before could not be posted, if so. */
  readonly refusal: string | null;
};

const wasPosted = ({ state, told }: DigestPost): boolean => state === 'posted' && told !== null;
/** `posting` and `unknown` may have arrived, so nobody says that they did not. */
const wasNotPosted = (post: DigestPost | undefined): boolean =>
  post === undefined || ['claimed', 'skipped', 'refused'].includes(post.state);

/** What happened to a digest before a slot. Also slots without a row count as missed: no process ran then. */
export const digestPast = async (
  posts: Pick<DigestPosts, 'before'>,
  job: DigestJob,
  slot: number,
): Promise<DigestPast> => {
  const rows = await posts.before(jobKey(job), slot, LOOK_BACK);
  const last = rows.find(wasPosted);
  // What was due while it was switched off is not owed.
  const since = Math.max((last ?? rows.at(-1))?.slot ?? slot, job.setUp?.at ?? 0);
  const missed: number[] = [];
  let at = latestSlot(job, slot - 1);
  while (at !== null && at >= since && missed.length < LOOK_BACK) {
    const then = at;
    if (wasNotPosted(rows.find((row) => row.slot === then))) missed.unshift(then);
    at = latestSlot(job, then - 1);
  }
  const calendar = calendarIn(job.timezone);
  return {
    known: rows.length > 0,
    last: last?.told ? { at: last.slot, told: last.told } : null,
    missed: missed.map(calendar.dayWords),
    refusal: rows[0]?.state === 'refused' ? rows[0].reason : null,
  };
};
