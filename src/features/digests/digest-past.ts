import { calendarIn } from '../../shared/calendar.ts';
import type { DigestMoment } from './digest.ts';
import { type DigestJob, jobKey } from './digest-job.ts';
import type { DigestPost, DigestPosts, Slots } from './ports.ts';

/** How far back somebody is told of what was not posted. */
const LOOK_BACK = 30;

type Deps = { readonly posts: Pick<DigestPosts, 'before'>; readonly slots: Slots };

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
export const digestPast = async ({ posts, slots }: Deps, job: DigestJob, slot: number): Promise<DigestPast> => {
  const rows = await posts.before(jobKey(job), slot, LOOK_BACK);
  const last = rows.find(wasPosted);
  // What was due while it was switched off is not owed.
  const since = Math.max((last ?? rows.at(-1))?.slot ?? slot, job.setUp?.at ?? 0);
  const missed: number[] = [];
  let at = slots.latest(job, slot - 1);
  while (at !== null && at >= since && missed.length < LOOK_BACK) {
    const then = at;
    if (wasNotPosted(rows.find((row) => row.slot === then))) missed.unshift(then);
    at = slots.latest(job, then - 1);
  }
  const calendar = calendarIn(job.timezone);
  return {
    known: rows.length > 0,
    last: last?.told ? { at: last.slot, told: last.told } : null,
    missed: missed.map(calendar.dayWords),
    refusal: rows[0]?.state === 'refused' ? rows[0].reason : null,
  };
};
