import { calendarIn } from '../../shared/calendar.ts';
import { type AppErrorCode, isAppError } from '../../shared/errors.ts';
import { digestOf } from './digest.ts';
import { type DigestJob, jobKey } from './digest-job.ts';
import { digestPast } from './digest-past.ts';
import {
  type Ended,
  type Held,
  isLate,
  lookForIt,
  NOTICEABLY_LATE_MS,
  owesNothing,
  type PostDigestDeps,
  RETRY_MS,
} from './held-digest.ts';
import type { DigestClaim, DigestOutcome } from './ports.ts';
import { readDigest } from './read-digest.ts';

/** A holder that died loses the slot after this. As long does one that got no answer wait before it looks. */
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
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
  const { posts, clock, owner, log } = deps;
  const due = { job: jobKey(job), slot, channel: job.channel };
  const known = await posts.get(due.job, slot);
  if (known && known.state !== 'claimed' && known.state !== 'posting') return;
  const claimed = await posts.claim(due, owner, clock.now(), LEASE_MS);
  if (!claimed) return;
  const claim: DigestClaim = { ...due, owner };
  const stopRenewing = deps.every(RENEW_MS, () => {
    posts
      .renew(claim, clock.now() + LEASE_MS)
      .catch((error: unknown) => log.error({ err: error }, 'the lease of a digest could not be renewed'));
  });
  try {
    const held = { job, claim, past: await digestPast(deps, job, slot), isNew: known === null };
    const outcome = await attempt(deps, held, claimed.begun);
    if (outcome) await finish(deps, held, outcome);
  } finally {
    stopRenewing();
  }
};
