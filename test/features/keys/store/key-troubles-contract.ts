import { describe, expect, test } from '@jest/globals';
import { createKeyTroubles } from '../../../../src/features/keys/store/key-troubles.ts';
import type { ApiKey } from '../../../../src/syncro/ports.ts';
import { eachTest, type NewStore } from '../../../database/contract.ts';
import { howard, mike } from '../../../runs/rules/a-ticket.ts';

const aKey = (secret: string): ApiKey => ({ reveal: () => secret });
const WORDS = 'The key belongs to Mike Swain (Syncro user 1735), not to Howard Enos (1750).';

/** What is known to be wrong with keys, whatever the engine. */
export const keyTroublesContract = (newStore: NewStore): void => {
  describe('what is wrong with a key', () => {
    const { open } = eachTest(newStore);
    const both = async () => [createKeyTroubles(await open()), createKeyTroubles(await open())] as const;

    test('is news once, whoever finds it', async () => {
      const [here, there] = await both();
      const found = [0, 1, 2, 3].map((i) => (i % 2 ? here : there).note(howard.slackUser, aKey('k'), null));
      expect((await Promise.all(found)).filter(Boolean)).toHaveLength(1);
    });

    test('is news again of another key, when it had worked meanwhile, and when it is somebody else’s', async () => {
      const [here, there] = await both();
      await here.note(howard.slackUser, aKey('k'), null);
      expect(await there.note(howard.slackUser, aKey('l'), null)).toBe(true);
      await there.clear(howard.slackUser);
      expect(await here.note(howard.slackUser, aKey('l'), null)).toBe(true);
      expect(await there.note(howard.slackUser, aKey('l'), WORDS)).toBe(true);
      expect(await here.note(howard.slackUser, aKey('l'), WORDS)).toBe(false);
      expect(await here.note(howard.slackUser, aKey('l'), null)).toBe(false);
    });

    test('is known to every copy, of this key and this person alone, until it works', async () => {
      const [here, there] = await both();
      await here.note(howard.slackUser, aKey('k'), WORDS);
      expect(await there.mismatchOf(howard.slackUser, aKey('k'))).toBe(WORDS);
      expect(await there.mismatchOf(howard.slackUser, aKey('l'))).toBeNull();
      expect(await there.mismatchOf(mike.slackUser, aKey('k'))).toBeNull();
      await here.note(mike.slackUser, aKey('m'), null);
      expect(await there.mismatchOf(mike.slackUser, aKey('m'))).toBeNull();
      await there.clear(howard.slackUser);
      expect(await here.mismatchOf(howard.slackUser, aKey('k'))).toBeNull();
    });

    test('is kept without the key', async () => {
      const db = await open();
      await createKeyTroubles(db).note(howard.slackUser, aKey('planted-key'), WORDS);
      expect(JSON.stringify(await db.selectFrom('key_troubles').selectAll().execute())).not.toContain('planted-key');
    });
  });
};
