import { describe, expect, test } from '@jest/globals';
import type { Runs } from '../../src/app/ports.ts';
import { createRunShower } from '../../src/app/show-runs.ts';
import { AppError } from '../../src/errors.ts';
import { aRun } from '../domain/a-run.ts';
import { noon } from '../domain/a-ticket.ts';
import { aWorkshop } from './a-workshop.ts';
import { aNotifier, aQuietLog } from './scripted-syncro.ts';

const withShower = async (failing: () => boolean = () => false) => {
  const workshop = await aWorkshop();
  const notifier = aNotifier(failing);
  const { runs, clock } = workshop;
  const shower = createRunShower({ audit: workshop.audit, runs, notifier, clock, log: aQuietLog });
  await runs.add(aRun());
  const show = async () => {
    await shower.showAll();
    await shower.settled();
  };
  return { ...workshop, notifier, show };
};

describe('the one message of a run', () => {
  test('is posted once and then updated in its place', async () => {
    const { notifier, show, workOnce } = await withShower();
    await show();
    await show();
    expect(notifier.shown.map(({ run, notice }) => [run.state, notice])).toEqual([['open', null]]);
    await workOnce();
    await show();
    expect(notifier.shown.slice(1)).toMatchObject([{ run: { state: 'done' }, notice: { channel: 'D1', ts: '1.1' } }]);
  });

  test('that Slack did not take is shown later, without hammering Slack', async () => {
    let away = true;
    const { clock, notifier, show } = await withShower(() => away);
    await show();
    away = false;
    clock.at = noon + 4_999;
    await show();
    expect(notifier.shown).toEqual([]);
    clock.at = noon + 5_000;
    await show();
    expect(notifier.shown).toHaveLength(1);
  });

  test('is not kept waiting by a claim that was stored without an answer', async () => {
    const { runs, audit, clock } = await aWorkshop();
    const notifier = aNotifier(() => false);
    let answers = false;
    const claimUnshown: Runs['claimUnshown'] = async (...asked) => {
      const claimed = await runs.claimUnshown(...asked);
      if (answers) return claimed;
      throw new AppError('unsure', 'the answer was lost');
    };
    const shower = createRunShower({ audit, runs: { ...runs, claimUnshown }, notifier, clock, log: aQuietLog });
    await runs.add(aRun());
    await expect(shower.showAll()).rejects.toMatchObject({ code: 'unsure' });
    answers = true;
    await shower.showAll();
    await shower.settled();
    expect(notifier.shown).toHaveLength(1);
  });
});
