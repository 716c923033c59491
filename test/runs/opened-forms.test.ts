import { describe, expect, test } from '@jest/globals';
import type { Progress } from '../../src/runs/rules/run.ts';
import { plannedStep } from '../../src/runs/rules/step.ts';
import { aTicketDesk } from '../features/tickets/a-ticket-desk.ts';
import { aRun, sending } from './rules/a-run.ts';
import { hour, howard, jerrysNumber } from './rules/a-ticket.ts';

const draft = { minutes: '45', labor: 'remote', comment: 'Fixed', audience: 'portal' };
const of = { ticketNumber: jerrysNumber, kind: 'bill', draft: {} };

/** A previewed form on a ticket; `run` is what became of it. */
const aDesk = async () => {
  const { deps, clock, runs } = await aTicketDesk();
  const { opened } = deps;
  const { formId } = await opened.openWithDraft(howard, of, true);
  await opened.keepDraft(howard, formId, draft);
  const next = () => opened.openWithDraft(howard, of, true);
  const run = (fields: Partial<Progress>) => runs.add(aRun({ formId, state: 'stopped', ...fields }));
  return { opened, clock, formId, next, run };
};

describe('what was typed for work that was stopped', () => {
  test('is the next form’s for a day after that, however long it had waited', async () => {
    const { clock, next, run } = await aDesk();
    const finishedAt = clock.now() + 50 * hour;
    await run({ finishedAt, stoppedBecause: 'Howard Enos is no longer among the technicians in the settings.' });
    clock.at = finishedAt + 23 * hour;
    expect(await next()).toMatchObject({ draft, savedAt: finishedAt });
    clock.at = finishedAt + 25 * hour;
    expect(await next()).toMatchObject({ draft: {}, savedAt: null });
  });

  test('is kept also when its form is closed after that', async () => {
    const { opened, clock, formId, next, run } = await aDesk();
    await run({ finishedAt: clock.now() });
    await opened.leave(howard, formId, { comment: 'Fixed at last' });
    expect(await next()).toMatchObject({ draft: { ...draft, comment: 'Fixed at last' } });
  });

  test('is not offered where something was sent, may have been, or may be forgotten', async () => {
    const [step] = aRun().steps;
    if (!step) throw new Error('no step');
    const done = { ...step, state: { phase: 'done', id: 1, number: null, how: 'answered' } } as const;
    for (const fields of [
      { steps: [done, plannedStep({ kind: 'verify_invoice' })] },
      { steps: sending(aRun()).steps },
      { restored: { backupAt: 1, at: 2 } },
      { state: 'asking' },
    ] satisfies Partial<Progress>[]) {
      const { clock, next, run } = await aDesk();
      await run({ finishedAt: clock.now(), ...fields });
      expect(await next()).toMatchObject({ draft: {}, savedAt: null });
    }
  });
});

test('a draft that stands in another form already is not offered once the form that it was typed into was sent', async () => {
  const { clock, next, run } = await aDesk();
  expect(await next()).toMatchObject({ draft });
  await run({ state: 'done', finishedAt: clock.now() });
  expect(await next()).toMatchObject({ draft: {}, savedAt: null });
});
