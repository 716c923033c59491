import { describe, expect, test } from '@jest/globals';
import {
  createKeys,
  type Found,
  noKeyBecause,
  nothing,
  toKey,
} from '../../../../src/features/keys/vault/create-keys.ts';
import { secretsOf } from '../../../../src/features/keys/vault/environment.ts';
import type { VaultEntry } from '../../../../src/features/keys/vault/vault.ts';
import type { Log } from '../../../../src/shared/system.ts';
import { howard, mike, noon } from '../../../runs/rules/a-ticket.ts';
import { aQuietLog } from '../../../syncro/scripted-syncro.ts';

type World = { connected: Found; entry: VaultEntry };

const settings = {
  technicians: [
    { slack_user: howard.slackUser, name: howard.name, key: { sops: 'howard.sops.yaml' } },
    { slack_user: mike.slackUser, name: mike.name, key: { env: 'KEY_MIKE' } },
  ],
  shared_key: { key: { sops: 'shared.sops.yaml' } },
};

const connectedKey: Found = {
  key: toKey('connected-key'),
  status: { origin: 'slack', connectedAt: noon - 9, verifiedAt: noon - 5 },
};

const set = (world: Partial<World> = {}, log: Log = aQuietLog) => {
  const now: World = {
    connected: nothing,
    entry: { ok: true, credential: 'vault-key', syncroUserId: null },
    ...world,
  };
  const noted: string[] = [];
  const secrets = new Set<string>();
  const keys = createKeys({
    settings,
    variables: { KEY_MIKE: 'mikes-key' },
    vault: { read: () => Promise.resolve(now.entry) },
    connected: () => Promise.resolve(now.connected),
    noteVerified: (slackUser) => Promise.resolve(void noted.push(slackUser)),
    secrets,
    log,
  });
  return { keys, now, noted, secrets };
};

describe('a technician’s own key', () => {
  test('is the connected one before that of the vault or the environment', async () => {
    const { keys, now } = set();
    expect((await keys.own(howard))?.reveal()).toBe('vault-key');
    expect((await keys.own(mike))?.reveal()).toBe('mikes-key');
    expect(await keys.status(howard)).toMatchObject({ origin: 'vault', connectedAt: null, verifiedAt: null });
    expect(await keys.status(mike)).toMatchObject({ origin: 'environment' });
    now.connected = connectedKey;
    expect((await keys.own(howard))?.reveal()).toBe('connected-key');
    expect(await keys.status(howard)).toMatchObject({ origin: 'slack', connectedAt: noon - 9, verifiedAt: noon - 5 });
  });

  test('is the next one where the first can’t be used, and the status says so', async () => {
    const { keys } = set({ connected: noKeyBecause('The key connected in Slack can’t be opened.') });
    expect((await keys.own(howard))?.reveal()).toBe('vault-key');
    expect((await keys.status(howard)).problems).toEqual(['The key connected in Slack can’t be opened.']);
  });

  test('is none when the vault file is somebody else’s', async () => {
    const { keys, now } = set({ entry: { ok: true, credential: 'mikes', syncroUserId: 1735 } });
    expect(await keys.own(howard)).toBeNull();
    expect((await keys.status(howard)).problems).toEqual([
      'The vault file howard.sops.yaml is for Syncro user 1735, the settings say 1750.',
    ]);
    now.entry = { ok: true, credential: 'howards', syncroUserId: 1750 };
    expect((await keys.own(howard))?.reveal()).toBe('howards');
  });

  test('is none when the file can’t be read: said once in the log, and again when it can', async () => {
    const lines: string[] = [];
    const note = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
    const { keys, now } = set(
      { entry: { ok: false, why: 'its MAC does not fit' } },
      { ...aQuietLog, warn: note, info: note },
    );
    for (const _ of [1, 2, 3]) expect(await keys.own(howard)).toBeNull();
    expect(lines).toEqual([
      `a key can't be used {"technician":"Howard Enos","problems":["The vault file howard.sops.yaml can't be read: its MAC does not fit."]}`,
    ]);
    now.entry = { ok: true, credential: 'vault-key', syncroUserId: 1750 };
    await keys.own(howard);
    expect(lines[1]).toContain('the key can be used again');
  });

  test('is none for somebody without any', async () => {
    const { keys } = set();
    expect(await keys.own({ ...howard, slackUser: 'U9' })).toBeNull();
    expect(await keys.status({ ...howard, slackUser: 'U9' })).toMatchObject({ origin: null, problems: [] });
  });

  test('is known to the log’s scrubber as soon as it was read', async () => {
    const { keys, secrets } = set();
    await keys.own(howard);
    expect([...secrets]).toEqual(['vault-key']);
    expect([...secretsOf(settings, { KEY_MIKE: 'mikes-key', ENCRYPTION_KEY_OLD: 'old' })]).toEqual([
      'mikes-key',
      'old',
    ]);
  });

  test('remembers when it was confirmed; a connected one also for later', async () => {
    const { keys, now, noted } = set();
    await keys.verified(howard, noon);
    expect(await keys.status(howard)).toMatchObject({ verifiedAt: noon });
    expect(noted).toEqual([]);
    now.connected = connectedKey;
    await keys.verified(howard, noon + 1);
    expect(noted).toEqual([howard.slackUser]);
  });
});

test('the shared key may come from the vault, whoever’s it is', async () => {
  const { keys, now } = set({ entry: { ok: true, credential: 'shared-key', syncroUserId: 1 } });
  expect((await keys.shared())?.reveal()).toBe('shared-key');
  now.entry = { ok: false, why: 'no such file' };
  expect(await keys.shared()).toBeNull();
});
