import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readOrdinary } from '../../../../src/features/keys/vault/ordinary-file.ts';
import { ageKeyFile, createVault, expandHome, type Vault } from '../../../../src/features/keys/vault/vault.ts';
import { aManualClock, type ManualClock } from '../../../syncro/scripted-syncro.ts';
import { aKeyFile, encryptSops, newRecipient, type Recipient } from './sops-encrypt.ts';

const PATH = 'msp-tools/syncro-howard.sops.yaml';
let dir: string;
let us: Recipient;
let clock: ManualClock;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vault-'));
  mkdirSync(join(dir, 'vault', 'msp-tools'), { recursive: true });
  us = await newRecipient();
  clock = aManualClock();
  writeFileSync(join(dir, 'keys.txt'), `# created: 2026-04-22\n# public key: ${us.recipient}\n${us.identity}\n`);
});
afterEach(() => rmSync(dir, { recursive: true }));

const put = async (credential: string, userId: number | null = 1750): Promise<void> =>
  writeFileSync(join(dir, 'vault', PATH), await encryptSops(aKeyFile(credential, userId), [us.recipient]));

/** Nothing on the PATH, unless a test puts a program there. */
const vaultWith = (
  variables: Record<string, string> = {},
  keyFile: string | undefined = join(dir, 'keys.txt'),
): Vault =>
  createVault({
    dir: join(dir, 'vault'),
    ageKeyFile: keyFile,
    variables: { PATH: join(dir, 'bin'), ...variables },
    clock,
  });

const found = (credential: string, syncroUserId: number | null = 1750) => ({ ok: true, credential, syncroUserId });

/** A program that stands in for sops; it notes how it was called. */
const installSops = (script: string): void => {
  mkdirSync(join(dir, 'bin'), { recursive: true });
  writeFileSync(join(dir, 'bin', 'sops'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(dir, 'bin', 'sops'), 0o755);
};

describe('the vault', () => {
  test('gives the credential and whose it is', async () => {
    await put('T-howard');
    expect(await vaultWith().read(PATH)).toEqual(found('T-howard'));
    await put('T-howard', null);
    expect(await vaultWith().read(PATH)).toEqual(found('T-howard', null));
  });

  test('takes the age key from SOPS_AGE_KEY or SOPS_AGE_KEY_FILE too', async () => {
    await put('T-howard');
    expect(await vaultWith({ SOPS_AGE_KEY: us.identity }, '/nowhere/keys.txt').read(PATH)).toEqual(found('T-howard'));
    // Where the key itself lies is the owner's business.
    symlinkSync(join(dir, 'keys.txt'), join(dir, 'link.txt'));
    linkSync(join(dir, 'keys.txt'), join(dir, 'second-name.txt'));
    const vault = createVault({
      dir: join(dir, 'vault'),
      ageKeyFile: undefined,
      variables: { SOPS_AGE_KEY_FILE: join(dir, 'link.txt') },
      clock,
    });
    expect(await vault.read(PATH)).toEqual(found('T-howard'));
  });

  test('takes a replaced file without a restart, and looks at most every few seconds', async () => {
    const vault = vaultWith();
    await put('T-old');
    expect(await vault.read(PATH)).toEqual(found('T-old'));
    await put('T-the-new-one');
    expect(await vault.read(PATH)).toEqual(found('T-old'));
    clock.at += 3_000;
    expect(await vault.read(PATH)).toEqual(found('T-the-new-one'));
  });

  test('looks no more often at a file that stayed as it was', async () => {
    const vault = vaultWith();
    await put('T-old');
    await vault.read(PATH);
    clock.at += 3_000;
    await vault.read(PATH);
    await put('T-the-new-one');
    clock.at += 2_999;
    expect(await vault.read(PATH)).toEqual(found('T-old'));
    clock.at += 1;
    expect(await vault.read(PATH)).toEqual(found('T-the-new-one'));
  });

  test('no longer gives the key of a file that was taken away, and gives it when it is back', async () => {
    const vault = vaultWith();
    await put('T-old');
    await vault.read(PATH);
    unlinkSync(join(dir, 'vault', PATH));
    clock.at += 3_000;
    expect(await vault.read(PATH)).toEqual({ ok: false, why: 'no such file' });
    await put('T-back');
    clock.at += 3_000;
    expect(await vault.read(PATH)).toEqual(found('T-back'));
  });

  test('waits a moment for a file that is just being replaced', async () => {
    const vault = vaultWith();
    await put('T-old');
    await vault.read(PATH);
    const whole = await encryptSops(aKeyFile('T-new'), [us.recipient]);
    const file = join(dir, 'vault', PATH);
    writeFileSync(file, whole.slice(0, 300));
    clock.at += 3_000;
    clock.sleep = (ms) => {
      clock.at += ms;
      writeFileSync(file, whole);
      return Promise.resolve();
    };
    expect(await vault.read(PATH)).toEqual(found('T-new'));
  });

  test('says why a file gives nothing, without a secret', async () => {
    const vault = vaultWith();
    expect(await vault.read(PATH)).toEqual({ ok: false, why: 'no such file' });
    const of = async (tree: Parameters<typeof encryptSops>[0]) => {
      writeFileSync(join(dir, 'vault', PATH), await encryptSops(tree, [us.recipient]));
      return vaultWith().read(PATH);
    };
    const none = { ok: false, why: 'it has no credentials.credential' };
    expect(await of({ credentials: { credential: '' } })).toEqual(none);
    expect(await of({ credentials: { credential: 12_345 } })).toEqual(none);
    expect(await of({ credential: 'T-1' })).toEqual(none);
    await put('T-howard');
    expect(await vaultWith({}, join(dir, 'no.txt')).read(PATH)).toEqual({
      ok: false,
      why: `the age key file ${join(dir, 'no.txt')} can't be read`,
    });
    writeFileSync(join(dir, 'keys.txt'), '# nothing here\n');
    expect(await vaultWith().read(PATH)).toEqual({ ok: false, why: `there is no age key in ${join(dir, 'keys.txt')}` });
  });

  test('reads nothing that lies outside of it, however it is named or linked to', async () => {
    await put('T-howard');
    const [inside, outside] = [join(dir, 'vault', PATH), join(dir, 'outside.yaml')];
    copyFileSync(inside, outside);
    symlinkSync(outside, join(dir, 'vault', 'link.yaml'));
    symlinkSync(dir, join(dir, 'vault', 'up'));
    mkdirSync(join(dir, 'vault-of-others'));
    copyFileSync(inside, join(dir, 'vault-of-others', 'a.yaml'));
    const paths = ['../outside.yaml', outside, 'link.yaml', 'up/outside.yaml', '../vault-of-others/a.yaml'];
    const read = await Promise.all(paths.map((path) => vaultWith().read(path)));
    expect(read).toEqual(paths.map(() => ({ ok: false, why: 'it is not inside the vault' })));
    // As Kubernetes mounts secrets; and a vault may itself be a link.
    symlinkSync(inside, join(dir, 'vault', 'mounted.yaml'));
    symlinkSync(join(dir, 'vault'), join(dir, 'linked'));
    expect(await vaultWith().read('mounted.yaml')).toEqual(found('T-howard'));
    const linked = createVault({ dir: join(dir, 'linked'), ageKeyFile: join(dir, 'keys.txt'), variables: {}, clock });
    expect(await linked.read(PATH)).toEqual(found('T-howard'));
  });

  test('reads nothing that has another name elsewhere, or becomes a link while it is opened', async () => {
    await put('T-howard');
    const file = join(dir, 'vault', PATH);
    linkSync(file, join(dir, 'elsewhere.yaml'));
    expect(await vaultWith().read(PATH)).toEqual({ ok: false, why: 'a hard link gives it a second name' });
    unlinkSync(join(dir, 'elsewhere.yaml'));
    expect(await vaultWith().read(PATH)).toEqual(found('T-howard'));
    symlinkSync(file, join(dir, 'link.yaml'));
    await expect(readOrdinary(join(dir, 'link.yaml'), { oneName: true })).rejects.toMatchObject({ code: 'ELOOP' });
  });

  test.each([false, true])('reads nothing large and no folder (with the sops program: %p)', async (withSops) => {
    if (withSops) installSops('cat "$5"');
    const inVault = (name: string): string => join(dir, 'vault', name);
    mkdirSync(inVault('folder.yaml'));
    writeFileSync(inVault('large.yaml'), 'a'.repeat(32 * 1024 + 1));
    symlinkSync('/dev/zero', inVault('zero.yaml'));
    const read = (name: string) => vaultWith().read(name);
    expect(await read('folder.yaml')).toEqual({ ok: false, why: "it isn't an ordinary file" });
    expect(await read('large.yaml')).toEqual({ ok: false, why: 'it is larger than 32 kB' });
    expect(await read('zero.yaml')).toEqual({ ok: false, why: 'it is not inside the vault' });
  });

  test('tries again after a while when only the age key was missing', async () => {
    await put('T-howard');
    rmSync(join(dir, 'keys.txt'));
    const vault = vaultWith();
    expect(await vault.read(PATH)).toMatchObject({ ok: false });
    writeFileSync(join(dir, 'keys.txt'), us.identity);
    clock.at += 30_000;
    expect(await vault.read(PATH)).toEqual(found('T-howard'));
  });
});

describe('the sops program, when it is there', () => {
  test('decrypts instead, once for many at a time, and sees none of our secrets', async () => {
    installSops(`export -p > ${dir}/env; echo "$@" >> ${dir}/calls; echo '{"credentials":{"credential":"T-by-sops"}}'`);
    const vault = vaultWith({ SLACK_BOT_TOKEN: 'xoxb-ours', SOPS_AGE_KEY: 'AGE-KEY', ENCRYPTION_KEY: 'ours' });
    await put('T-howard');
    const all = await Promise.all(Array.from({ length: 20 }, () => vault.read(PATH)));
    expect(all).toEqual(Array.from({ length: 20 }, () => found('T-by-sops', null)));
    expect(readFileSync(join(dir, 'calls'), 'utf8')).toBe(`-d --output-type json ${join(dir, 'vault', PATH)}\n`);
    const env = readFileSync(join(dir, 'env'), 'utf8');
    expect(env).toMatch(new RegExp(`SOPS_AGE_KEY_FILE=['"]?${join(dir, 'keys.txt')}`));
    expect(env).toMatch(/SOPS_AGE_KEY=['"]?AGE-KEY/);
    expect(env).not.toMatch(/xoxb|ENCRYPTION_KEY/);
  });

  test('is believed when it refuses: what it calls tampered is not tried another way', async () => {
    installSops('echo "MAC mismatch. File has 1, computed 2 AGE-SECRET-KEY-1QQPZRY" >&2; exit 51');
    await put('T-howard');
    expect(await vaultWith().read(PATH)).toEqual({
      ok: false,
      why: 'sops says: MAC mismatch. File has 1, computed 2 [key]',
    });
  });

  test('that writes nonsense gives no key', async () => {
    installSops('echo nonsense');
    await put('T-howard');
    expect(await vaultWith().read(PATH)).toEqual({ ok: false, why: 'the sops program wrote no JSON' });
  });
});

test('the home directory is found behind ~', () => {
  expect(expandHome('~/.config/sops/age/keys.txt')).toBe(join(homedir(), '.config/sops/age/keys.txt'));
  expect(expandHome('/a/~b')).toBe('/a/~b');
  expect(ageKeyFile('~/k', { SOPS_AGE_KEY_FILE: '/x' })).toBe(join(homedir(), 'k'));
  expect(ageKeyFile(undefined, { XDG_CONFIG_HOME: '/xdg' })).toBe('/xdg/sops/age/keys.txt');
});
