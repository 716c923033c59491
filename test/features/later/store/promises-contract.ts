import { describe, expect, test } from '@jest/globals';
import { createPromises, oldPromises } from '../../../../src/features/later/store/promises.ts';
import type { PromisedLine } from '../../../../src/runs/ports.ts';
import { ticketId } from '../../../../src/syncro/ticket.ts';
import { eachTest, type NewStore, prune } from '../../../database/contract.ts';
import { hour, minute, noon } from '../../../runs/rules/a-ticket.ts';

const aPromise = (n: number, fields: Partial<PromisedLine> = {}): PromisedLine => ({
  ...{ runId: `run-${n}`, customerId: 9_001, ticketId: ticketId(50 + n), lineId: 900 + n },
  ...{ day: '2026-12-01', lookAt: noon },
  ...fields,
});

/** Lines that were charged for a recurring invoice, whatever the engine. */
export const promisesContract = (newStore: NewStore): void => {
  describe('promised lines', () => {
    const { open } = eachTest(newStore);

    test('are taken a customer at a time, by one of many, and none before it is due', async () => {
      const stores = await Promise.all([1, 2, 3].map(async () => createPromises(await open())));
      const [promises] = stores;
      if (!promises) throw new Error('no store');
      for (const line of [
        aPromise(1),
        aPromise(1, { lookAt: 0 }),
        aPromise(2),
        aPromise(3, { customerId: 9_002, lookAt: noon + 1 }),
      ])
        await promises.add(line);
      await promises.add(aPromise(4, { lookAt: noon + hour }));
      expect(await promises.claim('a', noon - 1, minute, 10)).toEqual([]);
      const claims = await Promise.all(stores.map((store, p) => store.claim(`${p}`, noon + 1, minute, 10)));
      // Two that choose at the same time may choose the same customer: one of them goes away empty.
      for (let more = claims; more.flat().length > 0; claims.push(...more))
        more = [await promises.claim('z', noon + 1, minute, 10)];
      const taken = claims
        .map((lines) =>
          lines
            .map(({ runId }) => runId)
            .sort()
            .join(),
        )
        .filter(Boolean);
      expect(taken.sort()).toEqual(['run-1,run-2', 'run-3']);
      expect(claims.flat().find(({ runId }) => runId === 'run-1')).toEqual({
        ...{ runId: 'run-1', customerId: 9_001, ticketId: 51, lineId: 901, day: '2026-12-01' },
        ...{ looks: 0, state: 'waiting', told: {} },
      });
    });

    test('at most so many at a time', async () => {
      const promises = createPromises(await open());
      for (const n of [1, 2, 3]) await promises.add(aPromise(n));
      expect(await promises.claim('a', noon, minute, 2)).toHaveLength(2);
      expect(await promises.claim('b', noon, minute, 2)).toHaveLength(1);
    });

    test('are another’s when the lease ended, and then no longer the first one’s', async () => {
      const promises = createPromises(await open());
      await promises.add(aPromise(1));
      await promises.claim('a', noon, minute, 10);
      await promises.renew(['run-1'], 'a', noon + 2 * minute);
      expect(await promises.claim('b', noon + minute, minute, 10)).toEqual([]);
      expect(await promises.noteTold('run-1', 'a', noon + minute, { U1: { state: 'telling', since: noon } })).toBe(
        true,
      );
      expect(await promises.noteTold('run-1', 'a', noon + 2 * minute, {})).toBe(false);
      expect(await promises.claim('b', noon + 2 * minute, minute, 10)).toMatchObject([
        { told: { U1: { state: 'telling', since: noon } } },
      ]);
      await promises.settle('run-1', 'a', 'late', noon);
      await promises.close('run-1', 'a');
      expect(await promises.followed('run-1')).toBeNull();
    });

    test('are looked for again when they are put back', async () => {
      const promises = createPromises(await open());
      await promises.add(aPromise(1));
      await promises.claim('a', noon, minute, 10);
      await promises.putBack('run-1', 'a', noon + hour, 1);
      expect(await promises.claim('a', noon + hour - 1, minute, 10)).toEqual([]);
      expect(await promises.claim('a', noon + hour, minute, 10)).toMatchObject([{ looks: 1 }]);
    });

    test('are told by their day for as long as they wait', async () => {
      const promises = createPromises(await open());
      for (const line of [aPromise(1), aPromise(2), aPromise(3, { lineId: null })]) await promises.add(line);
      const days = async () => [...(await promises.on(ticketId(51))).days];
      expect(await days()).toEqual([[901, '2026-12-01']]);
      expect([...(await promises.on(ticketId(53))).days]).toEqual([]);
      await promises.claim('a', noon, minute, 10);
      await promises.settle('run-1', 'a', 'late', noon);
      expect(await days()).toEqual([]);
    });

    test('are known when they are settled, and done with when they are closed', async () => {
      const promises = createPromises(await open());
      await promises.add(aPromise(1));
      await promises.claim('a', noon, minute, 10);
      await promises.settle('run-1', 'a', 'invoiced', noon + 5);
      expect(await promises.followed('run-1')).toEqual({ state: 'invoiced', at: noon + 5 });
      expect([...(await promises.on(ticketId(51))).taken]).toEqual([901]);
      // Its holder died before the receipt said so.
      expect(await promises.claim('b', noon + minute, minute, 10)).toMatchObject([{ state: 'invoiced' }]);
      await promises.close('run-1', 'b');
      expect(await promises.claim('b', noon + hour, minute, 10)).toEqual([]);
      await promises.add(aPromise(1));
      expect(await promises.followed('run-1')).toEqual({ state: 'invoiced', at: noon + 5 });
    });

    test('that were seen on an invoice are told of the customer, since then', async () => {
      const promises = createPromises(await open());
      for (const line of [1, 2, 3].map((n) => aPromise(n))) await promises.add(line);
      await promises.add(aPromise(4, { customerId: 9_002 }));
      for (const owner of ['a', 'b']) await promises.claim(owner, noon, minute, 10);
      await promises.settle('run-1', 'a', 'invoiced', noon);
      await promises.settle('run-2', 'a', 'invoiced', noon + 1);
      await promises.settle('run-3', 'a', 'late', noon + 1);
      await promises.settle('run-4', 'b', 'invoiced', noon + 1);
      expect(await promises.invoicedOf(9_001, noon + 1)).toEqual([{ runId: 'run-2', lineId: 902, at: noon + 1 }]);
    });

    test('go when it was known for long what became of them, and never before', async () => {
      const db = await open();
      const promises = createPromises(db);
      for (const n of [1, 2]) await promises.add(aPromise(n));
      await promises.claim('a', noon, minute, 1);
      await promises.settle('run-1', 'a', 'gone', noon);
      expect(await prune(db, oldPromises, noon + oldPromises.keptMs + hour)).toBe(0);
      await promises.close('run-1', 'a');
      expect(await prune(db, oldPromises, noon + oldPromises.keptMs)).toBe(0);
      expect(await prune(db, oldPromises, noon + oldPromises.keptMs + 1)).toBe(1);
      expect(await promises.claim('b', noon + oldPromises.keptMs, minute, 10)).toMatchObject([{ runId: 'run-2' }]);
    });
  });
};
