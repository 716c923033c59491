import assert from 'node:assert/strict';
import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../src/runs/rules/decide.ts';
import { keyProblem, tryLater, unverifiable } from '../../../src/runs/rules/delays.ts';
import {
  chargeable,
  checkedDoubles,
  conclude,
  intend,
  looked,
  lookedBeforeSending,
  resume,
  verified,
} from '../../../src/runs/rules/moves.ts';
import type { Intent, Reconciled } from '../../../src/runs/rules/reconcile.ts';
import { emailsCustomer, isRepeatable } from '../../../src/runs/rules/resend.ts';
import { currentIndex, currentStep, type Decision, type Run, type RunSettings } from '../../../src/runs/rules/run.ts';
import { type Action, isWrite, type Question } from '../../../src/runs/rules/step.ts';
import type { Audience } from '../../../src/syncro/audience.ts';
import type { WriteOutcome } from '../../../src/syncro/write.ts';
import { fc } from '../../property.ts';
import { anInvoiceRun, aRunCommenting, author, settings } from './a-run.ts';
import { noon } from './a-ticket.ts';
import { aTimerRun } from './a-timer-run.ts';

/** What gets in the way before a step begins, or while looking. */
type Trouble = 'none' | 'unreachable' | 'fault' | 'key' | 'unverifiable';

/** Everything that the world may do next; what fits the run's phase is what happens. */
type Event =
  | {
      readonly event: 'work';
      readonly afterMs: number;
      readonly trouble: Trouble;
      readonly outcome: WriteOutcome;
      readonly look: Reconciled;
      readonly unreadable: boolean;
      /** The process dies while sending; the lease was held for so long after the intent. */
      readonly dies: number | null;
      readonly wrong: boolean;
    }
  | { readonly event: 'decide'; readonly afterMs: number; readonly kind: Decision['kind']; readonly stale: boolean };

const someMs = fc.oneof(fc.nat(10_000), fc.nat(400_000), fc.constant(0));

const anOutcome = fc.oneof(
  { weight: 4, arbitrary: fc.constant<WriteOutcome>({ outcome: 'unclear', why: 'no answer' }) },
  { weight: 3, arbitrary: fc.constant<WriteOutcome>({ outcome: 'landed', id: 501, number: null }) },
  { weight: 1, arbitrary: fc.constant<WriteOutcome>({ outcome: 'refused', status: 422, message: 'No.' }) },
  { weight: 1, arbitrary: fc.nat(90_000).map((ms): WriteOutcome => ({ outcome: 'limited', retryAfterMs: ms })) },
  { weight: 1, arbitrary: fc.constant<WriteOutcome>({ outcome: 'not_sent', why: 'asleep' }) },
);

const aLook = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Reconciled>({ result: 'absent' }) },
  { weight: 1, arbitrary: fc.constant<Reconciled>({ result: 'landed', id: 501, number: null }) },
  { weight: 1, arbitrary: fc.constant<Reconciled>({ result: 'unclear', candidates: [501, 502] }) },
  { weight: 1, arbitrary: fc.constant<Reconciled>({ result: 'unclear', candidates: [] }) },
);

const work: fc.Arbitrary<Event> = fc.record({
  event: fc.constant('work' as const),
  afterMs: someMs,
  trouble: fc.oneof(
    { weight: 12, arbitrary: fc.constant<Trouble>('none') },
    { weight: 3, arbitrary: fc.constantFrom<Trouble>('unreachable', 'fault', 'key', 'unverifiable') },
  ),
  outcome: anOutcome,
  look: aLook,
  unreadable: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  dies: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.nat(120_000).map((ms): number | null => ms) },
  ),
  wrong: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

/** "Stop" is tried by the tests themselves, at every moment. */
const decisionKinds = [
  'it_is_there',
  'send_again',
  'try_again',
  'correct',
  'remove_double',
  'leave_double',
] as const satisfies ReadonlyArray<Decision['kind']>;

const word: fc.Arbitrary<Event> = fc.record({
  event: fc.constant('decide' as const),
  afterMs: someMs,
  kind: fc.constantFrom(...decisionKinds),
  stale: fc.boolean(),
});

const history = fc.array(fc.oneof({ weight: 3, arbitrary: work }, { weight: 1, arbitrary: word }), {
  minLength: 1,
  maxLength: 80,
  size: 'max',
});

const someSettings: fc.Arbitrary<RunSettings> = fc.record({
  settleMs: fc.constantFrom(settings.settleMs, 1_000),
  resendEmailComment: fc.constantFrom<RunSettings['resendEmailComment']>('ask', 'auto'),
});

/** A bill whose comment goes to these people, time that is logged, or an invoice of what is there. */
type Begun = Audience | 'time' | 'invoice';
const someWork = fc.constantFrom<Begun>('email', 'portal', 'internal', 'time', 'invoice');

const begin = (begun: Begun): Run => {
  if (begun === 'invoice') return anInvoiceRun();
  return begun === 'time' ? aTimerRun() : aRunCommenting(begun);
};

const decisionOf = (kind: Decision['kind'], step: number): Decision =>
  kind === 'correct' ? { kind, step, text: 'Better' } : { kind, step };

const doubled: Question = { kind: 'doubled', what: 'line_item', kept: 702, extra: [701] };

/** A worker, a Syncro and a person, doing to a run what runs/advance-run.ts and runs/work-on-run.ts let them do. */
class World {
  run: Run;
  now = noon;
  /** Each run that was stored, the newest last. */
  readonly stored: Run[];
  /** How often a person said "send again" about the step of this kind, and it counted. */
  readonly words: Partial<Record<Action['kind'], number>> = {};
  /** A person's word that has not led to a send yet. */
  private word = false;
  /** The last send whose effect nobody knew. */
  private unanswered: Intent | null = null;
  /** What was sent, and what was known then. */
  readonly sends: Array<{
    readonly action: Action;
    readonly triesBefore: number;
    readonly words: number;
    readonly onAWord: boolean;
    readonly at: number;
    readonly unanswered: Intent | null;
  }> = [];

  readonly using: RunSettings;

  constructor(begun: Begun, using: RunSettings) {
    this.using = using;
    this.run = begin(begun);
    this.stored = [this.run];
  }

  private store(run: Run): void {
    if (currentIndex(run) !== currentIndex(this.run)) {
      this.word = false;
      this.unanswered = null;
    }
    this.run = run;
    this.stored.push(run);
  }

  happens(event: Event): void {
    this.now += event.afterMs;
    if (event.event === 'decide') this.decided(event);
    else if (this.run.state === 'open') {
      this.now = Math.max(this.now, this.run.wakeAt);
      this.works(event);
    }
  }

  private decided({ kind, stale }: Event & { event: 'decide' }): void {
    const index = currentIndex(this.run);
    const before = this.run;
    const kindOfStep = currentStep(before)?.action.kind;
    const after = decide(before, decisionOf(kind, stale ? index - 1 : index), this.now);
    const counts = kind === 'send_again' && after !== before && kindOfStep !== undefined;
    this.store(after);
    if (!counts) return;
    this.word = true;
    this.words[kindOfStep] = (this.words[kindOfStep] ?? 0) + 1;
  }

  private works(event: Event & { event: 'work' }): void {
    const step = currentStep(this.run);
    if (!step) return;
    const { action, state } = step;
    if (state.phase === 'unclear') this.looks(event);
    else if (state.phase === 'planned' && event.trouble !== 'none') this.store(this.troubled(event.trouble));
    else if (action.kind === 'timer_charge' && action.timerId === null)
      this.store(chargeable(this.run, { id: 501, recorded: event.wrong }, this.now));
    else if (action.kind === 'verify_invoice' || action.kind === 'verify_charge')
      this.store(verified(this.run, event.wrong ? [{ kind: 'wrong_ticket' }] : [], this.now));
    else if (action.kind === 'check_doubles')
      this.store(checkedDoubles(this.run, event.wrong ? doubled : null, this.now - 1 + event.afterMs, this.now));
    else if (state.phase === 'planned') this.send(event);
  }

  private troubled(trouble: Exclude<Trouble, 'none'>): Run {
    if (trouble === 'key') return keyProblem(this.run, 'Revoked.', this.now);
    return trouble === 'unverifiable' ? unverifiable(this.run, 'Gone.') : tryLater(this.run, trouble, this.now);
  }

  private looks({ trouble, look, unreadable }: Event & { event: 'work' }): void {
    if (trouble === 'key' || trouble === 'fault') this.store(this.troubled(trouble));
    else this.store(looked(this.run, unreadable ? null : look, this.now, this.using));
  }

  private send({ look, outcome, dies }: Event & { event: 'work' }): void {
    const step = currentStep(this.run);
    if (step?.state.phase !== 'planned') return;
    if (step.state.previous) {
      const after = lookedBeforeSending(this.run, look, this.now);
      if (after.state !== 'open' || currentIndex(after) !== currentIndex(this.run)) {
        this.store(after);
        return;
      }
    }
    this.sends.push({
      action: step.action,
      triesBefore: step.tries,
      words: this.words[step.action.kind] ?? 0,
      onAWord: this.word,
      at: this.now,
      unanswered: this.unanswered,
    });
    this.store(intend(this.run, author, this.now, this.using));
    const sent = currentStep(this.run)?.lastIntent ?? null;
    if (dies !== null) {
      this.store(resume(this.run, this.now + dies, this.now + dies, this.using));
      this.now += dies;
    } else this.store(conclude(this.run, outcome, this.now));
    const now = currentStep(this.run)?.state;
    if (now?.phase === 'unclear') {
      this.unanswered = dies === null ? sent : now.intent;
      this.word = false;
    }
  }
}

/** Lets everything happen, looking after each event. */
const forAnyHistory = (
  check: (world: World, before: Run, event: Event) => void,
  { using = someSettings, numRuns = 1_000 }: { using?: fc.Arbitrary<RunSettings>; numRuns?: number } = {},
): void => {
  fc.assert(
    fc.property(someWork, using, history, (begun, chosen, events) => {
      const world = new World(begun, chosen);
      for (const event of events) {
        const before = world.run;
        world.happens(event);
        check(world, before, event);
      }
    }),
    { numRuns },
  );
};

const isFinished = ({ state }: Run) => state === 'done' || state === 'stopped';

// Checked after each of many thousand moves: `expect` reads a stack of calls each time, `assert` only for what fails.
describe('whatever happens to a run', () => {
  test('what is done stays done', () => {
    forAnyHistory(
      ({ stored, run }, before) => {
        if (isFinished(before)) assert.equal(run, before);
        const doneBefore = before.steps.slice(0, currentIndex(before) < 0 ? undefined : currentIndex(before));
        for (const [i, { state }] of doneBefore.entries()) assert.deepEqual(run.steps[i]?.state, state);
        assert.equal(stored.at(-1), run);
      },
      { numRuns: 200 },
    );
  });

  test('one step at most is under way, none after it has begun, and the run says what its step says', () => {
    forAnyHistory(
      ({ stored }) => {
        for (const run of stored.slice(-3)) {
          const phases = run.steps.map(({ state }) => state.phase);
          const begun = phases.filter((phase) => phase !== 'planned' && phase !== 'done');
          assert.ok(begun.length <= 1);
          const current = currentIndex(run);
          if (current >= 0) {
            const later = run.steps.slice(current + 1);
            assert.ok(later.every(({ state, tries }) => state.phase === 'planned' && !state.delay && tries === 0));
          }
          assert.equal(run.state === 'done', current < 0);
          assert.equal(run.state === 'asking', phases[current] === 'asking');
          assert.equal(run.finishedAt === null, current >= 0);
        }
      },
      { numRuns: 100 },
    );
  });

  test('"stop" ends it at any moment, whatever its button was made for, and then nothing changes it', () => {
    forAnyHistory(
      ({ stored, now }) => {
        for (const run of stored.slice(-3)) {
          const stopped = decide(run, { kind: 'stop', step: 99 }, now);
          assert.equal(isFinished(stopped), true);
          assert.notEqual(stopped.finishedAt, null);
          assert.deepEqual(stopped.steps, run.steps);
          for (const kind of [...decisionKinds, 'stop'] as const)
            assert.equal(decide(stopped, decisionOf(kind, currentIndex(stopped)), now), stopped);
        }
      },
      { numRuns: 60 },
    );
  });

  test('what could be there twice is sent twice at most, and once more for each time a person says so', () => {
    forAnyHistory(
      ({ run, words, sends }) => {
        for (const { action, tries } of run.steps)
          if (isWrite(action) && !isRepeatable(action)) assert.ok(tries <= 2 + (words[action.kind] ?? 0));
        for (const send of sends)
          if (isWrite(send.action) && !isRepeatable(send.action)) assert.ok(send.triesBefore <= 1 + send.words);
      },
      { numRuns: 200 },
    );
  });

  test('what has no answer is not sent again before it can land no more, but on a person’s word', () => {
    forAnyHistory(({ sends }) => {
      const last = sends.at(-1);
      if (!last?.unanswered || last.onAWord || !isWrite(last.action) || isRepeatable(last.action)) return;
      assert.ok(last.at >= last.unanswered.settledAt);
    });
  });

  test('a charge is never sent before it is known which time entry it is about', () => {
    forAnyHistory(({ run, sends }) => {
      for (const { action } of sends) if (action.kind === 'timer_charge') assert.notEqual(action.timerId, null);
      for (const { action, tries } of run.steps)
        if (action.kind === 'timer_charge' && action.timerId === null) assert.equal(tries, 0);
    });
  });

  test('what emails the customer is never sent, nor planned, again without a person’s word', () => {
    forAnyHistory(
      ({ run, sends, words }) => {
        for (const { action, triesBefore, words: said } of sends)
          if (isWrite(action) && emailsCustomer(action)) assert.ok(triesBefore <= said);
        for (const { action, state, tries } of run.steps)
          if (isWrite(action) && emailsCustomer(action) && state.phase === 'planned')
            assert.ok(tries <= (words[action.kind] ?? 0));
      },
      { using: fc.constant({ ...settings, resendEmailComment: 'ask' }) },
    );
  });

  test('what may be there twice is checked for it before the run is done', () => {
    forAnyHistory(({ run }) => {
      const resent = run.steps.some(({ action, tries }) => isWrite(action) && !isRepeatable(action) && tries > 1);
      if (run.state === 'done' && resent)
        assert.deepEqual(run.steps.at(-1)?.action, { kind: 'check_doubles', last: true });
    });
  });
});

test('such histories come to every end', () => {
  const ends = new Set<string>();
  const sent = new Set<number>();
  fc.assert(
    fc.property(someWork, someSettings, history, (begun, using, events) => {
      const world = new World(begun, using);
      for (const event of events) world.happens(event);
      ends.add(world.run.state);
      for (const { state, tries } of world.run.steps) {
        sent.add(tries);
        ends.add(state.phase === 'asking' ? state.question.kind : state.phase);
      }
    }),
    { numRuns: 1_000, seed: 1 },
  );
  const expected = [
    'open',
    'asking',
    'done',
    'planned',
    'unclear',
    'doubled',
    'key',
    'mismatch',
    'refused',
    'unverifiable',
  ];
  expect(expected.filter((end) => !ends.has(end))).toEqual([]);
  expect([0, 1, 2, 3].filter((tries) => !sent.has(tries))).toEqual([]);
});
