import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sampleConfig } from '../../../sandbox/world.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createSealedKeys } from '../../../src/features/keys/store/connected-keys.ts';
import { createConnectedKeys } from '../../../src/features/keys/vault/connected.ts';
import { sealingKey } from '../../../src/features/keys/vault/seal.ts';
import { bundled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { howard, noon } from '../../runs/rules/a-ticket.ts';
import { aKey } from '../../syncro/scripted-syncro.ts';

const TOKEN = 'T259810e5c9917386b-52c2aeea7cdb5ff4';
const newKey = (): string => randomBytes(32).toString('base64');
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'syncro-slack-reencrypt-'));
  writeFileSync(join(dir, 'config.yml'), sampleConfig());
});
afterEach(() => rmSync(dir, { recursive: true }));

/** `npm run reencrypt`, as an admin runs it. */
const run = (variables: Readonly<Record<string, string>>) =>
  spawnSync(resolve('node_modules/.bin/node'), [...bundled('src/bin/reencrypt.ts')], {
    encoding: 'utf8',
    env: {
      ...QUICK_START,
      PATH: process.env.PATH,
      CONFIG_FILE: join(dir, 'config.yml'),
      DATABASE_URL: `sqlite:${join(dir, 'journal.db')}`,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      SYNCRO_KEY_HOWARD: 'h',
      SYNCRO_KEY_WINTER: 'w',
      SYNCRO_KEY_MICHAEL: 'm',
      ...variables,
    },
  });

const withKeys = async <T>(key: string, use: (keys: ReturnType<typeof createConnectedKeys>) => Promise<T>) => {
  const db = await openSqlite(join(dir, 'journal.db'));
  const options = {
    rows: createSealedKeys(db),
    team: 'T0',
    sealingKeys: [sealingKey(key)],
    secrets: new Set<string>(),
  };
  try {
    return await use(createConnectedKeys(options));
  } finally {
    await db.destroy();
  }
};

describe('npm run reencrypt', () => {
  test('seals what was sealed with the old key with the new one', async () => {
    const [old, current] = [newKey(), newKey()];
    await withKeys(old, (keys) => keys.store(howard, aKey(TOKEN), noon));
    const first = run({ ENCRYPTION_KEY: current, ENCRYPTION_KEY_OLD: old });
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toBe('1 re-encrypted, 0 already were.\nENCRYPTION_KEY_OLD is not needed any more.\n');
    expect((await withKeys(current, (keys) => keys.find(howard))).key?.reveal()).toBe(TOKEN);
    expect(run({ ENCRYPTION_KEY: current }).stdout).toContain('0 re-encrypted, 1 already were.');
  });

  test('names those whose key is lost, and fails', async () => {
    await withKeys(newKey(), (keys) => keys.store(howard, aKey(TOKEN), noon));
    const { status, stdout } = run({ ENCRYPTION_KEY: newKey() });
    expect(status).toBe(1);
    expect(stdout).toContain(`opens: ${howard.slackUser}. Those people connect again in Slack.`);
    expect(stdout).not.toContain('not needed any more');
  });

  test('says what is missing', () => {
    expect(run({})).toMatchObject({ status: 1, stderr: expect.stringContaining('ENCRYPTION_KEY is missing') });
    expect(run({ ENCRYPTION_KEY: newKey() })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is no database of this app'),
    });
  });
});
