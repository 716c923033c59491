import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { SealedKey, SealedKeys } from '../../../../src/features/keys/ports.ts';
import { createConnectedKeys, reencrypt } from '../../../../src/features/keys/vault/connected.ts';
import { open, seal, sealFor, sealingKey } from '../../../../src/features/keys/vault/seal.ts';
import { howard, mike, noon } from '../../../runs/rules/a-ticket.ts';
import { aKey } from '../../../syncro/scripted-syncro.ts';

const newKey = () => sealingKey(randomBytes(32).toString('base64'));
const TOKEN = 'T259810e5c9917386b-52c2aeea7cdb5ff4';

/** The rows as a database keeps them. */
const someRows = (): SealedKeys & { readonly rows: Map<string, SealedKey> } => {
  const rows = new Map<string, SealedKey>();
  return {
    rows,
    get: (technician) => Promise.resolve(rows.get(technician) ?? null),
    all: () => Promise.resolve([...rows.values()]),
    put: (row) => Promise.resolve(void rows.set(row.technician, row)),
    reseal: (before, sealed, keyId) => {
      if (rows.get(before.technician)?.sealed !== before.sealed) return Promise.resolve(false);
      rows.set(before.technician, { ...before, sealed, keyId });
      return Promise.resolve(true);
    },
    verified: () => Promise.resolve(),
    remove: (technician) => Promise.resolve(rows.delete(technician)),
  };
};

describe('a seal', () => {
  const key = newKey();
  const owner = sealFor('T1', 'U1');

  test('opens with its key, for its owner, and differs each time', () => {
    const sealed = seal(TOKEN, key, owner);
    expect(sealed).not.toContain(TOKEN);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain(TOKEN);
    expect(open(sealed, key, owner)).toBe(TOKEN);
    expect(seal(TOKEN, key, owner)).not.toBe(sealed);
  });

  test.each([
    ['another key', () => open(seal(TOKEN, key, owner), newKey(), owner)],
    ['another technician', () => open(seal(TOKEN, key, owner), key, sealFor('T1', 'U2'))],
    ['another workspace', () => open(seal(TOKEN, key, owner), key, sealFor('T2', 'U1'))],
    ['a shortened one', () => open(seal(TOKEN, key, owner).slice(0, -3), key, owner)],
    ['nothing', () => open('', key, owner)],
    ['nonsense', () => open('&&&', key, owner)],
  ])('does not open for %s', (_name, attempt) => {
    expect(attempt()).toBeNull();
  });

  test('does not open when any byte of it changed', () => {
    const sealed = Buffer.from(seal(TOKEN, key, owner), 'base64url');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(open(changed.toString('base64url'), key, owner)).toBeNull();
    }
  });
});

describe('connected keys', () => {
  const set = (sealingKeys = [newKey()], rows = someRows(), team = 'T1') => {
    const secrets = new Set<string>();
    return { secrets, rows, keys: createConnectedKeys({ rows, team, sealingKeys, secrets }) };
  };

  test('come back to their owner, and the log learns them', async () => {
    const { keys, rows, secrets } = set();
    await keys.store(howard, aKey(TOKEN), noon);
    expect(JSON.stringify([...rows.rows])).not.toContain(TOKEN);
    expect([...secrets]).toEqual([TOKEN]);
    secrets.clear();
    const found = await keys.find(howard);
    expect(found.key?.reveal()).toBe(TOKEN);
    expect(found).toMatchObject({ status: { origin: 'slack', connectedAt: noon, verifiedAt: noon } });
    expect([...secrets]).toEqual([TOKEN]);
    expect(await keys.find(mike)).toEqual({ key: null, problem: null });
  });

  test('whose row was moved to somebody else do not open', async () => {
    const { keys, rows } = set();
    await keys.store(howard, aKey(TOKEN), noon);
    const row = rows.rows.get(howard.slackUser);
    if (!row) throw new Error('no row');
    rows.rows.set(mike.slackUser, { ...row, technician: mike.slackUser, syncroUserId: mike.syncroUserId });
    expect(await keys.find(mike)).toMatchObject({ key: null, problem: expect.stringContaining('row was changed') });
  });

  test('do not open in another workspace', async () => {
    const key = newKey();
    const { keys, rows } = set([key]);
    await keys.store(howard, aKey(TOKEN), noon);
    expect(await set([key], rows, 'T2').keys.find(howard)).toMatchObject({ key: null });
  });

  test('are not used when the settings now say another Syncro user', async () => {
    const { keys } = set();
    await keys.store(howard, aKey(TOKEN), noon);
    expect(await keys.find({ ...howard, syncroUserId: 99 })).toMatchObject({
      key: null,
      problem: 'The key connected in Slack was for Syncro user 1750; Howard Enos is 99 in the settings.',
    });
  });

  test('open with the old key while keys are rotated, and say what is wrong without it', async () => {
    const [old, current] = [newKey(), newKey()];
    const { keys, rows } = set([old]);
    await keys.store(howard, aKey(TOKEN), noon);
    expect((await set([current, old], rows).keys.find(howard)).key?.reveal()).toBe(TOKEN);
    expect(await set([current], rows).keys.find(howard)).toMatchObject({
      key: null,
      problem: expect.stringContaining('another ENCRYPTION_KEY'),
    });
    const none = set([], rows).keys;
    expect(none.available).toBe(false);
    expect(await none.find(howard)).toMatchObject({ problem: expect.stringContaining('ENCRYPTION_KEY is not set') });
    await expect(none.store(howard, aKey(TOKEN), noon)).rejects.toThrow();
  });

  test('are all sealed anew by reencrypt, which may be repeated', async () => {
    const [old, current, foreign] = [newKey(), newKey(), newKey()];
    const { keys, rows } = set([old]);
    await keys.store(howard, aKey(TOKEN), noon);
    await set([foreign], rows).keys.store(mike, aKey('T-lost-forever'), noon);
    expect(await reencrypt(rows, current, old)).toEqual({
      resealed: [howard.slackUser],
      upToDate: [],
      lost: [mike.slackUser],
      changed: [],
    });
    expect((await set([current], rows).keys.find(howard)).key?.reveal()).toBe(TOKEN);
    expect(await reencrypt(rows, current, null)).toMatchObject({ upToDate: [howard.slackUser], resealed: [] });
  });

  test('that are connected anew while they are sealed anew stay the new ones', async () => {
    const [old, current] = [newKey(), newKey()];
    const { keys, rows } = set([old]);
    await keys.store(howard, aKey(TOKEN), noon);
    const late: SealedKeys = {
      ...rows,
      all: async () => {
        const all = await rows.all();
        await set([current], rows).keys.store(howard, aKey('T-newer-than-that'), noon);
        return all;
      },
    };
    expect(await reencrypt(late, current, old)).toMatchObject({ changed: [howard.slackUser] });
    expect((await set([current], rows).keys.find(howard)).key?.reveal()).toBe('T-newer-than-that');
  });
});
