import { describe, expect, test } from '@jest/globals';
import type { Reconciled } from '../../src/domain/reconcile.ts';
import {
  conclude,
  currentIndex,
  currentStep,
  type Decision,
  decide,
  delay,
  intend,
  keyProblem,
  looked,
  lookedBeforeSending,
  type Run,
  resultOf,
  resume,
  unreachable,
  unverifiable,
  verified,
} from '../../src/domain/run.ts';
import { aRun, aRunAt, aRunCommenting, author, sending, settings, unclear } from './a-run.ts';
import { minute, noon } from './a-ticket.ts';

const second = 1_000;
const absent: Reconciled = { result: 'absent' };
const there: Reconciled = { result: 'landed', id: 501, number: null };
const landed = { outcome: 'landed', id: 501, number: null } as const;

const stateOf = (run: Run) => currentStep(run)?.state;

/** Sent at noon, no answer at this time. */
const anUnclear = (run: Run, now = noon): Run => conclude(sending(run), unclear, now);

/** Looks whenever it is time, finds nothing, until the run does something else; returns when it looked. */
const lookUntilItGivesUp = (run: Run, using = settings): { run: Run; at: number[] } => {
  const at: number[] = [];
  let current = run;
  while (stateOf(current)?.phase === 'unclear' && at.length < 100) {
    at.push(current.wakeAt - noon);
    current = looked(current, absent, current.wakeAt, using);
  }
  return { run: current, at };
};

describe('the current step', () => {
  test('is the first one that is not done', () => {
    expect([currentIndex(aRun()), currentIndex(aRunAt('invoice'))]).toEqual([0, 2]);
    expect(currentStep(aRunAt('invoice'))?.action.kind).toBe('invoice');
  });

  test('leaves its result behind', () => {
    const run = conclude(sending(aRunAt('invoice')), { outcome: 'landed', id: 3_001, number: '4445' }, noon);
    expect(resultOf(run, 'invoice')).toEqual({ id: 3_001, number: '4445' });
    expect(resultOf(run, 'ticket_update')).toBeNull();
  });
});

describe('recording the intent', () => {
  test('says when, under whose name, and until when the request may land', () => {
    const run = intend(aRun(), author, noon, settings);
    expect(stateOf(run)).toMatchObject({
      phase: 'sending',
      intent: { at: noon, settledAt: noon + 150 * second, author },
    });
    expect(currentStep(run)?.tries).toBe(1);
  });
});

describe('the answer to a send', () => {
  test('landed: the step is done and the next one is due at once', () => {
    const run = conclude(sending(aRun()), landed, noon + second);
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: 501, number: null, how: 'answered' });
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + second, finishedAt: null });
    expect(currentIndex(run)).toBe(1);
  });

  test('landed for the last step: the run is done', () => {
    const run = conclude(sending(aRunAt('ticket_update')), landed, noon + second);
    expect(run).toMatchObject({ state: 'done', finishedAt: noon + second });
  });

  test('refused: the person is asked, with Syncro’s words', () => {
    const run = conclude(sending(aRun()), { outcome: 'refused', status: 422, message: 'Body is blank' }, noon);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({
      phase: 'asking',
      question: { kind: 'refused', status: 422, message: 'Body is blank' },
    });
  });

  test('limited: the step waits as long as Syncro says, and the send does not count', () => {
    const run = conclude(sending(aRun()), { outcome: 'limited', retryAfterMs: 60 * second }, noon);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
    expect(stateOf(run)).toMatchObject({ phase: 'planned', delay: { reason: 'limited', until: noon + minute } });
    expect(currentStep(run)?.tries).toBe(0);
  });

  test('not sent: the step waits a little, and the send does not count', () => {
    const run = conclude(sending(aRun()), { outcome: 'not_sent', why: 'woke up too late' }, noon);
    expect(run.wakeAt).toBe(noon + 5 * second);
    expect(stateOf(run)).toMatchObject({ phase: 'planned', delay: { reason: 'unreachable' } });
    expect(currentStep(run)?.tries).toBe(0);
  });

  test('unclear: the first look is due at once, nothing is sent again', () => {
    const run = anUnclear(aRun(), noon + 20 * second);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + 20 * second });
    expect(stateOf(run)).toMatchObject({ phase: 'unclear', why: 'no answer within 20 s', looks: [] });
  });

  test('to a step that is not being sent changes nothing', () => {
    const run = aRun();
    expect(conclude(run, landed, noon)).toBe(run);
  });
});

describe('looking after an unclear answer', () => {
  test('finding it counts at once', () => {
    const run = looked(anUnclear(aRun()), there, noon + second, settings);
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: 501, number: null, how: 'found' });
    expect(currentIndex(run)).toBe(1);
  });

  test('finding several asks, with the evidence', () => {
    const run = looked(anUnclear(aRun()), { result: 'unclear', candidates: [501, 502] }, noon + second, settings);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({
      question: { kind: 'unclear', candidates: [501, 502] },
      intent: { at: noon },
      looks: [{ at: noon + second, found: 2, failed: false }],
    });
  });

  test('happens early and often, then when it can no longer land, and once more 5 seconds later', () => {
    const { at } = lookUntilItGivesUp(anUnclear(aRunCommenting('portal'), noon + 20 * second));
    expect(at.map((ms) => ms / second)).toEqual([20, 21.5, 26.5, 46.5, 106.5, 150, 155]);
  });

  test('is never early when the answer came after it could land: two reads, 5 seconds apart', () => {
    const { at } = lookUntilItGivesUp(anUnclear(aRunCommenting('portal'), noon + 200 * second));
    expect(at.map((ms) => ms / second)).toEqual([200, 205]);
  });

  test('needs less between the two reads when everything settles faster', () => {
    const quick = { ...settings, settleMs: 1_000 };
    const run = conclude(intend(aRunCommenting('portal'), author, noon, quick), unclear, noon);
    const { at } = lookUntilItGivesUp(run, quick);
    expect(at.slice(-2)).toEqual([1_000, 1_100]);
  });

  test('one read after settling is not enough', () => {
    const run = looked(anUnclear(aRunCommenting('portal')), absent, noon + 150 * second, settings);
    expect(stateOf(run)).toMatchObject({ phase: 'unclear' });
  });

  test('reads before settling do not count, however many', () => {
    let run = anUnclear(aRunCommenting('portal'));
    for (let i = 0; i < 20; i++) run = looked(run, absent, noon + 149 * second, settings);
    expect(stateOf(run)).toMatchObject({ phase: 'unclear' });
    expect(run.wakeAt).toBe(noon + 150 * second);
  });

  test('a read that failed does not count and is repeated no sooner than 2 seconds later', () => {
    let run = anUnclear(aRunCommenting('portal'));
    for (const at of [150, 152, 154, 160]) {
      run = looked(run, null, noon + at * second, settings);
      expect(stateOf(run)).toMatchObject({ phase: 'unclear' });
      expect(run.wakeAt).toBeGreaterThanOrEqual(noon + (at + 2) * second);
    }
    const good = looked(run, absent, noon + 170 * second, settings);
    expect(stateOf(good)).toMatchObject({ phase: 'unclear' });
    expect(stateOf(looked(good, absent, noon + 175 * second, settings))).toMatchObject({ phase: 'planned' });
  });

  test('a step that is not unclear is left as it is', () => {
    const run = sending(aRun());
    expect(looked(run, absent, noon, settings)).toBe(run);
  });
});

describe('an absent write', () => {
  test('that e-mails the customer is asked about, never sent by itself', () => {
    const { run } = lookUntilItGivesUp(anUnclear(aRunCommenting('email')));
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({ question: { kind: 'unclear', candidates: [] } });
  });

  test('that e-mails is sent again when the settings say so', () => {
    const auto = { ...settings, resendEmailComment: 'auto' } as const;
    const { run } = lookUntilItGivesUp(anUnclear(aRunCommenting('email')), auto);
    expect(stateOf(run)).toEqual({ phase: 'planned', delay: null, previous: null });
  });

  test.each([
    ['a comment on the portal', aRunCommenting('portal')],
    ['an internal comment', aRunCommenting('internal')],
    ['a line', aRunAt('line_item')],
    ['an invoice', aRunAt('invoice')],
  ])('(%s) is sent again once, then asked about', (_what, run) => {
    const once = lookUntilItGivesUp(anUnclear(run)).run;
    expect(once.state).toBe('open');
    expect(stateOf(once)).toEqual({ phase: 'planned', delay: null, previous: null });
    const twice = lookUntilItGivesUp(anUnclear(once)).run;
    expect(twice.state).toBe('asking');
    expect(currentStep(twice)?.tries).toBe(2);
  });

  test('that Syncro limited in between is still sent again only once', () => {
    const once = lookUntilItGivesUp(anUnclear(aRunAt('line_item'))).run;
    const limited = conclude(sending(once), { outcome: 'limited', retryAfterMs: minute }, noon);
    expect(lookUntilItGivesUp(anUnclear(limited)).run.state).toBe('asking');
  });

  test('of a status is repeated as often as it takes, at once and then ever more slowly', () => {
    let run = aRunAt('ticket_update');
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      run = looked(anUnclear(run), absent, noon, settings);
      expect(stateOf(run)).toMatchObject({ phase: 'planned' });
      waits.push(run.wakeAt - noon);
    }
    expect(waits[0]).toBe(0);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[4]).toBeGreaterThanOrEqual(5 * second);
  });
});

describe('waiting for Syncro', () => {
  test('becomes more patient, up to a minute, and remembers since when', () => {
    let [run, now] = [aRun(), noon];
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      run = unreachable(run, now);
      waits.push((run.wakeAt - now) / second);
      now = run.wakeAt;
    }
    expect(waits).toEqual([5, 5, 10, 20, 40, 60, 60]);
    expect(stateOf(run)).toMatchObject({ delay: { reason: 'unreachable', since: noon } });
  });

  test('for another reason counts from then', () => {
    const run = delay(unreachable(aRun(), noon), 'limited', noon + 2 * minute, noon + minute);
    expect(stateOf(run)).toMatchObject({
      delay: { reason: 'limited', since: noon + minute, until: noon + 2 * minute },
    });
  });
});

describe('asking', () => {
  test('about a key says what is wrong', () => {
    expect(stateOf(keyProblem(aRun(), 'Not yours.'))).toMatchObject({
      question: { kind: 'key', message: 'Not yours.' },
    });
  });

  test('about an invoice that is not as previewed keeps every difference', () => {
    const run = verified(aRunAt('verify_invoice'), [{ kind: 'wrong_ticket' }], noon);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({ question: { kind: 'mismatch', differences: [{ kind: 'wrong_ticket' }] } });
  });

  test('is not needed when the invoice is right', () => {
    const run = verified(aRunAt('verify_invoice'), [], noon);
    expect(currentStep(run)?.action.kind).toBe('ticket_update');
  });

  test('about what can’t be checked says why', () => {
    expect(stateOf(unverifiable(aRunAt('verify_invoice'), 'No invoice.'))).toMatchObject({
      question: { kind: 'unverifiable', message: 'No invoice.' },
    });
  });
});

describe('a decision', () => {
  const asked = lookUntilItGivesUp(anUnclear(aRun())).run;
  const refused = (run: Run) => conclude(sending(run), { outcome: 'refused', status: 422, message: 'No.' }, noon);

  test('"it is there" takes the step as done, on the person’s word, with the record that was shown', () => {
    const found = looked(anUnclear(aRun()), { result: 'unclear', candidates: [501, 502] }, noon, settings);
    const run = decide(found, { kind: 'it_is_there', step: 0 }, noon + minute);
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: 501, number: null, how: 'person' });
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
  });

  test('"it is there" also counts while it is still settling, without a record', () => {
    const run = decide(anUnclear(aRun()), { kind: 'it_is_there', step: 0 }, noon);
    expect(run.steps[0]?.state).toMatchObject({ phase: 'done', id: null, how: 'person' });
  });

  test.each(['send_again', 'try_again'] as const)('"%s" plans the step again and remembers the first send', (kind) => {
    for (const before of [asked, anUnclear(aRun())]) {
      const run = decide(before, { kind, step: 0 }, noon + minute);
      expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
      expect(stateOf(run)).toMatchObject({ phase: 'planned', delay: null, previous: { at: noon } });
    }
  });

  test('"correct" changes the text of a refused comment and plans it again', () => {
    const run = decide(refused(aRun()), { kind: 'correct', step: 0, text: 'Better' }, noon + minute);
    expect(currentStep(run)).toMatchObject({
      action: { kind: 'comment', body: 'Better' },
      state: { phase: 'planned' },
    });
    expect(run.state).toBe('open');
  });

  test('"correct" changes the description of a refused line', () => {
    const run = decide(refused(aRunAt('line_item')), { kind: 'correct', step: 1, text: 'Better' }, noon);
    expect(currentStep(run)?.action).toMatchObject({ item: { description: 'Better', quantityHundredths: 75 } });
  });

  test('"correct" does nothing to a step without text, but plans it again', () => {
    const run = decide(refused(aRunAt('invoice')), { kind: 'correct', step: 2, text: 'Better' }, noon);
    expect(currentStep(run)?.action).toEqual(aRun().steps[2]?.action);
    expect(run.state).toBe('open');
  });

  test('"correct" changes nothing unless Syncro refused', () => {
    expect(decide(asked, { kind: 'correct', step: 0, text: 'Better' }, noon)).toBe(asked);
  });

  const kinds: readonly Decision[] = [
    { kind: 'it_is_there', step: 0 },
    { kind: 'send_again', step: 0 },
    { kind: 'try_again', step: 0 },
    { kind: 'correct', step: 0, text: 'Better' },
  ];

  test.each(kinds)('about an older step changes nothing: $kind', (decision) => {
    const later = lookUntilItGivesUp(anUnclear(lookUntilItGivesUp(anUnclear(aRunAt('line_item'))).run)).run;
    expect(later.state).toBe('asking');
    expect(decide(later, decision, noon)).toBe(later);
  });

  test.each(kinds)('about a step that is only planned or being sent changes nothing: $kind', (decision) => {
    for (const run of [aRun(), sending(aRun())]) expect(decide(run, decision, noon)).toBe(run);
  });

  test.each([
    ['planned', aRun()],
    ['waiting', unreachable(aRun(), noon)],
    ['being sent', sending(aRun())],
    ['unclear', anUnclear(aRun())],
    ['asking', asked],
  ])('"stop" ends a run that is %s, whatever step the button was made for', (_phase, run) => {
    for (const step of [0, 3, 99]) {
      const stopped = decide(run, { kind: 'stop', step }, noon + minute);
      expect(stopped).toMatchObject({ state: 'stopped', finishedAt: noon + minute, steps: run.steps });
    }
  });

  test('about a run that is stopped or done changes nothing', () => {
    const stopped = decide(asked, { kind: 'stop', step: 0 }, noon);
    const finished = conclude(sending(aRunAt('ticket_update')), landed, noon);
    for (const run of [stopped, finished])
      for (const decision of [...kinds, { kind: 'stop', step: 0 } as const])
        expect(decide(run, decision, noon + minute)).toBe(run);
  });
});

describe('the look before sending again', () => {
  const again = decide(anUnclear(aRun()), { kind: 'send_again', step: 0 }, noon + second);

  test('finds it: the step is done and not sent', () => {
    const run = lookedBeforeSending(again, there, noon + second);
    expect(run.steps[0]?.state).toMatchObject({ phase: 'done', id: 501, how: 'found' });
  });

  test('finds nothing: the step is sent on the person’s word', () => {
    expect(stateOf(lookedBeforeSending(again, absent, noon))).toEqual({
      phase: 'planned',
      delay: null,
      previous: null,
    });
  });

  test.each<[string, (run: Run) => Run]>([
    ['limited', (run) => conclude(sending(run), { outcome: 'limited', retryAfterMs: minute }, noon + second)],
    ['not sent', (run) => conclude(sending(run), { outcome: 'not_sent', why: 'asleep' }, noon + second)],
    ['unreachable', (run) => unreachable(run, noon + second)],
  ])('is taken again after the send was %s, for the first one may have landed meanwhile', (_how, wait) => {
    expect(stateOf(wait(again))).toMatchObject({ phase: 'planned', previous: { at: noon } });
  });

  test.each<[string, (run: Run) => Run]>([
    ['the key is mended', (run) => keyProblem(run, 'Revoked.')],
    ['what was in the way is gone', (run) => unverifiable(run, 'No ticket.')],
    ['Syncro refused', (run) => conclude(sending(run), { outcome: 'refused', status: 401, message: 'No.' }, noon)],
  ])('is taken again when %s', (_when, stop) => {
    const run = decide(stop(again), { kind: 'try_again', step: 0 }, noon + minute);
    expect(stateOf(run)).toMatchObject({ phase: 'planned', previous: { at: noon } });
  });
});

describe('a run whose process died', () => {
  test('while sending is unclear, and settling counts from the end of the lease', () => {
    const run = resume(sending(aRun()), noon + 70 * second, noon + minute, settings);
    expect(run).toMatchObject({ resumedAt: noon + 70 * second, wakeAt: noon + 70 * second });
    expect(stateOf(run)).toMatchObject({
      phase: 'unclear',
      intent: { at: noon, settledAt: noon + minute + 150 * second },
    });
  });

  test('whose lease was ended because it was known to be dead counts from the intent', () => {
    expect(stateOf(resume(sending(aRun()), noon + second, 0, settings))).toMatchObject({
      intent: { settledAt: noon + 150 * second },
    });
  });

  test.each([
    ['planned', aRun()],
    ['unclear', anUnclear(aRun())],
    ['asking', lookUntilItGivesUp(anUnclear(aRun())).run],
  ])('while %s goes on where it was', (_phase, run) => {
    expect(resume(run, noon + minute, noon, settings)).toEqual({ ...run, resumedAt: noon + minute });
  });
});
