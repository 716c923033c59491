import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type SlackSandbox, startSlack } from '../../src/sandbox/slack/slack.ts';
import { type SyncroSandbox, startSyncro } from '../../src/sandbox/syncro/start-syncro.ts';
import { NEEDED_SCOPES } from '../../src/slack/scopes.ts';
import { newDatabase } from '../postgres/new-database.ts';
import { quickConfig } from './use-world.ts';

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
    slack: await startSlack(scopes ? { scopes } : {}),
    syncro: await startSyncro({ data: 'tiny' }),
  };
  open.push(shop);
  return shop;
};

const doctor = ({ dir, slack, syncro }: Shop, config = quickConfig(), more: Record<string, string> = {}) => {
  writeFileSync(join(dir, 'config.yml'), config);
  return new Promise<{ code: number; text: string }>((done) => {
    const env = {
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
    execFile(resolve('node_modules/.bin/node'), ['src/doctor.ts'], { env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, text: `${stdout}${stderr}` });
    });
  });
};

describe('npm run doctor', () => {
  test('says what works, whose each key is, and what each labor type costs now', async () => {
    const shop = await aShop(Object.keys(NEEDED_SCOPES));
    const { code, text } = await doctor(shop);
    expect(text).toMatch(/✓ Slack +bot token +syncro in Sandbox MSP/);
    expect(text).toMatch(/✓ Slack +scopes +all 13 are there/);
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
    expect(text).toMatch(/✗ Key +Howard Enos +Syncro refused/);
    expect(text).toMatch(/✗ Key +Winter Hale +The key belongs to Michael Swanson/);
    expect(text).toMatch(/✗ Labor +onsite/);
    expect(text).toMatch(/✗ Tickets +close_as +"Done" is no status of the account; there are New, /);
    expect(text).toMatch(/✗ Tickets +default_priority +"Blocker" fits none/);
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
