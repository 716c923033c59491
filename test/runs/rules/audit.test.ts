import { describe, expect, test } from '@jest/globals';
import { withAudit } from '../../../src/runs/rules/audit.ts';
import { decide } from '../../../src/runs/rules/decide.ts';
import { conclude, looked, resume } from '../../../src/runs/rules/moves.ts';
import { currentStep } from '../../../src/runs/rules/run.ts';
import { anUnclear, aRun, aRunAt, sending, settings, unclear } from './a-run.ts';
import { minute, noon } from './a-ticket.ts';

const outcomes = (run: ReturnType<typeof withAudit>) => (run.audit ?? []).map(({ what, outcome }) => [what, outcome]);

describe('the audit of a run', () => {
  test('notes a write that Syncro confirmed, with its record', () => {
    const before = sending(aRun());
    const after = withAudit(before, conclude(before, { outcome: 'landed', id: 7, number: null }, noon), noon + minute);
    expect(after.audit).toEqual([{ n: 0, at: noon + minute, what: 'comment', outcome: 'confirmed', recordId: 7 }]);
  });

  test('says what of the ticket was changed, and to what', () => {
    const before = sending(aRunAt('ticket_update'));
    const landed = conclude(before, { outcome: 'landed', id: 7, number: null }, noon);
    expect(outcomes(withAudit(before, landed, noon))).toEqual([['ticket_update: status Invoiced', 'confirmed']]);
    const fields = { priority: '1 High', technicianId: 1751, dueDate: '2026-03-09', timeZone: 'America/Phoenix' };
    const many = {
      ...before,
      steps: before.steps.map((step) => ({ ...step, action: { ...step.action, fields } as typeof step.action })),
    };
    const after = conclude(many, { outcome: 'landed', id: 7, number: null }, noon);
    expect(outcomes(withAudit(many, after, noon)).at(-1)?.[0]).toMatch(
      /priority 1 High, technician 1751, due 2026-03-09$/,
    );
  });

  test('notes a refusal, and nothing where nothing was sent', () => {
    const before = sending(aRun());
    const refused = conclude(before, { outcome: 'refused', status: 422, message: 'No' }, noon);
    expect(outcomes(withAudit(before, refused, noon))).toEqual([['comment', 'refused']]);
    const unsent = conclude(before, { outcome: 'not_sent', why: 'no connection' }, noon);
    expect(outcomes(withAudit(before, unsent, noon))).toEqual([]);
  });

  test('notes an unanswered write once, and then what became of it', () => {
    const before = sending(aRun());
    const unanswered = withAudit(before, conclude(before, unclear, noon), noon);
    const lookedOnce = withAudit(unanswered, looked(unanswered, { result: 'absent' }, noon + 1, settings), noon + 1);
    const found = looked(lookedOnce, { result: 'landed', id: 9, number: null }, noon + 2, settings);
    const after = withAudit(lookedOnce, found, noon + 2);
    expect(outcomes(after)).toEqual([
      ['comment', 'unknown'],
      ['comment', 'found'],
    ]);
    expect(after.audit?.map(({ n }) => n)).toEqual([0, 1]);
  });

  test('notes that a process died in the middle of a send', () => {
    const before = sending(aRun());
    expect(outcomes(withAudit(before, resume(before, noon + minute, 0, settings), noon + minute))).toEqual([
      ['comment', 'unknown'],
    ]);
  });

  test('notes a person’s word as such, and a stop in the dark', () => {
    const before = anUnclear(aRun());
    const word = decide(before, { kind: 'it_is_there', step: 0 }, noon);
    expect(outcomes(withAudit(before, word, noon))).toEqual([['comment', 'on_word']]);
    const stop = decide(before, { kind: 'stop', step: 0 }, noon);
    expect(outcomes(withAudit(before, stop, noon))).toEqual([['comment', 'stopped']]);
    expect(currentStep(stop)?.state.phase).toBe('unclear');
  });

  test('of a run that was stopped before anything was sent is empty', () => {
    const run = aRun();
    expect(outcomes(withAudit(run, decide(run, { kind: 'stop', step: 0 }, noon), noon))).toEqual([]);
  });
});
