import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import manifest from '../../../package.json' with { type: 'json' };
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import { type SyncroSandbox, startSyncro } from '../../../sandbox/syncro/start-syncro.ts';
import { SAMPLE_TECHNICIANS } from '../../../sandbox/world.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../../src/slack/scopes.ts';
import { bundled } from '../../bundle/bundled.ts';
import { COMPILE_CACHE } from '../../bundle/compile-cache.ts';
import { aKeyFile, encryptSops, newRecipient } from '../../features/keys/vault/sops-encrypt.ts';
import { quickConfig } from '../../world/use-world.ts';
import { newDatabase } from '../postgres/new-database.ts';

type Shop = { readonly dir: string; readonly slack: SlackSandbox; readonly syncro: SyncroSandbox };
const open: Shop[] = [];
afterEach(async () => {
  for (const { dir, slack, syncro } of open.splice(0)) {
    await Promise.all([slack.close(), syncro.close()]);
    rmSync(dir, { recursive: true, force: true });
  }
});

const aShop = async (scopes?: readonly string[]): Promise<Shop> => {
  const shop = {
    dir: mkdtempSync(join(tmpdir(), 'doctor-')),
    slack: await startSlack({
      technicians: SAMPLE_TECHNICIANS.map(({ id, name }) => ({ id, name })),
      ...(scopes ? { scopes } : {}),
    }),
    syncro: await startSyncro({ data: 'tiny' }),
  };
  open.push(shop);
  return shop;
};

const doctor = ({ dir, slack, syncro }: Shop, config = quickConfig(), more: Record<string, string> = {}) => {
  writeFileSync(join(dir, 'config.yml'), config);
  return new Promise<{ code: number; text: string }>((done) => {
    const env = {
      ...COMPILE_CACHE,
      PATH: process.env.PATH,
      CONFIG_FILE: join(dir, 'config.yml'),
      DATABASE_URL: `sqlite:${join(dir, 'journal.db')}`,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      SYNCRO_BASE_URL: syncro.url,
      SYNCRO_KEY_HOWARD: 'sandbox-howard',
      SYNCRO_KEY_WINTER: 'sandbox-winter',
      SYNCRO_KEY_MICHAEL: 'sandbox-michael',
      ...more,
    };
    execFile(resolve('node_modules/.bin/node'), [...bundled('src/bin/doctor.ts')], { env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, text: `${stdout}${stderr}` });
    });
  });
};

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
    expect(text).toMatch(/✓ Database +\S+journal\.db +is not there yet: the first start makes it/);
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

  test('names what was left free to grant and was not, without calling it wrong', async () => {
    const { code, text } = await doctor(await aShop(Object.keys(NEEDED_SCOPES)));
    expect(text).toMatch(/! Slack +scope files:write +not granted \(session logs to download\): if that is missed, /);
    expect(text.match(/! Slack +scope /g)).toHaveLength(Object.keys(OPTIONAL_SCOPES).length);
    expect(text).toContain('0 failed');
    expect(code).toBe(0);
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
    expect(text).toMatch(/✗ Key +Howard Enos +Syncro refused the key\. Make a new token in Syncro/);
    expect(text).toMatch(/✗ Key +Winter Hale +The key belongs to Michael Swanson .* Give each technician a token/);
    // By a key that is good, whoever's that is.
    expect(text).toMatch(/✓ Labor +remote/);
    expect(text).toMatch(/✗ Labor +onsite +Syncro has no .* Correct its number in config\.yml\./);
    expect(text).toMatch(
      /✗ Tickets +close_as +"Done" is no status of the account: correct it in config\.yml; there are New, /,
    );
    expect(text).toMatch(/✗ Tickets +default_priority +"Blocker" fits none/);
  });

  test('says what the account’s time zone is taken for, and what to do when nobody knows it', async () => {
    const shop = await aShop();
    const { settings } = shop.syncro.state;
    settings.time_zone = 'Arizona';
    expect((await doctor(shop)).text).toMatch(/✓ Tickets +time zone +Arizona, America\/Phoenix/);
    settings.time_zone = 'Atlantis';
    expect((await doctor(shop)).text).toMatch(
      /! Tickets +time zone +Syncro calls it "Atlantis", which is no known time zone: days are those of UTC until syncro\.timezone/,
    );
    const config = quickConfig().replace(/(\n\s+)(requests_per_minute|settle_seconds)/, '$1timezone: Sydney$1$2');
    expect((await doctor(shop, config)).text).toMatch(
      /✓ Tickets +time zone +.*: Australia\/Sydney, as syncro\.timezone says/,
    );
  });

  test('finds people who are nobody in Slack, and says how each key is to be had', async () => {
    const shop = await aShop();
    const member = shop.slack.workspace.users.get('U012WINTER');
    if (member) member.deleted = true;
    const config = quickConfig({ more: 'shared_key: { key: { env: SYNCRO_KEY_MICHAEL } }' })
      .replace('U012HOWARD', 'U012NOBODY')
      .replace(', key: { env: SYNCRO_KEY_WINTER }', '');
    const { code, text } = await doctor(shop, config);
    expect(code).toBe(1);
    for (const [name, id] of [
      ['Howard Enos', 'U012NOBODY'],
      ['Winter Hale', 'U012WINTER'],
    ])
      expect(text).toMatch(new RegExp(`✗ Slack +${name} +${id} is no full member here: copy the member ID again`));
    expect(text).toMatch(/! Settings +ENCRYPTION_KEY +is missing: Winter Hale can't connect/);
    expect(text).toMatch(/! Key +Winter Hale +no key: can only read, .*\/syncro connect adds one/);
    expect(text).toMatch(/✓ Key +shared +Michael Swanson's \(Syncro user 1735\): reads for people without a key/);
  });

  test('looks at Socket Mode, and says when its token is no good', async () => {
    const shop = await aShop();
    const good = await doctor(shop, quickConfig(), { SLACK_APP_TOKEN: shop.slack.appToken, SLACK_SIGNING_SECRET: '' });
    expect(good.text).toMatch(/✓ Slack +mode +Socket Mode: the app token opens connections/);
    expect(shop.slack.socket.connections()).toBe(0);
    const bad = await doctor(shop, quickConfig(), { SLACK_APP_TOKEN: 'xapp-planted-1', SLACK_SIGNING_SECRET: '' });
    expect(bad.text).toMatch(
      /✗ Slack +mode +Socket Mode: Slack refuses SLACK_APP_TOKEN \(invalid_auth\): turn on Socket/,
    );
    expect(bad.code).toBe(1);
    expect(bad.text).not.toContain('planted');
  });

  test('says what is wrong when neither Slack nor Syncro can be reached, and looks at the rest', async () => {
    const shop = await aShop();
    shop.syncro.down(true);
    const { code, text } = await doctor(shop, quickConfig(), { SLACK_BOT_TOKEN: 'xoxb-planted-1' });
    expect(code).toBe(1);
    expect(text).toMatch(/✗ Slack +bot token +Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): copy it again/);
    expect(text).toMatch(/✗ Key +Howard Enos +Syncro did not answer .* Check syncro\.subdomain/);
    expect(text).toMatch(/✗ Syncro +reading +Without a single good key/);
    expect(text).not.toMatch(/planted|sandbox-howard/);
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

  test('knows a database that is in use, one of before, and one of a newer version; and changes none', async () => {
    const shop = await aShop();
    const file = join(shop.dir, 'journal.db');
    const app = await openSqlite(file);
    const current = await doctor(shop);
    expect(current.text).toMatch(/✓ Database +\S+ +opens; schema 0\d{3}-/);
    await app.destroy();
    const sqlite = new SqliteDatabase(file);
    const names = (): readonly unknown[] => sqlite.prepare('select name from kysely_migration').pluck().all();
    sqlite.exec("delete from kysely_migration where name > '0003'");
    const before = names();
    expect((await doctor(shop)).text).toMatch(/! Database +\S+ +schema 0002-everyday: .* make a backup before/);
    expect(names()).toEqual(before);
    sqlite.exec("insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '')");
    sqlite.close();
    const newer = await doctor(shop);
    expect(newer.text).toMatch(/✗ Database +\S+ +The database belongs to a newer version .*9999-tomorrow/);
    expect(newer.code).toBe(1);
    writeFileSync(file, 'this is no database at all'.repeat(100));
    expect((await doctor(shop)).text).toMatch(/✗ Database +\S+ +can't be opened \(SQLITE_NOTADB\): check/);
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

  test('lists everything that is wrong with the settings', async () => {
    const shop = await aShop();
    const { code, text } = await doctor(shop, 'syncro: { subdomian: x }\n', { SLACK_BOT_TOKEN: '' });
    expect(code).toBe(1);
    expect(text).toContain('did you mean subdomain?');
    expect(text).toContain('SLACK_BOT_TOKEN is missing');
    expect(text).toContain('technicians');
  });
});
