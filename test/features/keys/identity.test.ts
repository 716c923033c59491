import { describe, expect, test } from '@jest/globals';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { howard, mike, minute } from '../../runs/rules/a-ticket.ts';
import { aManualClock, aScriptedSyncro, someKeys } from '../../syncro/scripted-syncro.ts';

const set = (secrets: Record<string, string>, sharedWrites = false) => {
  const clock = aManualClock();
  const syncro = aScriptedSyncro(clock);
  const identity = createIdentity({ reads: syncro.reads, keys: someKeys(secrets), clock, sharedWrites });
  return { clock, syncro, identity, checks: () => syncro.readsOf.me ?? 0 };
};

describe('writing', () => {
  test('goes out under the technician’s own key, checked to be theirs', async () => {
    const { identity, checks } = set({ [howard.slackUser]: 'howards-key', shared: 'mikes-key' }, true);
    const { caller, author } = await identity.writer(howard, 'run');
    expect([caller.key.reveal(), caller.lane]).toEqual(['howards-key', 'run']);
    expect(author).toEqual({ id: 1750, name: 'Howard Enos', shared: false });
    expect(checks()).toBe(1);
  });

  test('carries the name that Syncro shows, which need not be the one in the settings', async () => {
    const { identity, syncro } = set({ [howard.slackUser]: 'howards-key' });
    syncro.users = { 'howards-key': { userId: 1750, name: 'Howard J. Enos', email: null, subdomain: null } };
    expect((await identity.writer(howard, 'run')).author.name).toBe('Howard J. Enos');
  });

  test('with another person’s key is refused, naming both, each time', async () => {
    const { identity, checks } = set({ [howard.slackUser]: 'mikes-key' });
    for (const times of [1, 2]) {
      await expect(identity.writer(howard, 'run')).rejects.toMatchObject({
        code: 'wrong_key',
        message: 'The key belongs to Mike Swain (Syncro user 1735), not to Howard Enos (1750).',
      });
      expect(checks()).toBe(times);
    }
  });

  test('with a refused key is refused', async () => {
    const { identity } = set({ [howard.slackUser]: 'revoked' });
    await expect(identity.writer(howard, 'run')).rejects.toMatchObject({ code: 'key_refused' });
  });

  test('without a key is refused, also when there is a shared one for reading', async () => {
    const { identity, checks } = set({ shared: 'mikes-key' });
    await expect(identity.writer(howard, 'run')).rejects.toMatchObject({ code: 'no_key' });
    expect(checks()).toBe(0);
  });

  test('without a key goes out under the shared key’s owner where the settings allow it', async () => {
    const { identity } = set({ shared: 'mikes-key' }, true);
    const { caller, author } = await identity.writer(howard, 'run');
    expect(caller.key.reveal()).toBe('mikes-key');
    expect(author).toEqual({ id: 1735, name: 'Mike Swain', shared: true });
  });

  test('is checked again after 10 minutes, not before', async () => {
    const { identity, clock, syncro, checks } = set({ [howard.slackUser]: 'howards-key' });
    await identity.writer(howard, 'run');
    clock.at += 10 * minute - 1;
    await identity.writer(howard, 'run');
    expect(checks()).toBe(1);
    clock.at += 1;
    syncro.users = { 'howards-key': { userId: 1735, name: 'Mike Swain', email: null, subdomain: null } };
    await expect(identity.writer(howard, 'run')).rejects.toMatchObject({ code: 'wrong_key' });
    expect(checks()).toBe(2);
  });

  test('is checked again at once with a new key', async () => {
    const secrets: Record<string, string> = { [howard.slackUser]: 'howards-key' };
    const { identity } = set(secrets);
    await identity.writer(howard, 'run');
    secrets[howard.slackUser] = 'mikes-key';
    await expect(identity.writer(howard, 'run')).rejects.toMatchObject({ code: 'wrong_key' });
  });

  test('of one technician is not vouched for by another’s check', async () => {
    const { identity, checks } = set({ [howard.slackUser]: 'howards-key', [mike.slackUser]: 'howards-key' });
    await identity.writer(howard, 'run');
    await expect(identity.writer(mike, 'run')).rejects.toMatchObject({ code: 'wrong_key' });
    expect(checks()).toBe(2);
  });

  test('is not refused for good when the check could not be made', async () => {
    const { identity, syncro } = set({ [howard.slackUser]: 'howards-key' });
    syncro.failing = new AppError('unreachable', 'Syncro is down.');
    await expect(identity.writer(howard, 'run')).rejects.toMatchObject({ code: 'unreachable' });
    syncro.failing = null;
    await expect(identity.writer(howard, 'run')).resolves.toMatchObject({ author: { id: 1750 } });
  });
});

describe('reading', () => {
  test('uses the own key, else the shared one, else none', async () => {
    const { identity } = set({ [howard.slackUser]: 'howards-key', shared: 'shared-key' });
    expect((await identity.reader(howard)).key.reveal()).toBe('howards-key');
    expect(await identity.reader(mike, 'background')).toMatchObject({ lane: 'background' });
    expect((await identity.reader(mike)).key.reveal()).toBe('shared-key');
    await expect(set({}).identity.reader(mike)).rejects.toMatchObject({ code: 'no_key' });
  });
});
