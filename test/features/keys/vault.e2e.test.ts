import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { bill } from '../bill/bill-steps.ts';
import { aKeyFile, encryptSops, newRecipient, type Recipient } from './vault/sops-encrypt.ts';

const start = useWorld();
const TOKEN = 'T259810e5c9917386b-52c2aeea7cdb5ff4';
const PATH = 'msp-tools/syncro-howard.sops.yaml';
let dir: string;
let us: Recipient;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'syncro-slack-vault-'));
  mkdirSync(join(dir, 'msp-tools'));
  us = await newRecipient();
  writeFileSync(join(dir, 'keys.txt'), `${us.identity}\n`);
});
afterEach(() => rmSync(dir, { recursive: true }));

/** The sample shop as it is today: Howard's key and the shared one in the vault. */
const config = (shared = ''): string =>
  quickConfig({ more: `vault: { dir: ${dir}, age_key_file: ${join(dir, 'keys.txt')} }\n${shared}` }).replace(
    '{ env: SYNCRO_KEY_HOWARD }',
    `{ sops: ${PATH} }`,
  );

const put = async (credential: string, userId = 1750, path = PATH): Promise<string> => {
  const text = await encryptSops(aKeyFile(credential, userId), [us.recipient]);
  writeFileSync(join(dir, path), text);
  return text;
};

const begin = async (lines: string[] = [], shared = ''): Promise<World> => {
  const world = await start({
    config: config(shared),
    logLevel: 'trace',
    onLog: (line) => lines.push(line),
    // Without the sops program, wherever this runs.
    env: { PATH: '/nowhere' },
  });
  const howard = world.syncro.state.users.find(({ id }) => id === 1750);
  if (howard) howard.keys = [TOKEN];
  return world;
};

const ask = async (person: Person, text: string, answer: string | RegExp) => {
  const after = person.messages().at(-1)?.ts ?? '';
  await person.slash('/syncro', text);
  return person.message(answer, { after, timeoutMs: 8_000 });
};

describe('a key in the SOPS vault', () => {
  test('bills under its owner’s name and is in no log line', async () => {
    await put(TOKEN);
    const lines: string[] = [];
    const world = await begin(lines);
    const howard = world.slack.person('U012HOWARD');
    const who = await ask(howard, 'whoami', 'Howard Enos');
    expect(who.text).toContain('Syncro: Howard Enos, user 1750 (asked just now)');
    expect(who.text).toContain('Key: from the SOPS vault · last checked ');
    const receipt = await bill(howard, 32164);
    expect(receipt.text).toContain('as Howard Enos');
    expect(lines.length).toBeGreaterThan(20);
    for (const secret of [TOKEN, us.identity]) expect(lines.join('\n')).not.toContain(secret);
  });

  test('that was tampered with is none: the app goes on, whoami and the log say why', async () => {
    const text = await put(TOKEN);
    writeFileSync(join(dir, PATH), text.replace(/^owner: .*\n/m, '').replace(/^notes: .*\n/m, ''));
    const lines: string[] = [];
    const world = await begin(lines);
    const howard = world.slack.person('U012HOWARD');
    const who = await ask(howard, 'whoami', 'Key: none');
    expect(who.text).toContain(`The vault file ${PATH} can't be read: its MAC does not fit: it was changed by hand.`);
    await ask(howard, 'ticket 32164', 'First, connect your Syncro account (once).');
    await ask(world.slack.person('U012WINTER'), 'ticket 32164', 'Own cloud thing again');
    expect(lines.filter((line) => line.includes("a key can't be used"))).toHaveLength(1);
  });

  test('that is somebody else’s by its own words is not used', async () => {
    await put(TOKEN, 1737);
    const world = await begin();
    const who = await ask(world.slack.person('U012HOWARD'), 'whoami', 'Key: none');
    expect(who.text).toContain(`The vault file ${PATH} is for Syncro user 1737, the settings say 1750.`);
  });

  test('comes without a restart when its file does', async () => {
    const world = await begin();
    const howard = world.slack.person('U012HOWARD');
    await ask(howard, 'whoami', 'no such file');
    await put(TOKEN);
    await new Promise((done) => setTimeout(done, 3_100));
    await ask(howard, 'ticket 32164', 'Own cloud thing again');
  });

  test('may be the shared one: then others read with it and write nothing', async () => {
    await put('sandbox-rob', 1760, 'msp-tools/syncro.sops.yaml');
    const world = await begin([], 'shared_key: { key: { sops: msp-tools/syncro.sops.yaml } }');
    const howard = world.slack.person('U012HOWARD');
    await ask(howard, 'ticket 32164', 'Own cloud thing again');
    expect(world.syncro.requests.every(({ technician }) => technician === 1760)).toBe(true);
    await ask(howard, 'whoami', 'you can read with the shared key, but not post');
  });
});
