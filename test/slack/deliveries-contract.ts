import { describe, expect, test } from '@jest/globals';
import { createDeliveries, oldDeliveries } from '../../src/slack/store/deliveries.ts';
import { eachTest, type NewStore, prune } from '../database/contract.ts';
import { hour, minute, noon } from '../runs/rules/a-ticket.ts';

/** What Slack handed over before, whatever the engine. */
export const deliveriesContract = (newStore: NewStore): void => {
  describe('deliveries', () => {
    const { open } = eachTest(newStore);

    test('are begun by one of all copies', async () => {
      const copies = [createDeliveries(await open()), createDeliveries(await open())];
      const began = await Promise.all(copies.map((copy) => copy.begin('Ev1', noon)));
      expect(began.filter(Boolean)).toEqual([true]);
      expect(await copies[0]?.begin('Ev2', noon)).toBe(true);
    });

    test('that were ended are never begun again', async () => {
      const deliveries = createDeliveries(await open());
      await deliveries.begin('Ev1', noon);
      await deliveries.end('Ev1');
      expect(await deliveries.begin('Ev1', noon + 6 * minute)).toBe(false);
    });

    test('whose handling died are begun again when Slack sends them a minute later, by one', async () => {
      const [dead, one, other] = [await open(), await open(), await open()].map(createDeliveries);
      await dead?.begin('Ev1', noon);
      expect(await one?.begin('Ev1', noon + 1_000)).toBe(false);
      expect(await one?.begin('Ev1', noon + minute)).toBe(true);
      expect(await other?.begin('Ev1', noon + minute)).toBe(false);
    });

    test('are begun again where the clock has been set back since they were begun', async () => {
      const [dead, one, other] = [await open(), await open(), await open()].map(createDeliveries);
      await dead?.begin('Ev1', noon);
      expect(await one?.begin('Ev1', noon - 1_000)).toBe(false);
      expect(await one?.begin('Ev1', noon - hour)).toBe(true);
      expect(await other?.begin('Ev1', noon - hour)).toBe(false);
    });

    test('that come for the first time do so once, at one of all copies', async () => {
      const copies = [createDeliveries(await open()), createDeliveries(await open())];
      const firsts = await Promise.all(copies.map((copy) => copy.first('sent 1:v0=a', noon)));
      expect(firsts.filter(Boolean)).toEqual([true]);
      expect(await copies[0]?.first('sent 1:v0=a', noon + 5 * minute)).toBe(false);
    });

    test('are forgotten after an hour, so that the table does not grow', async () => {
      const db = await open();
      const deliveries = createDeliveries(db);
      await deliveries.begin('Ev1', noon);
      await deliveries.begin('Ev2', noon + 1);
      expect(await prune(db, oldDeliveries, noon + hour + 1)).toBe(1);
      expect(await deliveries.begin('Ev1', noon + hour + 1)).toBe(true);
    });
  });
};
