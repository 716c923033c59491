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
