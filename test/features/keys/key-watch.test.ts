import { describe, expect, test } from '@jest/globals';
import { createIdentity, memoryTroubles } from '../../../src/features/keys/identity.ts';
import { createKeyWatch } from '../../../src/features/keys/key-watch.ts';
import type { KeyEvent } from '../../../src/features/keys/ports.ts';
import type { Technician } from '../../../src/shared/technician.ts';
import { howard, mike } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock, aQuietLog, aScriptedSyncro, someKeys } from '../../syncro/scripted-syncro.ts';

const admin: Technician = { ...mike, slackUser: 'U0ADMIN', name: 'Ann Admin', role: 'admin' };
const settled = () => new Promise((done) => setImmediate(done));

const set = (secrets: Record<string, string>) => {
  const clock = aManualClock();
  const syncro = aScriptedSyncro(clock);
  const told: Array<readonly [string, KeyEvent['kind']]> = [];
  const confirmed: string[] = [];
  const failing = { slack: false };
  const keys = someKeys(secrets);
  const troubles = memoryTroubles();
  const watch = createKeyWatch({
    announcer: {
      tell: (person, { kind }) => {
        if (failing.slack) return Promise.reject(new Error('Slack is away'));
        told.push([person, kind]);
        return Promise.resolve();
      },
    },
    troubles,
    keys: { verified: ({ slackUser }) => Promise.resolve(void confirmed.push(slackUser)) },
    technicians: [howard, mike, admin, { ...admin, slackUser: 'U0OWNER' }],
    clock,
    log: aQuietLog,
  });
  const identity = createIdentity({ reads: syncro.reads, keys, clock, sharedWrites: true, watch, troubles });
  return { syncro, told, confirmed, failing, watch, identity, secrets };
};

describe('a key that Syncro refuses', () => {
  test('is told to its owner once, not once per command', async () => {
    const { identity, watch, told } = set({ [howard.slackUser]: 'howards-key' });
    for (const _ of [1, 2, 3]) watch.refused((await identity.reader(howard)).key);
    await settled();
    expect(told).toEqual([[howard.slackUser, 'refused']]);
  });

  test('is news again when it is another key, or when it had worked meanwhile', async () => {
    const { identity, watch, told, secrets } = set({ [howard.slackUser]: 'howards-key' });
    watch.refused((await identity.reader(howard)).key);
    await settled();
    await identity.writer(howard, 'run');
    watch.refused((await identity.reader(howard)).key);
    await settled();
    expect(told).toHaveLength(2);
    secrets[howard.slackUser] = 'another-key';
    watch.refused((await identity.reader(howard)).key);
    await settled();
    expect(told).toHaveLength(3);
  });

  test('is nobody’s business while somebody only tries it', async () => {
    const { watch, told } = set({});
    watch.refused(aKey('mistyped'));
    await settled();
    expect(told).toEqual([]);
  });

  test('and is everybody’s is told to the admins', async () => {
    const { identity, watch, told } = set({ shared: 'mikes-key' });
    watch.refused((await identity.reader(howard)).key);
    watch.refused((await identity.writer(mike, 'run')).caller.key);
    await settled();
    expect(told).toEqual([
      ['U0ADMIN', 'shared_refused'],
      ['U0OWNER', 'shared_refused'],
    ]);
  });

  test('is told later when Slack was away', async () => {
    const { identity, watch, told, failing } = set({ [howard.slackUser]: 'howards-key' });
    failing.slack = true;
    watch.refused((await identity.reader(howard)).key);
    await settled();
    failing.slack = false;
    watch.refused((await identity.reader(howard)).key);
    await settled();
    expect(told).toEqual([[howard.slackUser, 'refused']]);
  });
});

describe('a key that is somebody else’s', () => {
  test('stops reading too, and is told to the admins once', async () => {
    const { identity, told, secrets } = set({ [howard.slackUser]: 'mikes-key', shared: 'shared-key' });
    await expect(identity.reader(howard)).resolves.toBeTruthy();
    for (const _ of [1, 2]) await expect(identity.writer(howard, 'run')).rejects.toMatchObject({ code: 'wrong_key' });
    await expect(identity.reader(howard)).rejects.toMatchObject({
      code: 'wrong_key',
      message: expect.stringContaining('Mike Swain'),
    });
    expect(told).toEqual([
      ['U0ADMIN', 'mismatch'],
      ['U0OWNER', 'mismatch'],
    ]);
    expect((await identity.reader(mike)).key.reveal()).toBe('shared-key');
    secrets[howard.slackUser] = 'howards-key';
    expect((await identity.reader(howard)).key.reveal()).toBe('howards-key');
  });

  test('is reading’s again once Syncro says that it is theirs after all', async () => {
    const { identity, syncro } = set({ [howard.slackUser]: 'howards-key' });
    const right = syncro.users;
    syncro.users = { 'howards-key': { userId: 1, name: 'Nobody', email: null, subdomain: null } };
    await expect(identity.verify(howard)).rejects.toMatchObject({ code: 'wrong_key' });
    await expect(identity.reader(howard)).rejects.toMatchObject({ code: 'wrong_key' });
    syncro.users = right;
    expect(await identity.verify(howard)).toEqual({ id: 1750, name: 'Howard Enos', shared: false });
    await expect(identity.reader(howard)).resolves.toBeTruthy();
  });
});

test('each confirmation is noted, but not of the shared key', async () => {
  const { identity, confirmed } = set({ [howard.slackUser]: 'howards-key', shared: 'mikes-key' });
  await identity.writer(howard, 'run');
  await identity.writer(howard, 'run');
  await identity.writer(mike, 'run');
  expect(confirmed).toEqual([howard.slackUser]);
  expect(await identity.verify(mike)).toBeNull();
});
