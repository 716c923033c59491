import { describe, expect, test } from '@jest/globals';
import { conclude } from '../../src/runs/rules/moves.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { minutesIn } from '../../src/runs/timer-runs.ts';
import { measuredMinutes } from '../../src/shared/minutes.ts';
import { anUnclear, aRun, aRunAt, sending } from './rules/a-run.ts';
import { minute, noon } from './rules/a-ticket.ts';
import { aTimerRun } from './rules/a-timer-run.ts';

describe('measured minutes', () => {
  test.each([
    [0, 1],
    [29_000, 1],
    [89_999, 1],
    [90_000, 2],
    [42 * minute + 29_999, 42],
    [42 * minute + 30_000, 43],
    [-3 * 60 * minute, 1],
  ])('of %d ms are %d', (ms, minutes) => {
    expect(measuredMinutes(noon, noon + ms)).toBe(minutes);
  });
});

describe('the minutes of a clock', () => {
  const stopped = (run: Run): Run => ({ ...run, state: 'stopped', finishedAt: noon });
  const logged = conclude(sending(aTimerRun()), { outcome: 'landed', id: 40, number: null }, noon);

  test.each<[string, Run, string]>([
    ['that was just confirmed are with the run', aRun(), 'held'],
    ['whose run waits for a person are with the run', { ...aRun(), state: 'asking' }, 'held'],
    ['whose bill is through are in Syncro', { ...aRunAt('ticket_update'), state: 'done' }, 'held'],
    ['whose bill was stopped after its labor are in Syncro', stopped(aRunAt('invoice')), 'held'],
    ['whose bill was stopped before its labor come back', stopped(aRunAt('line_item')), 'free'],
    [
      'whose bill was stopped while the labor was unclear may be there',
      stopped(anUnclear(aRunAt('line_item'))),
      'unknown',
    ],
    ['whose comment alone was unclear come back', stopped(anUnclear(aRun())), 'free'],
    ['whose log was stopped at once come back', stopped(aTimerRun()), 'free'],
    ['whose log was stopped before the charge are in Syncro', stopped(logged), 'held'],
  ])('%s', (_what, run, where) => {
    expect(minutesIn(run)).toBe(where);
  });
});
