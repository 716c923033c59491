import { APP_ERROR_CODES, type RequestOutcome } from '../shared/errors.ts';

/** What Slack hands over. */
export const REQUEST_KINDS = [
  'command',
  'press',
  'form',
  'form_closed',
  'typeahead',
  'shortcut',
  'event',
  'other',
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What a person can be told that did not work; `fault`: a bug. */
export const FAILURES = [...APP_ERROR_CODES, 'fault'] as const;

export type Failure = (typeof FAILURES)[number];

/** How a call of Slack's Web API ends. */
export const CALL_OUTCOMES = ['ok', 'refused', 'limited', 'no_answer'] as const satisfies readonly RequestOutcome[];

export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** How something ends that was typed and is no command that the sender may use. */
export const NO_COMMAND = ['unknown', 'stranger'] as const;

/**
 * Counts what happens between people and the app. Everything here is a word of a fixed set: no id, no name, no key and nothing that people typed,
 * because metrics are kept for long and read by many.
 */
export interface SlackMeter {
  /** Slack has our acknowledgement. */
  acknowledged(kind: RequestKind, ms: number): void;
  command(name: string, outcome: 'ok' | Failure | (typeof NO_COMMAND)[number]): void;
  /** A person was told that something did not work. */
  toldFailure(code: Failure): void;
  slackCalled(method: string, outcome: CallOutcome): void;
}

/** What Slack handed over before: each is dealt with once, whichever copy of the app it comes to. */
export interface Deliveries {
  /** False: it was dealt with, or somebody is at it. One that was begun and never ended may be taken again later. */
  begin(id: string, now: number): Promise<boolean>;
  end(id: string): Promise<void>;
  /** True once for each id, among all copies: nobody takes it again. */
  first(id: string, now: number): Promise<boolean>;
}
