import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createVault } from '../../../src/features/keys/vault/vault.ts';
import { aKeyFile, encryptSops, newRecipient } from '../../features/keys/vault/sops-encrypt.ts';
import { aManualClock } from '../../syncro/scripted-syncro.ts';

let dir: string;
let pipe: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pipe-'));
  pipe = join(dir, 'pipe');
  execFileSync('mkfifo', [pipe]);
});
afterEach(() => rmSync(dir, { recursive: true }));

const vault = (ageKeyFile: string) =>
  createVault({ dir, ageKeyFile, variables: { PATH: join(dir, 'bin') }, clock: aManualClock() });

test.each([false, true])('a pipe in the vault is not waited for (with the sops program: %p)', async (withSops) => {
  mkdirSync(join(dir, 'bin'));
  if (withSops) writeFileSync(join(dir, 'bin', 'sops'), '#!/bin/sh\nread line < "$4"\n');
  if (withSops) chmodSync(join(dir, 'bin', 'sops'), 0o755);
  expect(await vault('/nowhere').read('pipe')).toEqual({ ok: false, why: "it isn't an ordinary file" });
});

test('a pipe in the place of the age key is not waited for', async () => {
  const { recipient } = await newRecipient();
  writeFileSync(join(dir, 'key.yaml'), await encryptSops(aKeyFile('T-howard', 1750), [recipient]));
  expect(await vault(pipe).read('key.yaml')).toEqual({ ok: false, why: `the age key file ${pipe} can't be read` });
});
