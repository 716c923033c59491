import { describe, expect, test } from '@jest/globals';
import { createDigestPosts } from '../../src/features/digests/store/digests.ts';
import { createStandings } from '../../src/metrics/store/standings.ts';
import { createRuns } from '../../src/runs/store/runs.ts';
import { createBudget } from '../../src/syncro/store/budget.ts';
import { aRunOn, eachTest, type NewStore } from '../database/contract.ts';
import { hour, minute, noon } from '../runs/rules/a-ticket.ts';

/** What the metrics say of all copies together, whatever the engine. */
export const standingsContract = (newStore: NewStore): void => {
  describe('standings', () => {
    const { open } = eachTest(newStore);

    test('of an empty database are nothing', async () => {
      expect(await createStandings(await open()).read(noon)).toEqual({
        runs: [],
        requestsInWindow: 0,
        pausedUntil: null,
        oldestDueDigest: null,
      });
    });

    test('count unfinished runs by state with the oldest of each, and leave out what is through', async () => {
      const db = await open();
      const runs = createRuns(db);
      await runs.add(aRunOn(1, { createdAt: noon - hour }));
      await runs.add(aRunOn(2, { createdAt: noon - minute }));
      await runs.add(aRunOn(3, { createdAt: noon - 2 * hour, state: 'asking' }));
      await runs.add(aRunOn(4, { createdAt: noon - 9 * hour, state: 'done', finishedAt: noon }));
      const { runs: seen } = await createStandings(db).read(noon);
      expect([...seen].sort((a, b) => a.state.localeCompare(b.state))).toEqual([
        { state: 'asking', count: 1, oldestAt: noon - 2 * hour },
        { state: 'open', count: 2, oldestAt: noon - hour },
      ]);
    });

    test('count the requests of the last minute of all copies, and say until when Syncro wants none', async () => {
      const clock = { now: () => noon, sleep: () => Promise.resolve() };
      const [one, other] = [createBudget(await open(), 180, clock), createBudget(await open(), 180, clock)];
      for (const budget of [one, one, other]) await budget.take(0);
      await other.pauseUntil(noon + minute);
      const standings = createStandings(await open());
      expect(await standings.read(noon)).toMatchObject({ requestsInWindow: 3, pausedUntil: noon + minute });
      expect(await standings.read(noon + hour)).toMatchObject({ requestsInWindow: 0, pausedUntil: null });
    });

    test('say which digest is due longest and not posted', async () => {
      const db = await open();
      const posts = createDigestPosts(db);
      const slot = (at: number) => ({ job: 'morning', slot: at, channel: 'C1' });
      await posts.claim(slot(noon - hour), 'alpha', noon - hour, minute);
      await posts.settle({ ...slot(noon - hour), owner: 'alpha' }, { state: 'posted', ts: '1.1' });
      await posts.claim(slot(noon - minute), 'alpha', noon - minute, minute);
      expect(await createStandings(db).read(noon)).toMatchObject({ oldestDueDigest: noon - minute });
    });
  });
};
