import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { examineAll, tableOf } from '../../src/app/examine-all.ts';
import { MIGRATIONS } from '../../src/database/migrate.ts';
import { openSqlite } from '../../src/database/sqlite.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../src/slack/scopes.ts';
import { quickConfig } from '../world/use-world.ts';
import { environmentOf, type Shop, shopsForDoctor, squeezed } from './doctor-shop.ts';

const aShop = shopsForDoctor();

/** As `npm run doctor` does it; that it runs as a process of its own is in test/process/app/doctor.test.ts. */
const doctor = async (shop: Shop, config = quickConfig(), more: Record<string, string> = {}) => {
  const findings = await examineAll(environmentOf(shop, config, more));
  return { code: findings.some(({ state }) => state === 'failed') ? 1 : 0, text: tableOf(findings) };
};

describe('the doctor', () => {
  test('says each rule of a labor type, and when which of them is offered', async () => {
    const shop = await aShop(Object.keys(NEEDED_SCOPES));
    const rules = `26184, after_hours: true }
  night: { product_id: 26184, minimum_minutes: 30, round_up_to_minutes: 15, rate: { of: remote, times: 1.5 }, prepaid: { times: 1.5 } }`;
    const { text } = await doctor(shop, quickConfig().replace('26184 }', rules));
    expect(squeezed(text)).toContain(
      "✓ Labor night Labor - Emergency or After Hours Business, $225.00 an hour; remote's $150.00 × 1.5; at least 30 min; rounded up to 15 min; takes hours × 1.5 from a block, at remote's rate\n",
    );
    expect(squeezed(text)).toContain('$262.50 an hour; for work after hours\n');
    expect(squeezed(text)).toContain("✓ Tickets business_hours the account's; emergency will be offered for work");
    shop.syncro.state.settings.business_hours = [{ day: 'Saturday', start: null, end: null, closed: false }];
    expect(squeezed((await doctor(shop, quickConfig().replace('26184 }', rules))).text)).toContain(
      "! Tickets business_hours those in Syncro can't be read, so emergency will never be offered: set billing",
    );
  });

  test('names what was left free to grant and was not, without calling it wrong', async () => {
    const { code, text } = await doctor(await aShop(Object.keys(NEEDED_SCOPES)));
    expect(text).toMatch(/! Slack +scope files:write +not granted \(session logs to download\): if you miss that, /);
    expect(text.match(/! Slack +scope /g)).toHaveLength(Object.keys(OPTIONAL_SCOPES).length);
    expect(text).toContain('0 failed');
    expect(code).toBe(0);
  });

  test('says what the account’s time zone is taken for, and what to do when nobody knows it', async () => {
    const shop = await aShop();
    const { settings } = shop.syncro.state;
    settings.time_zone = 'Arizona';
    expect((await doctor(shop)).text).toMatch(/✓ Tickets +time zone +Arizona, America\/Phoenix/);
    settings.time_zone = 'Atlantis';
    expect((await doctor(shop)).text).toMatch(
      /! Tickets +time zone +Syncro calls it "Atlantis", which is not a known time zone: days are UTC days until you set syncro\.timezone/,
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
    expect(text).toContain(
      'technicians[0].slack_user is U012NOBODY, nobody in this workspace: copy the member ID again (Slack:',
    );
    expect(text).toContain('technicians[1].slack_user is U012WINTER, a deactivated account: remove it from the file');
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

  test('tells a guest from a member', async () => {
    const shop = await aShop();
    const winter = shop.slack.workspace.users.get('U012WINTER');
    Object.assign(winter ?? {}, { isGuest: true });
    const text = squeezed((await doctor(shop)).text);
    expect(text).toContain(
      `✗ Slack Winter Hale ${join(shop.dir, 'config.yml')}: technicians[1].slack_user is U012WINTER, a guest account: only full members can use the app. Make them a full member in Slack, or remove them from the file`,
    );
  });

  test('says why Slack can’t be reached', async () => {
    const shop = await aShop();
    const port = new URL(shop.slack.apiUrl).port;
    for (const [address, why] of [
      ['http://nosuch.invalid/api/', "its name can't be looked up: check this machine's DNS (E"],
      ['http://127.0.0.2:9000/api/', 'the connection is refused: check the firewall (ECONNREFUSED)'],
      [`https://127.0.0.1:${port}/api/`, 'its certificate is not trusted: where a firewall puts its own in between'],
      [shop.syncro.url, 'the answer is 404: is it a proxy that answers there?'],
    ] as const)
      expect(squeezed((await doctor(shop, quickConfig(), { SLACK_API_URL: address })).text)).toContain(
        `bot token Slack can't be reached, ${why}`,
      );
  });

  test('says where no database can be', async () => {
    const shop = await aShop();
    const file = join(shop.dir, 'config.yml');
    for (const [url, why] of [
      ['sqlite:/proc/x', 'no file can be created in /proc: the system allows no files there (ENOENT)'],
      [`sqlite:${shop.dir}`, `${shop.dir} is a folder: name a file in it, like sqlite:${shop.dir}/syncro-slack.db`],
      [`sqlite:${file}/x.db`, `${file} is a file, so nothing can be created below it`],
    ]) {
      const { text, code } = await doctor(shop, quickConfig(), { DATABASE_URL: url ?? '' });
      expect(text).toMatch(/✗ Database +\S+ +DATABASE_URL: /);
      expect(text).toContain(`DATABASE_URL: ${why}\n`);
      expect(code).toBe(1);
    }
  });

  test('says what is wrong when neither Slack nor Syncro can be reached, and looks at the rest', async () => {
    const shop = await aShop();
    shop.syncro.down(true);
    const { code, text } = await doctor(shop, quickConfig(), { SLACK_BOT_TOKEN: 'xoxb-planted-1' });
    expect(code).toBe(1);
    expect(text).toMatch(/✗ Slack +bot token +Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): copy it again/);
    expect(text).toMatch(/✗ Key +Howard Enos +Syncro did not answer .* Check syncro\.subdomain/);
    expect(text).toMatch(/✗ Syncro +reading +Without one working key/);
    expect(text).not.toMatch(/planted|sandbox-howard/);
  });

  test('says of each key that the settings name which file is not there, the shared one too', async () => {
    const shop = await aShop();
    const vault = `vault: { dir: ${shop.dir} }\nshared_key: { key: { sops: all.yaml } }`;
    const config = quickConfig({ more: vault }).replace('{ env: SYNCRO_KEY_HOWARD }', '{ sops: msp/h.yaml }');
    const file = join(shop.dir, 'config.yml');
    const { code, text: table } = await doctor(shop, config);
    const text = squeezed(table);
    expect(code).toBe(1);
    expect(text).toContain(
      `✗ Key Howard Enos ${file}: technicians[0].key: The vault file msp/h.yaml can't be read: no such file. vault.dir is ${shop.dir}. Until then: can only read, with the shared key if there is one.`,
    );
    expect(text).toContain(
      `✗ Key shared ${file}: shared_key.key: The vault file all.yaml can't be read: no such file. vault.dir is ${shop.dir}.`,
    );
    const { text: nowhere } = await doctor(shop, config.replace(`dir: ${shop.dir}`, 'dir: /nowhere'));
    expect(nowhere).toContain('vault.dir is /nowhere, which does not exist.');
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
    const older = join(shop.dir, 'older.db');
    const old = new SqliteDatabase(older);
    const migrator = new Migrator({
      db: new Kysely({ dialect: new SqliteDialect({ database: old }) }),
      provider: { getMigrations: () => Promise.resolve({ '0001-journal': MIGRATIONS['0001-journal'] }) },
    });
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    const withoutKey = quickConfig().replace(', key: { env: SYNCRO_KEY_WINTER }', '');
    const { text } = await doctor(shop, withoutKey, { DATABASE_URL: `sqlite:${older}` });
    expect(text).toMatch(/! Key +Winter Hale +no key in \S+; a key connected in Slack can't be checked yet: /);
    expect(text).toMatch(/! Database +\S+ +schema 0001-journal: .* make a backup first/);
    expect(old.prepare('select name from kysely_migration').pluck().all()).toEqual(['0001-journal']);
    old.close();
    const before = names();
    sqlite.exec("delete from kysely_migration where name > '0003'");
    expect((await doctor(shop)).text).toMatch(/✗ Database +\S+ +The database is half-made: .* so you can delete it/);
    expect(names()).toEqual(before.slice(0, 2));
    sqlite.exec("insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '')");
    sqlite.close();
    const newer = await doctor(shop);
    expect(newer.text).toMatch(/✗ Database +\S+ +The database belongs to a newer version .*9999-tomorrow/);
    expect(newer.code).toBe(1);
    writeFileSync(file, 'this is no database at all'.repeat(100));
    expect((await doctor(shop)).text).toMatch(/✗ Database +\S+ +can't be opened \(SQLITE_NOTADB\): check/);
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
