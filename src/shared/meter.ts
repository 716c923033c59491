import type { DigestOutcome } from '../features/digests/ports.ts';
import type { Question, RunKind, RunState } from '../runs/rules/run.ts';
import type { Lane } from '../syncro/ports.ts';
import type { WriteOutcome } from '../syncro/write.ts';
import type { AppErrorCode } from './errors.ts';

/** What Slack hands over. */
export type RequestKind = 'command' | 'press' | 'form' | 'form_closed' | 'typeahead' | 'shortcut' | 'event' | 'other';

/** How a request of ours ended, as far as whoever is on call can do something about it. */
export type RequestOutcome =
  | 'ok'
  | 'unauthorized'
  | 'not_found'
  | 'refused'
  | 'limited'
  | 'server_error'
  | 'timeout'
  | 'no_answer';

/** How an unanswered write was cleared up. */
export type Cleared = 'adopted' | 'resent';

/**
 * Counts what happens. Everything here is a word of a fixed set: no id, no name, no key and nothing that people typed,
 * because metrics are kept for long and read by many.
 */
export interface Meter {
  /** Slack has our acknowledgement. */
  acknowledged(kind: RequestKind, ms: number): void;
  command(name: string, outcome: 'ok' | 'unknown' | 'stranger' | 'fault' | AppErrorCode): void;
  /** A person was told that something did not work. */
  toldFailure(code: AppErrorCode | 'fault'): void;
  slackCalled(method: string, outcome: RequestOutcome): void;
  syncroAnswered(method: string, endpoint: string, outcome: RequestOutcome, ms: number): void;
  /** A request got its place in the budget, or was sent away. */
  waited(lane: Lane, outcome: 'granted' | 'gave_up', ms: number): void;
  /** A step of a run was sent. */
  wrote(step: string, outcome: WriteOutcome['outcome']): void;
  cleared(step: string, how: Cleared): void;
  /** A run can't go on without a person. */
  asked(why: Question['kind']): void;
  runEnded(kind: RunKind, state: RunState): void;
  digestEnded(state: DigestOutcome['state'], lateMs: number): void;
}

/** Does something so that every line of the log about it carries this reference. */
export type InRequest = <T>(ref: string, work: () => T) => T;

/** What Slack handed over before: each is dealt with once, whichever copy of the app it comes to. */
export interface Deliveries {
  /** False: it was dealt with, or somebody is at it. One that was begun and never ended may be taken again later. */
  begin(id: string, now: number): Promise<boolean>;
  end(id: string): Promise<void>;
  /** True once for each id, among all copies: nobody takes it again. */
  first(id: string, now: number): Promise<boolean>;
}

/** What the database says about all copies of the app together. */
export type Standing = {
  /** Unfinished runs by state, with the creation of the oldest. */
  readonly runs: ReadonlyArray<{ readonly state: string; readonly count: number; readonly oldestAt: number }>;
  /** Requests to Syncro in the last minute. */
  readonly requestsInWindow: number;
  /** Until when Syncro wants none; `null`: it takes them. */
  readonly pausedUntil: number | null;
  /** When the digest was due that is due longest and not posted; `null`: none. */
  readonly oldestDueDigest: number | null;
};

export interface Standings {
  read(now: number): Promise<Standing>;
}
