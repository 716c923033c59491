import type { FoundPost, Posting } from '../../shared/posting.ts';
import type { Digest, DigestTold } from './digest.ts';

/** When a digest is posted: `at` is `HH:MM` in its own time zone, `days` is what a cron pattern takes for weekdays. */
export type DigestSchedule = { readonly at: string; readonly timezone: string; readonly days: string };

/** One digest, from the settings file or set up in Slack. */
export type DigestJob = DigestSchedule & {
  readonly channel: string;
  /** Who set it up in Slack, and when; `null`: it stands in the settings file, and is changed only there. */
  readonly setUp: { readonly by: string; readonly at: number } | null;
};

/** A digest that was set up in Slack. */
export type StoredDigest = DigestJob & { readonly setUp: NonNullable<DigestJob['setUp']> };

/** Digests that were set up in Slack, one per channel. */
export interface Digests {
  all(): Promise<readonly StoredDigest[]>;
  /** In place of the channel's one, if there is one. */
  put(digest: StoredDigest): Promise<void>;
  /** False: the channel had none. */
  remove(channel: string): Promise<boolean>;
}

/** One digest at one moment at which it is due. */
export type DigestSlot = {
  /** See `jobKey`. */
  readonly job: string;
  readonly slot: number;
  readonly channel: string;
};

export type DigestOutcome =
  | { readonly state: 'posted'; readonly ts: string }
  /** Nobody could post it in time. */
  | { readonly state: 'skipped' }
  /** It could not be posted, and trying again would not help: Slack's or our own word for why. */
  | { readonly state: 'refused'; readonly reason: string }
  /** It was sent, perhaps in vain: the answer was lost and nobody can look. Never sent again. */
  | { readonly state: 'unknown'; readonly reason: string }
  /** There was nothing to catch up on: the digest is newer than that, or took the place of one that was posted. */
  | { readonly state: 'passed' };

export type DigestPost = DigestSlot & {
  /** `claimed`: nothing was sent. `posting`: it was perhaps sent. The others are final. */
  readonly state: DigestOutcome['state'] | 'claimed' | 'posting';
  readonly reason: string | null;
  readonly told: DigestTold | null;
};

/** A slot that this process may post until the lease ends. */
export type DigestClaim = DigestSlot & { readonly owner: string };

/** Who posts which digest, and how that ended. Every method is one statement. */
export interface DigestPosts {
  get(job: string, slot: number): Promise<DigestPost | null>;
  /** The posts of a digest before a slot, newest first. */
  before(job: string, slot: number, limit: number): Promise<readonly DigestPost[]>;
  /** When something was last posted into a channel, by whatever digest: its slot. */
  lastIn(channel: string): Promise<number | null>;
  /**
   * Takes a slot that nobody has taken or whose holder's lease has ended; `null`: it is held or settled. `begun`:
   * a holder before this one may have sent it.
   */
  claim(slot: DigestSlot, owner: string, now: number, leaseMs: number): Promise<{ readonly begun: boolean } | null>;
  renew(claim: DigestClaim, until: number): Promise<void>;
  /** Gives it back; nobody takes it before then. @param options `unsent`: what was intended certainly never left */
  putBack(claim: DigestClaim, until: number, options?: { readonly unsent: boolean }): Promise<void>;
  /** The last gate before it is sent, which also starts the lease anew. False: the lease is lost. */
  intend(claim: DigestClaim, told: DigestTold, now: number, leaseMs: number): Promise<boolean>;
  /** False: somebody else holds it by now. */
  settle(claim: DigestClaim, outcome: DigestOutcome): Promise<boolean>;
}

/** What is said of a digest besides what it tells. */
export type DigestRemarks = {
  /** Days whose digest was not posted, oldest first. */
  readonly missed: readonly string[];
  /** The time at which it was due, when that is a while ago. */
  readonly dueAt: string | null;
};

/** Where digests are posted. */
export interface DigestBoard {
  /** Sends once. Never throws for what Slack or the network does. @param slot `null`: a person asked for it */
  post(channel: string, digest: Digest, remarks: DigestRemarks, slot: DigestSlot | null): Promise<Posting>;
  /** The message of a slot. @throws when Slack can't be asked now */
  find(slot: DigestSlot): Promise<FoundPost>;
  /** Why nothing can be posted into a channel; `null`: it can, as far as Slack says. */
  closed(channel: string): Promise<string | null>;
  /** Tells the admins that a digest can't be posted; what can't be told is logged. */
  tellAdmins(job: DigestJob, reason: string): Promise<void>;
}

export interface DigestMeter {
  digestEnded(state: DigestOutcome['state'], lateMs: number): void;
}
