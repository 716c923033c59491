import { describe, expect, test } from '@jest/globals';
import { createLastTimes } from '../../src/database/last-times.ts';
import { hour, noon } from '../runs/rules/a-ticket.ts';
import { eachTest, type NewStore } from './contract.ts';

/** When something happened last, whatever the engine. */
export const lastTimesContract = (newStore: NewStore): void => {
  describe('last times', () => {
    const { open } = eachTest(newStore);

    test('are known to every copy by their name, and never go back', async () => {
      const [here, there] = [createLastTimes(await open()), createLastTimes(await open())];
      expect(await there.at('member:U1')).toBeNull();
      await here.set('member:U1', noon);
      expect(await there.at('member:U1')).toBe(noon);
      await there.set('member:U1', noon + hour);
      await here.set('member:U1', noon + 1);
      expect(await here.at('member:U1')).toBe(noon + hour);
      expect(await here.at('member:U2')).toBeNull();
    });
  });
};
