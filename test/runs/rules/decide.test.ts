import { describe, expect, test } from '@jest/globals';
import { chargedLineOf } from '../../../src/runs/rules/charge.ts';
import { decide, removalOf } from '../../../src/runs/rules/decide.ts';
import { keyProblem, tryLater, unverifiable } from '../../../src/runs/rules/delays.ts';
import { resentSteps } from '../../../src/runs/rules/doubles.ts';
import { checkedDoubles, conclude, looked, verified } from '../../../src/runs/rules/moves.ts';
import { currentStep, type Decision, type Run } from '../../../src/runs/rules/run.ts';
import { plannedStep, type Question, type Step } from '../../../src/runs/rules/step.ts';
import { aCharge } from './a-charge.ts';
import { aCreateRun } from './a-create-run.ts';
import {
  anUnclear,
  aResent,
  aRun,
  aRunAt,
  aRunCommenting,
  aRunFor,
  lookUntilItGivesUp,
  sending,
  settings,
  stateOf,
} from './a-run.ts';
import { jerrysTicketId, minute, noon } from './a-ticket.ts';
import { aTimePlan, aTimerRun } from './a-timer-run.ts';

const second = 1_000;
const landed = { outcome: 'landed', id: 501, number: null } as const;

describe('a decision', () => {
  const asked = lookUntilItGivesUp(anUnclear(aRun())).run;
  const refused = (run: Run) => conclude(sending(run), { outcome: 'refused', status: 422, message: 'No.' }, noon);

  const several = looked(anUnclear(aRun()), { result: 'unclear', candidates: [501, 502] }, noon, settings);
  const one = looked(anUnclear(aRun()), { result: 'unclear', candidates: [501] }, noon, settings);
  const keyless = keyProblem(aRun(), 'None.', noon);

  test('"it is there" takes the step as done, on the person’s word, with the record that was shown', () => {
    const run = decide(one, { kind: 'it_is_there', step: 0 }, noon + minute);
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: 501, number: null, how: 'person' });
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
  });

  test.each([
    ['several were shown', several],
    ['none was', asked],
    ['it is still settling', anUnclear(aRun())],
  ])('"it is there" when %s names no record', (_when, before) => {
    const run = decide(before, { kind: 'it_is_there', step: 0 }, noon);
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: null, number: null, how: 'person' });
  });

  test('"accept" lets a check pass on the person’s word, and nothing else', () => {
    const asks = verified(aRunAt('verify_invoice'), [{ kind: 'wrong_customer' }], noon);
    const run = decide(asks, { kind: 'accept', step: 3 }, noon + minute);
    expect(run.steps[3]?.state).toEqual({ phase: 'done', id: null, number: null, how: 'person' });
    expect(currentStep(run)?.action.kind).toBe('ticket_update');
    for (const other of [asked, refused(aRun()), keyless])
      expect(decide(other, { kind: 'accept', step: 0 }, noon)).toBe(other);
  });

  test('"accept" of a charge makes Syncro’s line the one that counts', () => {
    const charged = { ...aTimePlan().line, quantityHundredths: 100, amountCents: 15_000 };
    const logged = aTimerRun();
    const steps = logged.steps.map(
      (step, i): Step => (i < 2 ? { ...step, state: { phase: 'done', id: 40, number: null, how: 'answered' } } : step),
    );
    const asks = verified(
      { ...logged, steps },
      [{ kind: 'line_hours', line: aTimePlan().line, quantityHundredths: 100 }],
      noon,
      charged,
    );
    const run = decide(asks, { kind: 'accept', step: 2 }, noon);
    expect(run.state).toBe('done');
    expect(chargedLineOf(run)).toEqual(charged);
  });

  test('"accept" of an entry that Syncro counts otherwise charges it, as Syncro counts', () => {
    const logged = conclude(sending(aTimerRun()), { outcome: 'landed', id: 40, number: null }, noon);
    const { line } = aTimePlan();
    const actual = { ...line, quantityHundredths: 100, amountCents: 15_000 };
    const asks = verified(logged, [{ kind: 'entry_hours', line, quantityHundredths: 100 }], noon, actual);
    const run = decide(asks, { kind: 'accept', step: 1 }, noon);
    expect(currentStep(run)).toMatchObject({
      action: { kind: 'timer_charge', timerId: null, accepted: true },
      state: { phase: 'planned' },
    });
    expect(chargedLineOf(run)).toEqual(actual);
  });

  test('"send again" plans the step again and remembers the first send', () => {
    for (const before of [asked, several, anUnclear(aRun())]) {
      const run = decide(before, { kind: 'send_again', step: 0 }, noon + minute);
      expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
      expect(stateOf(run)).toMatchObject({ phase: 'planned', delay: null, previous: { at: noon } });
      expect(run.steps.at(-1)?.action).toEqual({ kind: 'check_doubles', last: true });
    }
  });

  test('"leave it" makes the double known: it is no line of somebody else’s', () => {
    const twice = checkedDoubles(
      conclude(sending(aResent(aRunAt('line_item'))), { outcome: 'landed', id: 702, number: null }, noon),
      { kind: 'doubled', what: 'line_item', kept: 702, extra: [701] },
      noon,
      noon,
    );
    const step = twice.steps.findIndex(({ state }) => state.phase !== 'done');
    expect(decide(twice, { kind: 'leave_double', step }, noon).known.lineItemIds).toEqual([
      ...aRun().known.lineItemIds,
      701,
    ]);
  });

  test('"send again" about what was shown makes that known: it is not asked about twice', () => {
    const shown = looked(anUnclear(aRun()), { result: 'unclear', candidates: [501], alike: [] }, noon, settings);
    const run = decide(shown, { kind: 'send_again', step: 0 }, noon);
    expect(run.known).toEqual({ ...aRun().known, commentIds: [...aRun().known.commentIds, 501] });
    expect(decide(asked, { kind: 'send_again', step: 0 }, noon).known).toEqual(aRun().known);
  });

  test.each([
    ['refused', refused(aRun())],
    ['without a key', keyless],
    ['without a key while looking', keyProblem(anUnclear(aRun()), 'Revoked.', noon)],
    ['impossible', unverifiable(aRun(), 'No ticket.')],
    ['an invoice that differs', verified(aRunAt('verify_invoice'), [{ kind: 'wrong_ticket' }], noon)],
  ])('"it is there" and "send again" say nothing about a step that is %s', (_what, run) => {
    const step = run.steps.findIndex(({ state }) => state.phase !== 'done');
    for (const kind of ['it_is_there', 'send_again'] as const) expect(decide(run, { kind, step }, noon)).toBe(run);
  });

  test.each([
    ['refused', refused(aRun())],
    ['without a key', keyless],
    ['impossible', unverifiable(aRun(), 'No ticket.')],
    ['an invoice that differs', verified(aRunAt('verify_invoice'), [{ kind: 'wrong_ticket' }], noon)],
  ])('"try again" plans a step that is %s once more', (_what, before) => {
    const step = before.steps.findIndex(({ state }) => state.phase !== 'done');
    const run = decide(before, { kind: 'try_again', step }, noon + minute);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
    expect(stateOf(run)).toEqual({ phase: 'planned', delay: null, previous: null });
  });

  test('"try again" is no word about an unclear step: nothing is sent again for it', () => {
    for (const run of [asked, several, anUnclear(aRun())])
      expect(decide(run, { kind: 'try_again', step: 0 }, noon)).toBe(run);
  });

  test.each([
    ['the first look', anUnclear(aRun())],
    ['a later look', looked(anUnclear(aRun()), { result: 'absent' }, noon + second, settings)],
  ])('"try again" after %s failed for want of a key looks on, from the same send', (_which, looking) => {
    const run = decide(keyProblem(looking, 'Revoked.', noon + second), { kind: 'try_again', step: 0 }, noon + minute);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
    expect(stateOf(run)).toMatchObject({ phase: 'unclear', intent: { at: noon } });
    expect(run.steps).toHaveLength(5);
  });

  test('"correct" changes the text of a refused comment and plans it again', () => {
    const run = decide(refused(aRun()), { kind: 'correct', step: 0, text: 'Better' }, noon + minute);
    expect(currentStep(run)).toMatchObject({
      action: { kind: 'comment', body: 'Better' },
      state: { phase: 'planned' },
    });
    expect(run.state).toBe('open');
  });

  test('"correct" of a comment changes what reads like it and is yet to be sent: the line on the invoice', () => {
    const before = aRun();
    expect(before.plan.line.description).toBe(before.plan.comment.body);
    const run = decide(refused(before), { kind: 'correct', step: 0, text: 'Better' }, noon + minute);
    expect(run.steps.find(({ action }) => action.kind === 'line_item')?.action).toMatchObject({
      item: { description: 'Better' },
    });
    expect(run).toMatchObject({ plan: { line: { description: 'Better' }, comment: { body: 'Better' } } });
    const charge = decide(refused(aCharge()), { kind: 'correct', step: 0, text: 'Better' }, noon + minute);
    expect(chargedLineOf(charge)?.description).toBe('Better');
  });

  test('"correct" changes the description of a refused line', () => {
    const run = decide(refused(aRunAt('line_item')), { kind: 'correct', step: 1, text: 'Better' }, noon);
    expect(currentStep(run)?.action).toMatchObject({ item: { description: 'Better', quantityHundredths: 75 } });
  });

  test('"correct" changes the subject of a refused ticket, and what the run is called', () => {
    const run = decide(refused(aCreateRun()), { kind: 'correct', step: 0, text: 'Better' }, noon);
    expect(currentStep(run)?.action).toMatchObject({
      kind: 'ticket',
      fields: { subject: 'Better', priority: '2 Normal' },
    });
    expect(run.ticket).toMatchObject({ id: null, subject: 'Better' });
    expect(run.state).toBe('open');
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
    { kind: 'remove_double', step: 0 },
    { kind: 'leave_double', step: 0 },
  ];

  test.each(kinds)('about an older step changes nothing: $kind', (decision) => {
    const later = lookUntilItGivesUp(anUnclear(aResent(aRunAt('line_item')))).run;
    expect(later.state).toBe('asking');
    expect(decide(later, decision, noon)).toBe(later);
  });

  test.each(kinds)('about a step that is only planned or being sent changes nothing: $kind', (decision) => {
    for (const run of [aRun(), sending(aRun())]) expect(decide(run, decision, noon)).toBe(run);
  });

  test.each([
    ['planned', aRun()],
    ['waiting', tryLater(aRun(), 'unreachable', noon)],
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

describe('a decision about a double', () => {
  /** The line, and maybe the comment, was sent twice; the check after the line found this. */
  const found = (question: Question, run: Run = aRunCommenting('portal')): Run => {
    const comment = question.kind === 'doubled' && question.what === 'comment' ? aResent(run) : run;
    const line = conclude(sending(comment), landed, noon);
    return checkedDoubles(conclude(sending(aResent(line)), { ...landed, id: 702 }, noon), question, 0, noon);
  };
  const line: Question = { kind: 'doubled', what: 'line_item', kept: 702, extra: [701, 703] };
  const comment: Question = { kind: 'doubled', what: 'comment', kept: 501, extra: [502] };

  test.each<[string, Question, object | null]>([
    ['a labor line', line, { kind: 'line_item_remove', ticketId: jerrysTicketId, lineItemId: 701 }],
    ['an invoice', { ...line, what: 'invoice', extra: [3_002] }, { kind: 'invoice_delete', invoiceId: 3_002 }],
    ['a comment', comment, null],
    ['nothing', { ...line, extra: [] }, null],
    ['an unclear step', { kind: 'unclear', candidates: [701] }, null],
  ])('takes out %s as Syncro lets it', (_what, question, write) => {
    expect(removalOf(aRun(), question)).toEqual(write);
  });

  test('takes nothing out of a ticket that does not exist yet', () => {
    expect(removalOf(aRunFor('create'), line)).toBeNull();
  });

  test('"remove" plans a step of its own that takes one out, and checks again after it', () => {
    const run = decide(found(line), { kind: 'remove_double', step: 2 }, noon + minute);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
    expect(run.steps.slice(2, 4)).toEqual([
      plannedStep({ kind: 'line_item_remove', ticketId: jerrysTicketId, lineItemId: 701 }),
      plannedStep({ kind: 'check_doubles', last: false }),
    ]);
    expect(currentStep(run)).toBe(run.steps[2]);
  });

  test('"remove" changes nothing about a comment: Syncro can’t delete one', () => {
    const run = found(comment);
    expect(decide(run, { kind: 'remove_double', step: 2 }, noon)).toBe(run);
  });

  test('"leave" goes on, on the person’s word, and the same double is not asked about again', () => {
    const run = decide(found(line), { kind: 'leave_double', step: 2 }, noon + minute);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
    expect(run.steps[2]?.state).toMatchObject({ phase: 'done', how: 'person' });
    expect(currentStep(run)?.action.kind).toBe('invoice');
    expect(resentSteps(run)).toEqual([]);
  });

  test('"leave" one of two that were sent twice checks the other one next', () => {
    const run = decide(found(comment), { kind: 'leave_double', step: 2 }, noon);
    expect(run.steps[2]?.state).toMatchObject({ phase: 'done', how: 'person' });
    expect(currentStep(run)?.action).toEqual({ kind: 'check_doubles', last: false });
    expect(resentSteps(run).map(({ write }) => write.kind)).toEqual(['line_item']);
  });

  test('is none about another question, and no other decision is one about a double', () => {
    const refused = conclude(sending(aRun()), { outcome: 'refused', status: 422, message: 'No.' }, noon);
    for (const kind of ['remove_double', 'leave_double'] as const)
      expect(decide(refused, { kind, step: 0 }, noon)).toBe(refused);
    const run = found(line);
    for (const kind of ['it_is_there', 'send_again', 'try_again'] as const)
      expect(decide(run, { kind, step: 2 }, noon)).toBe(run);
  });
});
