import { describe, expect, test } from '@jest/globals';
import type { Notifier, Runs, ToShow } from '../../src/runs/ports.ts';
import { createRunShower } from '../../src/runs/show-runs.ts';
import { AppError } from '../../src/shared/errors.ts';
import { aNotifier, aQuietLog } from '../syncro/scripted-syncro.ts';
import { aWorkshop } from './a-workshop.ts';
import { aRun } from './rules/a-run.ts';
import { noon } from './rules/a-ticket.ts';

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

  test('that Slack goes on refusing is shown ever more rarely', async () => {
    let tries = 0;
    const { clock, show } = await withShower(() => {
      tries += 1;
      return true;
    });
    for (clock.at = noon; clock.at < noon + 3_600_000; clock.at += 1_000) await show();
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(16);
  });

  test('of which there is nothing to say yet is shown when it changes, or when it is time', async () => {
    const { runs, audit, clock, workOnce } = await aWorkshop();
    const shown: ToShow[] = [];
    const notifier: Notifier = {
      show: (each) => {
        shown.push(each);
        const isEarly = clock.at < noon + 3_000 && each.run.state === 'open';
        return Promise.resolve(isEarly ? { result: 'later', at: noon + 3_000 } : { result: 'shown', notice: null });
      },
    };
    const shower = createRunShower({ audit, runs, notifier, clock, log: aQuietLog });
    const show = async () => {
      await shower.showAll();
      await shower.settled();
    };
    await runs.add(aRun());
    await show();
    await show();
    expect(shown).toHaveLength(1);
    clock.at = noon + 3_000;
    await show();
    await show();
    expect(shown.map(({ mayBeThere }) => mayBeThere)).toEqual([false, false]);
    await workOnce();
    await show();
    expect(shown.at(-1)).toMatchObject({ run: { state: 'done' }, mayBeThere: false });
  });

  test('that this process failed to show, or another claimed, is looked for', async () => {
    let away = true;
    const asked: boolean[] = [];
    const { runs, audit, clock } = await aWorkshop();
    const notifier: Notifier = {
      show: ({ mayBeThere }) => {
        asked.push(mayBeThere);
        return away ? Promise.reject(new Error('Slack is away')) : Promise.resolve({ result: 'shown', notice: null });
      },
    };
    const shower = createRunShower({ audit, runs, notifier, clock, log: aQuietLog });
    await runs.add(aRun());
    await shower.showAll();
    await shower.settled();
    away = false;
    clock.at = noon + 5_000;
    await shower.showAll();
    await shower.settled();
    expect(asked).toEqual([false, true]);
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
