import { describe, expect, test } from '@jest/globals';
import { keyProblem, tryLater, unverifiable } from '../../../src/runs/rules/delays.ts';
import { checkedDoubles, conclude, looked } from '../../../src/runs/rules/moves.ts';
import { currentIndex, currentStep, isQuiet, QUIET_MS, type Run, resultOf } from '../../../src/runs/rules/run.ts';
import { isUnknown, isWrite, plannedStep } from '../../../src/runs/rules/step.ts';
import { anUnclear, aRun, aRunAt, lookUntilItGivesUp, PURPOSES, sending, settings } from './a-run.ts';
import { jerrysTicketId, minute, noon } from './a-ticket.ts';

describe('the current step', () => {
  test('is the first one that is not done', () => {
    expect([currentIndex(aRun()), currentIndex(aRunAt('invoice'))]).toEqual([0, 2]);
    expect(currentStep(aRunAt('invoice'))?.action.kind).toBe('invoice');
  });

  test('of a finished run is none', () => {
    const run = conclude(sending(aRunAt('ticket_update')), { outcome: 'landed', id: 1, number: null }, noon);
    expect([currentIndex(run), currentStep(run)]).toEqual([-1, null]);
  });

  test('leaves its result behind', () => {
    const run = conclude(sending(aRunAt('invoice')), { outcome: 'landed', id: 3_001, number: '4445' }, noon);
    expect(resultOf(run, 'invoice')).toEqual({ id: 3_001, number: '4445' });
    expect(resultOf(run, 'ticket_update')).toBeNull();
  });
});

test('checks are no writes', () => {
  expect(aRun().steps.map(({ action }) => isWrite(action))).toEqual([true, true, true, false, true]);
  expect(isWrite({ kind: 'check_doubles', last: true })).toBe(false);
});

describe('the effect of a step', () => {
  const refused = { outcome: 'refused', status: 422, message: 'No.' } as const;
  const candidates = (run: Run) => looked(run, { result: 'unclear', candidates: [501, 502] }, noon, settings);
  const asked = lookUntilItGivesUp(anUnclear(aRun())).run;
  const again = (run: Run): Run => ({
    ...run,
    steps: run.steps.map((step, i) =>
      i === 0 && step.lastIntent
        ? { ...step, state: { phase: 'planned', delay: null, previous: step.lastIntent } }
        : step,
    ),
  });
  const checking = aRun({ steps: [plannedStep({ kind: 'check_doubles', last: true })] });
  const doubled = { kind: 'doubled', what: 'comment', kept: 501, extra: [502] } as const;

  test.each([
    ['is being sent', sending(aRun())],
    ['has no answer', anUnclear(aRun())],
    ['was looked for in vain', asked],
    ['may be one of several', candidates(anUnclear(aRun()))],
    ['is planned again after an unanswered send', again(anUnclear(aRun()))],
    ['waits with an unanswered send behind it', tryLater(again(anUnclear(aRun())), 'unreachable', noon)],
    ['could not be looked for without a key', keyProblem(anUnclear(aRun()), 'Revoked.', noon)],
    ['lost its key before it was sent again', keyProblem(again(anUnclear(aRun())), 'Revoked.', noon)],
    ['was refused when sent again', conclude(sending(again(anUnclear(aRun()))), refused, noon)],
    ['is there twice', checkedDoubles(checking, doubled, 0, noon)],
  ])('that %s is unknown', (_what, run) => {
    expect(run.steps.map(isUnknown)[0]).toBe(true);
  });

  test.each([
    ['is planned', aRun()],
    ['waits', tryLater(aRun(), 'unreachable', noon)],
    ['was refused', conclude(sending(aRun()), refused, noon)],
    ['has no key yet', keyProblem(aRun(), 'None.', noon)],
    ['could not be done', unverifiable(aRun(), 'No ticket.')],
    ['was limited', conclude(sending(aRun()), { outcome: 'limited', retryAfterMs: minute }, noon)],
    ['is done', aRunAt('line_item')],
  ])('that %s is known', (_what, run) => {
    expect(run.steps.map(isUnknown)[0]).toBe(false);
  });
});

describe('a run that is told where it was asked for', () => {
  const steps = [plannedStep({ kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Resolved' } })];
  const update: Run = { ...aRun({ steps }), ...PURPOSES.update, told: 'here' };
  const landed = { outcome: 'landed', id: 1, number: null } as const;

  test('has no message of its own while it goes well and soon', () => {
    expect([update, sending(update), conclude(sending(update), landed, noon + QUIET_MS)].map(isQuiet)).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('ends when it was refused, with no message of its own either: it is told where it was asked for', () => {
    const refused = conclude(sending(update), { outcome: 'refused', status: 422, message: 'No.' }, noon);
    expect([refused.state, isQuiet(refused)]).toEqual(['stopped', true]);
  });

  test.each([
    ['took long', conclude(sending(update), landed, noon + QUIET_MS + 1)],
    ['got no answer', anUnclear(update)],
    ['waits', tryLater(update, 'unreachable', noon)],
    ['lost its key', keyProblem(update, 'None.', noon)],
    ['outlived its process', { ...update, resumedAt: noon }],
    ['was stopped', { ...update, state: 'stopped' as const, finishedAt: noon }],
    ['came from a form', { ...update, told: undefined }],
  ])('has one when it %s', (_what, run) => {
    expect(isQuiet(run)).toBe(false);
  });
});
