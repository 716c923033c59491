import type { DigestOutcome } from '../features/digests/ports.ts';
import { CLEARED } from '../runs/ports.ts';
import { DOING } from '../runs/rules/purpose.ts';
import { ENDED } from '../runs/rules/run.ts';
import type { Question } from '../runs/rules/step.ts';
import { REQUEST_OUTCOMES } from '../shared/errors.ts';
import { CALL_OUTCOMES, FAILURES, NO_COMMAND, REQUEST_KINDS } from '../slack/ports.ts';
import { SLACK_METHODS } from '../slack/slack-client.ts';
import { LANES, WAITED } from '../syncro/ports.ts';
import { READ_ENDPOINTS } from '../syncro/reader.ts';
import type { WriteOutcome } from '../syncro/write.ts';
import { WRITE_ENDPOINTS } from '../syncro/write-call.ts';

/** The words of a union, each: one more there, or one less, does not compile here. */
const eachOf = <Word extends string>(words: Readonly<Record<Word, true>>): readonly string[] => Object.keys(words);

const WRITE_OUTCOMES = eachOf<WriteOutcome['outcome']>({
  landed: true,
  refused: true,
  limited: true,
  not_sent: true,
  unclear: true,
});

const QUESTIONS = eachOf<Question['kind']>({
  unclear: true,
  refused: true,
  mismatch: true,
  doubled: true,
  changed: true,
  key: true,
  unverifiable: true,
});

const DIGEST_STATES = eachOf<DigestOutcome['state']>({
  posted: true,
  skipped: true,
  refused: true,
  unknown: true,
  passed: true,
});

const ENDPOINTS = [
  ...READ_ENDPOINTS.map((endpoint) => ({ method: 'GET', endpoint })),
  // Two writes may go to one endpoint.
  ...new Map(
    Object.values(WRITE_ENDPOINTS).map(([method, endpoint]) => [`${method} ${endpoint}`, { method, endpoint }]),
  ).values(),
];

/** Each value of one label with each of the others. */
const crossed = <Label extends string>(values: Readonly<Record<Label, readonly string[]>>) =>
  Object.entries<readonly string[]>(values).reduce<ReadonlyArray<Readonly<Record<string, string>>>>(
    (all, [label, own]) => all.flatMap((labels) => own.map((value) => ({ ...labels, [label]: value }))),
    [{}],
  ) as ReadonlyArray<Readonly<Record<Label, string>>>;

const STEPS = Object.keys(WRITE_ENDPOINTS);

/**
 * What each counter can count: it stands at 0 before the first time, or `increase()` would not see that.
 * @param commands what can be typed
 */
export const labelValues = (commands: readonly string[]) => ({
  acks: crossed({ kind: REQUEST_KINDS }),
  commands: [
    ...crossed({ command: commands, outcome: ['ok', ...FAILURES] }),
    ...crossed({ command: ['any'], outcome: NO_COMMAND }),
  ],
  told: crossed({ code: FAILURES }),
  slack: crossed({ method: SLACK_METHODS, outcome: CALL_OUTCOMES }),
  syncro: ENDPOINTS.flatMap((labels) => REQUEST_OUTCOMES.map((outcome) => ({ ...labels, outcome }))),
  took: ENDPOINTS,
  waits: crossed({ lane: LANES, outcome: WAITED }),
  writes: crossed({ step: STEPS, outcome: WRITE_OUTCOMES }),
  cleared: crossed({ step: STEPS, how: CLEARED }),
  asked: crossed({ why: QUESTIONS }),
  ended: crossed({ kind: Object.keys(DOING), state: ENDED }),
  digests: crossed({ state: DIGEST_STATES }),
});
