import { describe, expect, test } from '@jest/globals';
import type { NotifiedRecord } from '../../../../src/features/replies/ports.ts';
import { createNotifiedRecords, oldNotifiedRecords } from '../../../../src/features/replies/store/notified-records.ts';
import { createToldReplies, oldToldReplies } from '../../../../src/features/replies/store/told-replies.ts';
import { createShownLinks, oldShownLinks } from '../../../../src/features/tickets/store/shown-links.ts';
import { ticketId, ticketNumber } from '../../../../src/syncro/ticket.ts';
import { eachTest, type NewStore, prune } from '../../../database/contract.ts';
import { minute, noon } from '../../../runs/rules/a-ticket.ts';

const LEASE_MS = minute;
const second = 1_000;
const ticket = { kind: 'ticket', id: 108443837 } as const;

/** Syncro's notifications and what came of them, whatever the engine. */
export const notificationsContract = (newStore: NewStore): void => {
  describe('notifications that wait', () => {
    const { open } = eachTest(newStore);

    test('are one per record, due a moment after the first, and worked on by one of many', async () => {
      const stores = await Promise.all([1, 2, 3].map(async () => createNotifiedRecords(await open())));
      const [notified] = stores;
      if (!notified) throw new Error('no store');
      await Promise.all(Array.from({ length: 20 }, (_, i) => (stores[i % 3] ?? notified).note(ticket, noon + i)));
      await notified.note({ kind: 'customer', id: ticket.id }, noon + 5 * second);
      expect(await notified.waiting()).toBe(2);
      expect(await notified.claim('a', noon + 500, LEASE_MS)).toBeNull();
      const claims = await Promise.all(
        stores.flatMap((store, p) => [1, 2, 3].map((n) => store.claim(`${p}-${n}`, noon + 2 * second, LEASE_MS))),
      );
      expect(claims.filter(Boolean)).toEqual([{ ...ticket, notifiedAt: expect.any(Number), version: 20 }]);
    });

    const claimed = async (at = noon + 2 * second, owner = 'a') => {
      const notified = createNotifiedRecords(await open());
      await notified.note(ticket, noon);
      const record = await notified.claim(owner, at, LEASE_MS);
      if (!record) throw new Error('nothing was due');
      return { notified, record };
    };

    test('are over once they were followed; what comes then is due after a rest', async () => {
      const { notified, record } = await claimed();
      await notified.settle(record, 'a', noon + 3 * second);
      expect(await notified.waiting()).toBe(0);
      await notified.note(ticket, noon + 4 * second);
      expect(await notified.claim('a', noon + 22 * second, LEASE_MS)).toBeNull();
      const next = await notified.claim('a', noon + 23 * second, LEASE_MS);
      expect(next).toEqual({ ...ticket, notifiedAt: noon + 4 * second, version: 2 });
    });

    test('are followed again when one came during the work', async () => {
      const { notified, record } = await claimed();
      await notified.note(ticket, noon + 3 * second);
      await notified.settle(record, 'a', noon + 4 * second);
      expect(await notified.waiting()).toBe(1);
      expect(await notified.claim('b', noon + 24 * second, LEASE_MS)).toMatchObject({ version: 2 });
    });

    test('are another’s when the lease ended, and then no longer the first one’s', async () => {
      const { notified, record } = await claimed();
      const after = noon + 2 * second + LEASE_MS;
      expect(await notified.claim('b', after - 1, LEASE_MS)).toBeNull();
      const taken = await notified.claim('b', after, LEASE_MS);
      expect(taken).toEqual(record);
      await notified.settle(record, 'a', after);
      await notified.putBack(record, 'a', 0);
      expect(await notified.claim('c', after + second, LEASE_MS)).toBeNull();
      await notified.renew(record, 'b', after + 5 * LEASE_MS);
      expect(await notified.claim('c', after + 4 * LEASE_MS, LEASE_MS)).toBeNull();
    });

    test('are due, and their holder gone, where the clock has been set back by an hour since', async () => {
      const notified = createNotifiedRecords(await open());
      await notified.note(ticket, noon + 60 * minute);
      expect(await notified.claim('a', noon + 61 * minute, LEASE_MS)).not.toBeNull();
      expect(await notified.claim('b', noon, LEASE_MS)).not.toBeNull();
      expect(await notified.claim('c', noon, LEASE_MS)).toBeNull();
    });

    test('are put back for later', async () => {
      const { notified, record } = await claimed();
      await notified.putBack(record, 'a', noon + minute);
      expect(await notified.claim('a', noon + minute - 1, LEASE_MS)).toBeNull();
      expect(await notified.claim('a', noon + minute, LEASE_MS)).toEqual(record);
    });

    test('leave nothing behind once their rest is over', async () => {
      const { notified, record } = await claimed();
      await notified.note({ kind: 'customer', id: 1 }, noon);
      await notified.settle(record, 'a', noon + 3 * second);
      expect(await prune(await open(), oldNotifiedRecords, noon + 24 * second)).toBe(1);
      expect(await notified.waiting()).toBe(1);
      await notified.note(ticket, noon + 25 * second);
      const again: NotifiedRecord | null = await notified.claim('a', noon + 27 * second, LEASE_MS);
      expect(again?.kind).toBe('customer');
      expect((await notified.claim('a', noon + 27 * second, LEASE_MS))?.version).toBe(1);
    });
  });

  describe('a reply that is told', () => {
    const { open } = eachTest(newStore);
    const reply = {
      commentId: 7,
      ticket: { id: ticketId(1), number: ticketNumber(2), subject: 's', customerName: 'c' },
    };

    test('is begun by one of many', async () => {
      const stores = await Promise.all([1, 2, 3].map(async () => createToldReplies(await open())));
      const all = await Promise.all(
        stores.flatMap((told, p) => [1, 2, 3, 4].map((n) => told.begin(reply, `${p}-${n}`, noon, LEASE_MS))),
      );
      expect(all.filter(Boolean)).toEqual([{ begun: false, since: noon }]);
    });

    test('is the next one’s where the clock has been set back by an hour since', async () => {
      const told = createToldReplies(await open());
      await told.begin(reply, 'a', noon + 60 * minute, LEASE_MS);
      expect(await told.begin(reply, 'b', noon, LEASE_MS)).toMatchObject({ begun: true });
      expect(await told.begin(reply, 'c', noon, LEASE_MS)).toBeNull();
    });

    test('is the next one’s when the lease ended, who learns that it was begun', async () => {
      const told = createToldReplies(await open());
      await told.begin(reply, 'a', noon, LEASE_MS);
      expect(await told.begin(reply, 'b', noon + LEASE_MS - 1, LEASE_MS)).toBeNull();
      expect(await told.renew(7, 'a', noon + LEASE_MS, LEASE_MS)).toBe(false);
      expect(await told.begin(reply, 'b', noon + LEASE_MS, LEASE_MS)).toEqual({ begun: true, since: noon });
      expect(await told.renew(7, 'a', noon + LEASE_MS, LEASE_MS)).toBe(false);
      expect(await told.renew(7, 'b', noon + LEASE_MS, LEASE_MS)).toBe(true);
      expect(await told.settle(7, 'a', 'told')).toBe(false);
      await told.forget(7, 'a');
      expect(await told.get(7)).toBe('telling');
      expect(await told.settle(7, 'b', 'told')).toBe(true);
    });

    test.each(['told', 'refused', 'unknown'] as const)('is nobody’s any more once it is %s', async (state) => {
      const told = createToldReplies(await open());
      expect(await told.get(7)).toBeNull();
      await told.begin(reply, 'a', noon, LEASE_MS);
      await told.settle(7, 'a', state);
      expect(await told.get(7)).toBe(state);
      expect(await told.begin(reply, 'b', noon + 9 * LEASE_MS, LEASE_MS)).toBeNull();
      await told.forget(7, 'a');
      expect(await told.get(7)).toBe(state);
      const week = 7 * 24 * 60 * minute;
      expect(await prune(await open(), oldToldReplies, noon + week)).toBe(0);
      expect(await prune(await open(), oldToldReplies, noon + week + 1)).toBe(1);
      expect(await told.get(7)).toBeNull();
    });

    test('is as if nobody had begun when it certainly never left', async () => {
      const told = createToldReplies(await open());
      await told.begin(reply, 'a', noon, LEASE_MS);
      await told.forget(7, 'a');
      expect(await told.begin(reply, 'b', noon + 1, LEASE_MS)).toEqual({ begun: false, since: noon + 1 });
    });
  });

  describe('a link that was shown', () => {
    const { open } = eachTest(newStore);

    test('is shown by one of many, and for half an hour not again in that channel', async () => {
      const stores = await Promise.all([1, 2, 3].map(async () => createShownLinks(await open())));
      const [links] = stores;
      if (!links) throw new Error('no store');
      const all = await Promise.all(stores.flatMap((store) => [1, 2, 3].map(() => store.take('C1', 1, noon))));
      expect(all.filter(Boolean)).toEqual([true]);
      expect(await links.take('C1', 1, noon + 30 * minute - 1)).toBe(false);
      expect(await links.take('C2', 1, noon)).toBe(true);
      expect(await links.take('C1', 2, noon)).toBe(true);
      expect(await links.take('C1', 1, noon + 30 * minute)).toBe(true);
    });

    test('is put back when it was not shown, and forgotten after a while', async () => {
      const links = createShownLinks(await open());
      await links.take('C1', 1, noon);
      await links.putBack('C1', 1, noon - 1);
      expect(await links.take('C1', 1, noon + 1)).toBe(false);
      await links.putBack('C1', 1, noon);
      expect(await links.take('C1', 1, noon + 1)).toBe(true);
      expect(await prune(await open(), oldShownLinks, noon + 60 * minute + 1)).toBe(0);
      expect(await prune(await open(), oldShownLinks, noon + 60 * minute + 2)).toBe(1);
    });
  });
};
