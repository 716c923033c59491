import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createRunner } from '../../src/runs/runner.ts';
import { inRequest } from '../../src/shared/request-context.ts';
import { systemEvery } from '../../src/shared/system.ts';
import { aLogOfRefs } from '../log-of-refs.ts';
import { aNotifier } from '../syncro/scripted-syncro.ts';
import { aWorkshop } from './a-workshop.ts';
import { aRun } from './rules/a-run.ts';

test('what is done for all runs together carries the reference of none, whoever set it off', async () => {
  const { runs, audit, clock, depsWith } = await aWorkshop();
  const { log, refs } = aLogOfRefs();
  const runner = createRunner({
    ...depsWith(runs),
    ...{ audit, clock, log, inRequest, notifier: aNotifier(), every: systemEvery, owner: 'alpha' },
    runs: { ...runs, claimUnshown: () => Promise.reject(new Error('the database is away')) },
  });
  await runs.add(aRun({ ref: 'RVN001' }));
  inRequest('PRESS1', () => runner.nudge());
  await sleep(1_000);
  expect(refs('write sent')).toContain('RVN001');
  expect(new Set(refs('the journal could not be read'))).toEqual(new Set([undefined]));
  await runner.stop().catch(() => undefined);
});
