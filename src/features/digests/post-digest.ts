import { calendarIn } from '../../shared/calendar.ts';
import { type AppErrorCode, isAppError } from '../../shared/errors.ts';
import { LEASE_MS, whileRenewing } from '../../shared/renewing.ts';
import type { Clock, Every, Log } from '../../shared/system.ts';
import type { Caller } from '../../syncro/ports.ts';
import { digestOf } from './digest.ts';
import { jobKey } from './digest-jobs.ts';
import type { DigestBoard, DigestClaim, DigestJob, DigestMeter, DigestOutcome, DigestPosts } from './ports.ts';
import { type DigestPast, digestPast, type ReadDigestDeps, readDigest } from './read-digest.ts';

export type PostDigestDeps = ReadDigestDeps & {
  readonly posts: DigestPosts;
  readonly board: DigestBoard;
  readonly caller: () => Promise<Caller>;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
  readonly owner: string;
  readonly meter?: DigestMeter;
  /** When the database was last restored: what was due before may have been posted and forgotten. `null`: never. */
  readonly restoredAt: number | null;
  /** Resolves when the app stops: what is not sent by then is left to the next start. */
  readonly stopped: Promise<void>;
};

/** What is later than this is not caught up any more. */
const TOO_LATE_MS = 4 * 3_600_000;
/** From here on a digest says when it was due. */
const NOTICEABLY_LATE_MS = 10 * 60_000;
const RETRY_MS = 60_000;

/** `null`: it is not settled, the slot was given back or left to its lease. */
type Ended = DigestOutcome | null;

/** A slot that this process works on. */
type Held = {
  readonly job: DigestJob;
  readonly claim: DigestClaim;
  readonly past: DigestPast;
  /** Nobody had seen this slot before. */
  readonly isNew: boolean;
};

const isLate = ({ clock }: PostDigestDeps, { slot }: DigestClaim): boolean => clock.now() - slot > TOO_LATE_MS;

/**
 * Was it sent by the holder before? Only when it is certain that it was not, it is sent again: a channel that gets a
 * digest twice trusts none.
 * @returns `absent` when it may be sent
 */
const lookForIt = async (deps: PostDigestDeps, claim: DigestClaim): Promise<Ended | 'absent'> => {
  const found = await deps.board.find(claim).catch((error: unknown) => {
    deps.log.warn({ job: claim.job, err: error }, 'could not look for a digest that may be there');
    return null;
  });
  if (found?.result === 'found') return { state: 'posted', ts: found.ts };
  if (found?.result === 'absent') return 'absent';
  if (found) return { state: 'unknown', reason: found.reason };
  if (isLate(deps, claim)) return { state: 'unknown', reason: 'unreachable' };
  await deps.posts.putBack(claim, deps.clock.now() + RETRY_MS);
  return null;
};

/** A digest that was changed after today's was posted, or that nobody knew of when it was due, owes nothing. */
const owesNothing = async (deps: PostDigestDeps, { claim, past, isNew }: Held): Promise<boolean> => {
  if (past.known || !isNew) return false;
  if (isLate(deps, claim)) return true;
  const lastIn = await deps.posts.lastIn(claim.channel);
  const caughtUp = deps.clock.now() - claim.slot > NOTICEABLY_LATE_MS;
  return caughtUp && lastIn !== null && lastIn > claim.slot - TOO_LATE_MS;
};

/** A process that slept between its last look at the lease and now sends nothing: somebody else may have. */
const SEND_WITHIN_MS = 5_000;
/** Failures that waiting does not heal. */
const HOPELESS: ReadonlySet<AppErrorCode> = new Set(['no_key', 'key_refused', 'not_allowed', 'wrong_key']);

const send = async (deps: PostDigestDeps, { job, claim, past }: Held): Promise<Ended> => {
  const { posts, board, clock, log } = deps;
  const reading = async () => readDigest(deps, await deps.caller());
  const facts = await Promise.race([reading(), deps.stopped]);
  if (!facts) {
    await posts.putBack(claim, clock.now());
    return null;
  }
  const now = clock.now();
  const digest = digestOf(facts, { now, timezone: job.timezone, last: past.last });
  const dueAt = now - claim.slot > NOTICEABLY_LATE_MS ? calendarIn(job.timezone).time(claim.slot) : null;
  if (!(await posts.intend(claim, digest.told, now, LEASE_MS))) return null;
  if (clock.now() - now > SEND_WITHIN_MS) return null;
  const posting = await board.post(job.channel, digest, { missed: past.missed, dueAt }, claim);
  switch (posting.result) {
    case 'posted':
      return { state: 'posted', ts: posting.ts };
    case 'refused':
      return { state: 'refused', reason: posting.reason };
    case 'not_sent':
      await posts.putBack(claim, clock.now() + RETRY_MS, { unsent: true });
      return null;
    case 'unclear':
      // Left to its lease: by the end of that a request under way has arrived or never will.
      log.warn({ job: claim.job }, 'no answer to a digest; it is looked for before it is sent again');
      return null;
  }
};

const attempt = async (deps: PostDigestDeps, held: Held, begun: boolean): Promise<Ended> => {
  const { claim } = held;
  const forgotten = deps.restoredAt !== null && claim.slot <= deps.restoredAt;
  const looked = begun || forgotten ? await lookForIt(deps, claim) : 'absent';
  if (looked !== 'absent') return looked;
  if (await owesNothing(deps, held)) return { state: 'passed' };
  if (isLate(deps, claim)) return { state: 'skipped' };
  try {
    return await send(deps, held);
  } catch (error) {
    if (isAppError(error) && HOPELESS.has(error.code)) return { state: 'refused', reason: error.code };
    deps.log.warn({ job: claim.job, err: error }, 'a digest could not be made, trying again');
    await deps.posts.putBack(claim, deps.clock.now() + RETRY_MS);
    return null;
  }
};

const finish = async (deps: PostDigestDeps, { job, claim, past }: Held, outcome: DigestOutcome): Promise<void> => {
  const { posts, board, log, clock } = deps;
  if (!(await posts.settle(claim, outcome))) {
    log.error({ job: claim.job, outcome }, 'the lease of a digest ended while it was posted');
    return;
  }
  const { state } = outcome;
  deps.meter?.digestEnded(state, clock.now() - claim.slot);
  if (state === 'posted' || state === 'passed') log.info({ job: claim.job, slot: claim.slot, state }, 'digest');
  else log.error({ job: claim.job, slot: claim.slot, ...outcome }, 'a digest was not posted, or nobody knows');
  // Admins hear of a reason once, not every morning.
  if (state === 'refused' && past.refusal !== outcome.reason) await board.tellAdmins(job, outcome.reason);
};

/** Posts a digest that is due, unless it is settled or another process has it. */
export const postDigest = async (deps: PostDigestDeps, job: DigestJob, slot: number): Promise<void> => {
  const { posts, clock, owner } = deps;
  const due = { job: jobKey(job), slot, channel: job.channel };
  const known = await posts.get(due.job, slot);
  if (known && known.state !== 'claimed' && known.state !== 'posting') return;
  const claimed = await posts.claim(due, owner, clock.now(), LEASE_MS);
  if (!claimed) return;
  const claim: DigestClaim = { ...due, owner };
  const renew = (until: number) => posts.renew(claim, until);
  await whileRenewing(deps, { renew, what: 'a digest' }, async () => {
    const held = { job, claim, past: await digestPast(posts, job, slot), isNew: known === null };
    const outcome = await attempt(deps, held, claimed.begun);
    if (outcome) await finish(deps, held, outcome);
  });
};
