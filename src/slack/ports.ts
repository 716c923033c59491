import type { AppErrorCode, RequestOutcome } from '../shared/errors.ts';

/** What Slack hands over. */
export type RequestKind = 'command' | 'press' | 'form' | 'form_closed' | 'typeahead' | 'shortcut' | 'event' | 'other';

/**
 * Counts what happens between people and the app. Everything here is a word of a fixed set: no id, no name, no key and nothing that people typed,
 * because metrics are kept for long and read by many.
 */
export interface SlackMeter {
  /** Slack has our acknowledgement. */
  acknowledged(kind: RequestKind, ms: number): void;
  command(name: string, outcome: 'ok' | 'unknown' | 'stranger' | 'fault' | AppErrorCode): void;
  /** A person was told that something did not work. */
  toldFailure(code: AppErrorCode | 'fault'): void;
  slackCalled(method: string, outcome: RequestOutcome): void;
}

/** What Slack handed over before: each is dealt with once, whichever copy of the app it comes to. */
export interface Deliveries {
  /** False: it was dealt with, or somebody is at it. One that was begun and never ended may be taken again later. */
  begin(id: string, now: number): Promise<boolean>;
  end(id: string): Promise<void>;
  /** True once for each id, among all copies: nobody takes it again. */
  first(id: string, now: number): Promise<boolean>;
}
