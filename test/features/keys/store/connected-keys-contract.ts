import { describe, expect, test } from '@jest/globals';
import type { SealedKey } from '../../../../src/features/keys/ports.ts';
import { createSealedKeys } from '../../../../src/features/keys/store/connected-keys.ts';
import { eachTest, type NewStore } from '../../../database/contract.ts';
import { hour, howard, mike, noon } from '../../../runs/rules/a-ticket.ts';

const aKeyOf = (technician: string, fields: Partial<SealedKey> = {}): SealedKey => ({
  technician,
  team: 'T0MSP',
  sealed: 'sealed-1',
  keyId: 'key-1',
  syncroUserId: 1750,
  connectedAt: noon,
  verifiedAt: noon,
  ...fields,
});

/** Where connected keys are kept, whatever the engine. */
export const connectedKeysContract = (newStore: NewStore): void => {
  describe('connected keys', () => {
    const { open } = eachTest(newStore);

    test('come back as they were put, also for another process', async () => {
      await createSealedKeys(await open()).put(aKeyOf(howard.slackUser));
      expect(await createSealedKeys(await open()).get(howard.slackUser)).toEqual(aKeyOf(howard.slackUser));
      expect(await createSealedKeys(await open()).get(mike.slackUser)).toBeNull();
    });

    test('are one for each technician, the one that was connected last', async () => {
      const keys = createSealedKeys(await open());
      await keys.put(aKeyOf(howard.slackUser));
      const newer = aKeyOf(howard.slackUser, {
        sealed: 'sealed-2',
        keyId: 'key-2',
        team: 'T0OTHER',
        syncroUserId: 1751,
        connectedAt: noon + hour,
        verifiedAt: noon + hour,
      });
      await keys.put(newer);
      await keys.put(aKeyOf(mike.slackUser));
      expect(await keys.get(howard.slackUser)).toEqual(newer);
      expect(await keys.all()).toEqual([newer, aKeyOf(mike.slackUser)]);
    });

    test('know when they were last confirmed', async () => {
      const keys = createSealedKeys(await open());
      await keys.put(aKeyOf(howard.slackUser));
      await keys.put(aKeyOf(mike.slackUser));
      await keys.verified(howard.slackUser, noon + hour);
      await keys.verified('U0NOBODY', noon);
      expect((await keys.get(howard.slackUser))?.verifiedAt).toBe(noon + hour);
      expect((await keys.get(mike.slackUser))?.verifiedAt).toBe(noon);
    });

    test('are sealed anew only while they are what was read', async () => {
      const keys = createSealedKeys(await open());
      const before = aKeyOf(howard.slackUser);
      await keys.put(before);
      await keys.put(aKeyOf(mike.slackUser));
      expect(await keys.reseal(before, 'sealed-9', 'key-9')).toBe(true);
      expect(await keys.get(howard.slackUser)).toEqual({ ...before, sealed: 'sealed-9', keyId: 'key-9' });
      expect(await keys.reseal(before, 'sealed-10', 'key-10')).toBe(false);
      expect((await keys.get(howard.slackUser))?.sealed).toBe('sealed-9');
      expect(await keys.get(mike.slackUser)).toEqual(aKeyOf(mike.slackUser));
    });

    test('are gone when they were removed', async () => {
      const keys = createSealedKeys(await open());
      await keys.put(aKeyOf(howard.slackUser));
      await keys.put(aKeyOf(mike.slackUser));
      expect(await keys.remove(howard.slackUser)).toBe(true);
      expect(await keys.remove(howard.slackUser)).toBe(false);
      expect(await keys.all()).toEqual([aKeyOf(mike.slackUser)]);
    });
  });
};
