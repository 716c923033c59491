import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../src/runs/rules/decide.ts';
import { looked } from '../../../src/runs/rules/moves.ts';
import { mustLookFirst, restored, unsure } from '../../../src/runs/rules/restored.ts';
import { ask, currentStep, type Run } from '../../../src/runs/rules/run.ts';
import { aRun, settings } from './a-run.ts';
import { minute, noon } from './a-ticket.ts';

const backupAt = noon - 60 * minute;
const phase = (run: Run) => currentStep(run)?.state.phase;
/** Looked for twice after everything had settled, and not there. */
const absent = (run: Run): Run =>
  [noon + settings.settleMs, noon + settings.settleMs + minute].reduce(
    (now, at) => looked(now, { result: 'absent' }, at, settings),
    run,
  );

describe('a run out of a backup', () => {
  const run = restored(aRun({ createdAt: backupAt - minute }), backupAt, noon);

  test('is looked for before it is sent, as something that may still land', () => {
    expect(mustLookFirst(run)).toBe(true);
    expect(currentStep(unsure(run, settings))?.state).toMatchObject({
      phase: 'unclear',
      intent: { at: backupAt - minute, settledAt: noon + settings.settleMs },
    });
  });

  test('goes on by itself where the step is there', () => {
    const found = looked(unsure(run, settings), { result: 'landed', id: 7, number: null }, noon, settings);
    expect(found.steps[0]?.state).toMatchObject({ phase: 'done', how: 'found' });
    expect(mustLookFirst(found)).toBe(true);
  });

  test('asks where it is not there, whatever it would send', () => {
    for (const steps of [run.steps, run.steps.slice(1), run.steps.slice(2), run.steps.slice(4)])
      expect(phase(absent(unsure({ ...run, steps }, settings)))).toBe('asking');
  });

  test('asks once: what comes after a person’s word is looked for, and sent where it is not there', () => {
    const again = decide(absent(unsure(run, settings)), { kind: 'send_again', step: 0 }, noon);
    expect([phase(again), mustLookFirst(again)]).toEqual(['planned', false]);
    const line: Run = { ...again, steps: again.steps.slice(1) };
    expect(mustLookFirst(line)).toBe(true);
    const sent = absent(unsure(line, settings));
    expect([phase(sent), mustLookFirst(sent)]).toEqual(['planned', false]);
  });

  test('forgets what it asked before, and finds it out anew', () => {
    const asked = ask(aRun(), { kind: 'refused', status: 422, message: 'no' }, null);
    expect(restored(asked, backupAt, noon)).toMatchObject({ state: 'open', wakeAt: noon });
    expect(phase(restored(asked, backupAt, noon))).toBe('planned');
  });

  test('is any other run until then', () => {
    expect(mustLookFirst(aRun())).toBe(false);
  });
});
