import type { Clock, Every, Log } from '../../shared/system.ts';
import type { Caller } from '../../syncro/ports.ts';
import type { DigestJob } from './digest-job.ts';
import type { DigestPast } from './digest-past.ts';
import type { DigestBoard, DigestClaim, DigestMeter, DigestOutcome, DigestPosts, Slots } from './ports.ts';
import type { ReadDigestDeps } from './read-digest.ts';

export type PostDigestDeps = ReadDigestDeps & {
  readonly posts: DigestPosts;
  readonly board: DigestBoard;
  readonly slots: Slots;
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
export const NOTICEABLY_LATE_MS = 10 * 60_000;
export const RETRY_MS = 60_000;

/** `null`: it is not settled, the slot was given back or left to its lease. */
export type Ended = DigestOutcome | null;

/** A slot that this process works on. */
export type Held = {
  readonly job: DigestJob;
  readonly claim: DigestClaim;
  readonly past: DigestPast;
  /** Nobody had seen this slot before. */
  readonly isNew: boolean;
};

export const isLate = ({ clock }: PostDigestDeps, { slot }: DigestClaim): boolean => clock.now() - slot > TOO_LATE_MS;

/**
 * Was it sent by the holder before? Only when it is certain that it was not, it is sent again: a channel that gets a
 * digest twice trusts none.
 * @returns `absent` when it may be sent
 */
export const lookForIt = async (deps: PostDigestDeps, claim: DigestClaim): Promise<Ended | 'absent'> => {
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
export const owesNothing = async (deps: PostDigestDeps, { claim, past, isNew }: Held): Promise<boolean> => {
  if (past.known || !isNew) return false;
  if (isLate(deps, claim)) return true;
  const lastIn = await deps.posts.lastIn(claim.channel);
  const caughtUp = deps.clock.now() - claim.slot > NOTICEABLY_LATE_MS;
  return caughtUp && lastIn !== null && lastIn > claim.slot - TOO_LATE_MS;
};
