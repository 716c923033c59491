import { describe, expect, test } from '@jest/globals';
import type { Timer } from '../../../../src/features/time/ports.ts';
import { createTimers } from '../../../../src/features/time/store/timers.ts';
import { createRuns } from '../../../../src/runs/store/runs.ts';
import { aRunOn, eachTest, type NewStore } from '../../../database/contract.ts';
import { howard, jerrysNumber, jerrysTicketId, mike, minute, noon } from '../../../runs/rules/a-ticket.ts';

export const aTimer = (fields: Partial<Timer> = {}): Timer => ({
  id: 'timer-1',
  technician: howard.slackUser,
  ticketId: jerrysTicketId,
  ticketNumber: jerrysNumber,
  subject: 'Own cloud <!channel> “thing” 😀',
  customerName: 'Burger Barn',
  startedAt: noon,
  stoppedAt: null,
  earlier: [],
  ...fields,
});

/** What a timer keeps, whatever the engine. */
export const timersContract = (newStore: NewStore): void => {
  describe('timers', () => {
    const { open } = eachTest(newStore);
    const store = async () => createTimers(await open());

    test('come back as they were started, also for another process', async () => {
      expect(await (await store()).start(aTimer())).toBe(true);
      expect(await (await store()).get('timer-1')).toEqual(aTimer());
      expect(await (await store()).of(howard.slackUser)).toEqual([aTimer()]);
      expect(await (await store()).get('none')).toBeNull();
    });

    test('run one at a time per technician, however many processes start one at once', async () => {
      const stores = await Promise.all([1, 2, 3, 4, 5].map(store));
      const started = await Promise.all(stores.map((timers, i) => timers.start(aTimer({ id: `timer-${i}` }))));
      expect(started.filter(Boolean)).toHaveLength(1);
      expect(await stores[0]?.of(howard.slackUser)).toHaveLength(1);
      expect(await stores[0]?.start(aTimer({ id: 'mikes', technician: mike.slackUser }))).toBe(true);
    });

    test('stop once, at the first time that was said, and make room for the next', async () => {
      const timers = await store();
      await timers.start(aTimer());
      expect(await timers.stop('timer-1', noon + minute)).toBe(true);
      expect(await timers.stop('timer-1', noon + 9 * minute)).toBe(false);
      expect(await timers.stop('none', noon)).toBe(false);
      expect(await timers.get('timer-1')).toEqual(aTimer({ stoppedAt: noon + minute }));
      expect(await timers.start(aTimer({ id: 'timer-2', startedAt: noon + 2 * minute }))).toBe(true);
      expect((await timers.of(howard.slackUser)).map(({ id }) => id)).toEqual(['timer-1', 'timer-2']);
    });

    test('go on as another one, once, unless another one runs or they wait no more', async () => {
      const stores = await Promise.all([1, 2, 3].map(store));
      const timers = await store();
      await timers.start(aTimer({ stoppedAt: noon + minute }));
      const next = aTimer({
        id: 'timer-1.1',
        startedAt: noon + 9 * minute,
        earlier: [{ startedAt: noon, endedAt: noon + minute }],
      });
      expect(await timers.start(aTimer({ id: 'timer-2' }))).toBe(true);
      expect(await timers.resume('timer-1', next)).toBe(false);
      await timers.stop('timer-2', noon);
      const resumed = await Promise.all(stores.map((each) => each.resume('timer-1', next)));
      expect(resumed.filter(Boolean)).toHaveLength(1);
      expect(await timers.get('timer-1')).toBeNull();
      expect(await timers.get('timer-1.1')).toEqual(next);
      await timers.stop('timer-1.1', noon + 10 * minute);
      await timers.settle('timer-1.1', noon);
      await timers.discard('timer-2', noon);
      expect(await timers.resume('timer-1.1', aTimer({ id: 'timer-1.2' }))).toBe(false);
      expect(await timers.resume('timer-2', aTimer({ id: 'timer-2.1' }))).toBe(false);
    });

    test('go on or are billed, whatever is first, and never both', async () => {
      const [timers, runs] = [await store(), createRuns(await open())];
      for (const n of [1, 2, 3, 4]) await timers.start(aTimer({ id: `timer-${n}`, stoppedAt: noon }));
      const bill = (n: number, fields: Parameters<typeof aRunOn>[1] = {}) =>
        runs.add(aRunOn(n, { timerId: `timer-${n}`, ...fields }), { since: noon, ended: [] });
      const goOn = (n: number) => timers.resume(`timer-${n}`, aTimer({ id: `timer-${n}.1` }));
      expect(await bill(1)).toEqual({ result: 'added' });
      expect(await goOn(1)).toBe(false);
      expect(await goOn(2)).toBe(true);
      expect(await bill(2)).toEqual({ result: 'overtaken' });
      expect(await runs.get('run-2')).toBeNull();
      await timers.stop('timer-2.1', noon + minute);
      await timers.discard('timer-3', noon);
      expect(await bill(3)).toEqual({ result: 'overtaken' });
      // What was stopped before the minutes were in Syncro leaves them free.
      expect(await bill(4, { state: 'stopped', finishedAt: noon })).toEqual({ result: 'added' });
      expect(await goOn(4)).toBe(true);
    });

    test('that were settled are not listed any more, and still known', async () => {
      const timers = await store();
      await timers.start(aTimer({ stoppedAt: noon }));
      await timers.settle('timer-1', noon);
      expect(await timers.of(howard.slackUser)).toEqual([]);
      expect(await timers.get('timer-1')).not.toBeNull();
    });

    test('that were discarded are gone; one that ran makes room', async () => {
      const timers = await store();
      await timers.start(aTimer());
      await timers.discard('timer-1', noon);
      expect(await timers.of(howard.slackUser)).toEqual([]);
      expect(await timers.get('timer-1')).toBeNull();
      expect(await timers.start(aTimer({ id: 'timer-2' }))).toBe(true);
    });

    test('are known by the runs that bring their minutes into Syncro', async () => {
      const runs = createRuns(await open());
      await runs.add(aRunOn(1, { timerId: 'timer-1', createdAt: noon + 1 }));
      await runs.add(aRunOn(2, { timerId: 'timer-1', createdAt: noon }));
      await runs.add(aRunOn(3, { timerId: 'timer-2' }));
      await runs.add(aRunOn(4));
      const of = async (...ids: string[]) => (await runs.ofTimers(ids)).map(({ id }) => id);
      expect(await of('timer-1')).toEqual(['run-2', 'run-1']);
      expect((await of('timer-1', 'timer-2', 'none')).toSorted()).toEqual(['run-1', 'run-2', 'run-3']);
      expect(await of()).toEqual([]);
    });
  });
};
