import { describe, expect, test } from '@jest/globals';
import type { DigestClaim, DigestSlot, StoredDigest } from '../../../../src/features/digests/ports.ts';
import { createDigestPosts, createDigests } from '../../../../src/features/digests/store/digests.ts';
import { eachTest, type NewStore } from '../../../database/contract.ts';
import { minute, noon } from '../../../runs/rules/a-ticket.ts';
import { day } from '../digest-facts.ts';

const LEASE_MS = minute;
const told = { open: 48, print: 'abc' };

const aDigest = (fields: Partial<StoredDigest> = {}): StoredDigest => ({
  channel: 'C0GENERAL',
  at: '08:00',
  timezone: 'America/Phoenix',
  days: 'mon-fri',
  setUp: { by: 'U012MIKE', at: noon },
  ...fields,
});

/** Digests that were set up in Slack, whatever the engine. */
export const digestsContract = (newStore: NewStore): void => {
  describe('digests set up in Slack', () => {
    const { open } = eachTest(newStore);

    test('come back as they were put, one per channel, the last one counts', async () => {
      const digests = createDigests(await open());
      await digests.put(aDigest());
      await digests.put(aDigest({ channel: 'C0OTHER', setUp: { by: 'U012MIKE', at: noon + 1 } }));
      const changed = aDigest({ at: '07:30', setUp: { by: 'U012HOWARD', at: noon + 2 } });
      await digests.put(changed);
      const others = await createDigests(await open()).all();
      expect(others).toHaveLength(2);
      expect(others).toContainEqual(changed);
    });

    test('go once', async () => {
      const digests = createDigests(await open());
      await digests.put(aDigest());
      expect(await digests.remove('C0OTHER')).toBe(false);
      expect(await digests.remove('C0GENERAL')).toBe(true);
      expect(await digests.remove('C0GENERAL')).toBe(false);
      expect(await digests.all()).toEqual([]);
    });
  });

  describe('who posts a digest', () => {
    const { open } = eachTest(newStore);
    const due = (slot = noon, job = 'job'): DigestSlot => ({ job, slot, channel: 'C0GENERAL' });
    const claimOf = (owner: string, slot = noon): DigestClaim => ({ ...due(slot), owner });

    test('is one of many who ask at the same time, also over several connections', async () => {
      const stores = await Promise.all([1, 2, 3, 4].map(async () => createDigestPosts(await open())));
      const claims = stores.flatMap((posts, process) =>
        Array.from({ length: 10 }, (_, i) => posts.claim(due(), `owner-${process}-${i}`, noon, LEASE_MS)),
      );
      const all = await Promise.all(claims);
      expect(all.filter(Boolean)).toEqual([{ begun: false }]);
    });

    test('is the next one where the clock has been set back by an hour since', async () => {
      const posts = createDigestPosts(await open());
      await posts.claim(due(), 'a', noon + 3_600_000, LEASE_MS);
      expect(await posts.claim(due(), 'b', noon, LEASE_MS)).toEqual({ begun: false });
      expect(await posts.claim(due(), 'c', noon, LEASE_MS)).toBeNull();
    });

    test('is the next one when a lease ended, who learns whether it was begun', async () => {
      const posts = createDigestPosts(await open());
      await posts.claim(due(), 'a', noon, LEASE_MS);
      expect(await posts.claim(due(), 'b', noon + LEASE_MS - 1, LEASE_MS)).toBeNull();
      expect(await posts.claim(due(), 'b', noon + LEASE_MS, LEASE_MS)).toEqual({ begun: false });
      expect(await posts.intend(claimOf('a'), told, noon + LEASE_MS, LEASE_MS)).toBe(false);
      expect(await posts.intend(claimOf('b'), told, noon + LEASE_MS + 1, LEASE_MS)).toBe(true);
      expect(await posts.claim(due(), 'c', noon + 2 * LEASE_MS, LEASE_MS)).toBeNull();
      expect(await posts.claim(due(), 'c', noon + 2 * LEASE_MS + 1, LEASE_MS)).toEqual({ begun: true });
      expect(await posts.settle(claimOf('b'), { state: 'posted', ts: '1.1' })).toBe(false);
      expect(await posts.settle(claimOf('c'), { state: 'posted', ts: '1.2' })).toBe(true);
      expect(await posts.get('job', noon)).toEqual({ ...due(), state: 'posted', reason: null, told });
    });

    test('stays the holder who renews, and loses nothing by that when another has it', async () => {
      const posts = createDigestPosts(await open());
      await posts.claim(due(), 'a', noon, LEASE_MS);
      await posts.renew(claimOf('a'), noon + 3 * LEASE_MS);
      await posts.renew(claimOf('b'), noon + 9 * LEASE_MS);
      expect(await posts.claim(due(), 'b', noon + 2 * LEASE_MS, LEASE_MS)).toBeNull();
      expect(await posts.claim(due(), 'b', noon + 3 * LEASE_MS, LEASE_MS)).not.toBeNull();
    });

    test('may not send when its own lease ended', async () => {
      const posts = createDigestPosts(await open());
      await posts.claim(due(), 'a', noon, LEASE_MS);
      expect(await posts.intend(claimOf('a'), told, noon + LEASE_MS, LEASE_MS)).toBe(false);
    });

    test('gives it back for later; what was begun stays begun unless it certainly never left', async () => {
      const posts = createDigestPosts(await open());
      await posts.claim(due(), 'a', noon, LEASE_MS);
      await posts.intend(claimOf('a'), told, noon, LEASE_MS);
      await posts.putBack(claimOf('a'), noon + 10);
      expect(await posts.claim(due(), 'a', noon + 9, LEASE_MS)).toBeNull();
      expect(await posts.claim(due(), 'a', noon + 10, LEASE_MS)).toEqual({ begun: true });
      await posts.putBack(claimOf('a'), noon + 20, { unsent: true });
      expect(await posts.claim(due(), 'b', noon + 20, LEASE_MS)).toEqual({ begun: false });
    });

    test.each([
      { state: 'posted', ts: '1.1' } as const,
      { state: 'skipped' } as const,
      { state: 'passed' } as const,
      { state: 'refused', reason: 'is_archived' } as const,
      { state: 'unknown', reason: 'missing_scope' } as const,
    ])('is nobody any more once it is $state', async (outcome) => {
      const posts = createDigestPosts(await open());
      await posts.claim(due(), 'a', noon, LEASE_MS);
      await posts.settle(claimOf('a'), outcome);
      expect(await posts.claim(due(), 'b', noon + day, LEASE_MS)).toBeNull();
      expect(await posts.settle(claimOf('a'), { state: 'skipped' })).toBe(false);
      expect(await posts.get('job', noon)).toMatchObject({
        state: outcome.state,
        reason: 'reason' in outcome ? outcome.reason : null,
      });
    });

    test('leaves a past, newest first, and the last post of the channel', async () => {
      const posts = createDigestPosts(await open());
      expect(await posts.lastIn('C0GENERAL')).toBeNull();
      for (const slot of [noon, noon + day, noon + 2 * day]) {
        await posts.claim(due(slot), 'a', slot, LEASE_MS);
        await posts.settle(
          claimOf('a', slot),
          slot === noon + 2 * day ? { state: 'skipped' } : { state: 'posted', ts: '1' },
        );
      }
      await posts.claim(due(noon + day / 2, 'other job'), 'a', noon, LEASE_MS);
      const before = await posts.before('job', noon + 2 * day, 10);
      expect(before.map(({ slot }) => slot)).toEqual([noon + day, noon]);
      expect(await posts.before('job', noon + 2 * day, 1)).toHaveLength(1);
      expect(await posts.lastIn('C0GENERAL')).toBe(noon + day);
      expect(await posts.lastIn('C0OTHER')).toBeNull();
    });
  });
};
