import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import manifest from '../../../package.json' with { type: 'json' };
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../../src/slack/scopes.ts';
import { environmentOf, type Shop, shopsForDoctor } from '../../app/doctor-shop.ts';
import { bundled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { aKeyFile, encryptSops, newRecipient } from '../../features/keys/vault/sops-encrypt.ts';
import { quickConfig } from '../../world/use-world.ts';
import { newDatabase } from '../postgres/new-database.ts';

const aShop = shopsForDoctor();

const doctor = (shop: Shop, config = quickConfig(), more: Record<string, string> = {}) => {
  const env = { ...QUICK_START, PATH: process.env.PATH, ...environmentOf(shop, config, more) };
  return new Promise<{ code: number; text: string }>((done) => {
    execFile(resolve('node_modules/.bin/node'), [...bundled('src/bin/doctor.ts')], { env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, text: `${stdout}${stderr}` });
    });
  });
};

// What it says of which set-up is in test/app/doctor.e2e.test.ts.
describe('npm run doctor', () => {
  test('says what works, whose each key is, and what each labor type costs now', async () => {
    const shop = await aShop(Object.keys({ ...NEEDED_SCOPES, ...OPTIONAL_SCOPES }));
    const { code, text } = await doctor(shop);
    expect(text).toMatch(
      new RegExp(`^✓ App +version +${manifest.version.replaceAll('.', '\\.')}, by Node \\S+ on ${hostname()}\n`),
    );
    expect(text).toMatch(/✓ Slack +bot token +syncro in Sandbox MSP/);
    expect(text).toMatch(/✓ Slack +scopes +all 12 are there/);
    expect(text).toMatch(/✓ Slack +mode +HTTP: Slack's requests to \/slack\/events must reach port 3000/);
    expect(text).toMatch(/✓ Slack +Winter Hale +U012WINTER is a full member/);
    expect(text).toMatch(/✓ Database +\S+journal\.db +does not exist yet: the first start creates it/);
    expect(existsSync(join(shop.dir, 'journal.db'))).toBe(false);
    expect(text).toMatch(/✓ Key +Howard Enos +writes as Howard Enos \(Syncro user 1750\)/);
    expect(text).toMatch(/✓ Labor +remote +Labor - Remote Business, \$150\.00 an hour/);
    expect(text).toMatch(/! Labor +internal +Labor - Internal Labor, \$0\.00 an hour: lines will cost nothing/);
    expect(text).toMatch(/✓ Tickets +close_as +Resolved/);
    expect(text).toMatch(/✓ Tickets +default_priority +2 Normal/);
    expect(text).toContain('0 failed');
    expect(code).toBe(0);
    expect(text).not.toContain('sandbox-howard');
    expect(shop.syncro.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('names what is wrong, and ends with 1', async () => {
    const shop = await aShop(['commands', 'chat:write']);
    const howard = shop.syncro.state.users.find(({ id }) => id === 1750);
    if (howard) howard.keys = [];
    shop.syncro.state.products = shop.syncro.state.products.filter(({ id }) => id !== 26118);
    const config = `${quickConfig()}\ntickets:\n  close_as: Done\n  default_priority: Blocker\n`;
    const { code, text } = await doctor(shop, config, { SYNCRO_KEY_WINTER: 'sandbox-michael' });
    expect(code).toBe(1);
    expect(text).toMatch(/✗ Slack +scope users:read +missing \(who is a full member/);
    expect(text).toMatch(/✗ Key +Howard Enos +Syncro refused the key\. Create a new token in Syncro/);
    expect(text).toMatch(
      /✗ Key +Winter Hale +The key belongs to Michael Swanson .* Give each technician their own token/,
    );
    // By a key that is good, whoever's that is.
    expect(text).toMatch(/✓ Labor +remote/);
    expect(text).toMatch(/✗ Labor +onsite +Syncro has no .* Fix its number in config\.yml\./);
    expect(text).toMatch(
      /✗ Tickets +close_as +"Done" is not a status in this account: fix it in config\.yml; the account has New, /,
    );
    expect(text).toMatch(/✗ Tickets +default_priority +"Blocker" matches none/);
  });

  test('reads a key out of the SOPS vault, without showing it', async () => {
    const shop = await aShop();
    const us = await newRecipient();
    mkdirSync(join(shop.dir, 'msp'));
    writeFileSync(join(shop.dir, 'keys.txt'), `${us.identity}\n`);
    writeFileSync(join(shop.dir, 'msp/h.yaml'), await encryptSops(aKeyFile('sandbox-howard', 1750), [us.recipient]));
    const more = `vault: { dir: ${shop.dir}, age_key_file: ${join(shop.dir, 'keys.txt')} }`;
    const config = quickConfig({ more }).replace('{ env: SYNCRO_KEY_HOWARD }', '{ sops: msp/h.yaml }');
    const { text } = await doctor(shop, config, { PATH: '/nowhere' });
    expect(text).toMatch(/✓ Key +Howard Enos +writes as Howard Enos/);
    expect(text).not.toMatch(/sandbox-howard|AGE-SECRET/);
  });

  test('names a Postgres by host and database, says what is wrong with it, and never how one logs in', async () => {
    const database = await newDatabase();
    const { host, pathname } = new URL(database.url);
    const shop = await aShop(Object.keys(NEEDED_SCOPES));
    const fine = await doctor(shop, quickConfig(), { DATABASE_URL: database.url });
    expect(fine.text).toContain(`✓ Database  postgres ${host}${pathname}`);
    expect(fine.text).toContain('0 failed');
    const wrong = new URL(database.url);
    wrong.password = 'planted-password';
    const refused = await doctor(shop, quickConfig(), { DATABASE_URL: wrong.href });
    expect(refused.text).toMatch(
      /✗ Database +postgres .* The database can't be reached: it refuses the user or the password\./,
    );
    expect(refused.code).toBe(1);
    expect(`${fine.text}${refused.text}`).not.toMatch(/planted|sandbox-password/);
    await database.drop();
  });

  test('says why Slack can’t be reached behind a proxy', async () => {
    const shop = await aShop();
    const behind = { HTTPS_PROXY: 'http://proxy.invalid:3128', SLACK_API_URL: 'http://127.0.0.2:9000/api/' };
    expect((await doctor(shop, quickConfig(), behind)).text).toContain(
      '(ECONNREFUSED); HTTPS_PROXY is set, and Node uses it only where NODE_USE_ENV_PROXY=1 is set, too',
    );
  });
});
