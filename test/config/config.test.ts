import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';

const ENV = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SYNCRO_KEY_HOWARD: 'a-key' };

const LEAST = `
syncro: { subdomain: computerguru }
technicians:
  - { slack_user: U012HOWARD, name: Howard Enos, syncro_user_id: 1750 }
labor:
  remote: { product_id: 1190473 }
`;

const problemsOf = (yaml: string, env: NodeJS.ProcessEnv = ENV): readonly string[] => {
  try {
    parseConfig(yaml, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('settings', () => {
  test('a ticket can’t be closed as invoiced: nobody would ask for the money', () => {
    expect(problemsOf(`${LEAST}tickets: { close_as: " invoiced" }\n`)).toEqual([
      expect.stringContaining('tickets.close_as must not be billing.invoice_status (Invoiced)'),
    ]);
    expect(problemsOf(`${LEAST}billing: { charged_status: INVOICED }\n`)).toEqual([
      expect.stringContaining('billing.charged_status must not be billing.invoice_status (Invoiced)'),
    ]);
    expect(problemsOf(`${LEAST}billing: { invoice_status: Billed }\ntickets: { close_as: Invoiced }\n`)).toEqual([]);
  });

  test('the example file is usable as it is', () => {
    const config = parseConfig(readFileSync('config.example.yml', 'utf8'), ENV);
    expect(config.labor.map(({ word }) => word)).toEqual([
      'remote',
      'onsite',
      'emergency',
      'emergency-remote',
      'project',
      'internal',
      'travel',
      'website',
    ]);
    expect(config.labor.find(({ word }) => word === 'project')?.debitsPrepaid).toBe(false);
    expect(config.syncroBaseUrl).toBe('https://computerguru.syncromsp.com/api/v1');
    expect(config.webUrl).toBe('https://computerguru.syncromsp.com');
  });

  test('a vault file needs a vault, wherever it is named', () => {
    const sops = LEAST.replace('1750 }', '1750, key: { sops: a.sops.yaml } }').concat(
      'shared_key: { key: { sops: b.sops.yaml } }\n',
    );
    expect(problemsOf(sops)).toEqual([
      'config.yml: vault.dir is missing: technicians[0].key.sops names a file in it',
      'config.yml: vault.dir is missing: shared_key.key.sops names a file in it',
    ]);
    expect(problemsOf(`${sops}vault: { dir: ../vault }\n`)).toEqual([]);
    expect(problemsOf(`${sops}vault: { dir: ../vault, age_key_file: ~/keys.txt }\n`)).toEqual([]);
  });

  test.each(['ENCRYPTION_KEY', 'ENCRYPTION_KEY_OLD'])('%s is 32 bytes in base64', (name) => {
    expect(problemsOf(LEAST, { ...ENV, [name]: 'too short' })).toEqual([
      `${name} must be 32 bytes in base64 (44 characters), as openssl rand -base64 32 prints them; it contains characters that are not base64`,
    ]);
    expect(problemsOf(LEAST, { ...ENV, [name]: Buffer.alloc(32, 7).toString('base64') })).toEqual([]);
  });

  test.each(['short', 'x'.repeat(23), `${'x'.repeat(24)}/y`, 'x y'.repeat(20)])(
    'the secret of an address is long and can stand in one (%s)',
    (secret) => {
      expect(problemsOf(LEAST, { ...ENV, SYNCRO_HOOK_SECRET: secret })).toEqual([
        'SYNCRO_HOOK_SECRET must be 24 or more letters and digits, as openssl rand -hex 32 prints them',
      ]);
      expect(problemsOf(LEAST, { ...ENV, SYNCRO_HOOK_SECRET: 'x'.repeat(24) })).toEqual([]);
    },
  );

  test.each([
    ['a line end of Windows', (value: string) => `${value}\r\n`],
    ['a byte order mark', (value: string) => `\uFEFF${value}`],
    ['quotes', (value: string) => `"${value}"`],
    ['backticks', (value: string) => `\`${value}\``],
    ['German quotes', (value: string) => `„${value}“`],
    ['French quotes', (value: string) => `«\u00A0${value}\u00A0»`],
    ['curly quotes, a no-break space and a zero-width one', (value: string) => ` \u00A0“${value}”\u200B`],
  ])('%s around a value was not meant', (_what, around) => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const variables = { ...ENV, ENCRYPTION_KEY: key, SLACK_API_URL: 'https://slack.example/api/', LOG_LEVEL: 'warn' };
    const spoiled = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, around(value)]));
    expect(parseConfig(LEAST, spoiled).env).toEqual(parseConfig(LEAST, variables).env);
  });

  const WITH_A_MARK = ['xoxb-1"', '`xoxb-1', '<xoxb-1>', '(xoxb-1)', 'xoxb-1,', 'xoxb-1;', '%22xoxb-1%22', 'xoxb-1\\r'];
  test.each(['xoxb-1 2', 'xoxb-\u200B1', 'xoxb-1\r\nxoxb-2', 'xoxb-é', ...WITH_A_MARK])(
    'what can’t be a secret is refused by its name (%j)',
    (value) => {
      const key = LEAST.replace('1750 }', '1750, key: { env: SYNCRO_KEY_HOWARD } }');
      for (const name of ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SYNCRO_KEY_HOWARD'])
        expect(problemsOf(key, { ...ENV, [name]: value })).toEqual([
          expect.stringMatching(new RegExp(`^${name} contains a character that no key or token has`)),
        ]);
    },
  );

  test('a file that Windows saved as UTF-16 is called so; a byte order mark and its line ends are no matter', () => {
    expect(problemsOf(Buffer.from(LEAST, 'utf16le').toString('utf8'))).toEqual([
      'config.yml: is UTF-16: save it as UTF-8',
    ]);
    expect(problemsOf(`\uFEFF${LEAST.replaceAll('\n', '\r\n')}`)).toEqual([]);
  });

  test('the defaults are those of the handbook', () => {
    const { settings, env } = parseConfig(LEAST, ENV);
    expect(settings.syncro).toMatchObject({
      auth: 'query',
      requests_per_minute: 180,
      timeout_seconds: 20,
      settle_seconds: 150,
    });
    expect(settings.billing).toEqual({
      invoice: 'ask',
      invoice_as: 'final',
      invoice_status: 'Invoiced',
      round_up_to_minutes: 1,
      minimum_minutes: 0,
      contracts: 'warn',
      business_hours: 'account',
      resend_email_comment: 'ask',
    });
    expect(settings.tickets.done_statuses).toEqual(['Resolved', 'Invoiced', 'Closed']);
    expect(settings.technicians[0]?.role).toBe('technician');
    expect(env).toMatchObject({ PORT: 3000, DATABASE_URL: 'sqlite:data/syncro-slack.db', LOG_LEVEL: 'info' });
  });

  test('a note that says so keeps a labor type away from the prepaid block', () => {
    const yaml = LEAST.replace('1190473 }', '1190473, note: "Prepaid project: does not debit the prepaid block" }');
    expect(parseConfig(yaml, ENV).labor[0]?.debitsPrepaid).toBe(false);
  });

  test('every problem is listed at once, with its place and what would be right', () => {
    const problems = problemsOf(
      'syncro: { subdomain: "a.b", autth: query }\ntechnicians: [{ slack_user: 3, nam: x }]\nlabour: {}\nbilling: { round_up_to_minutes: 0 }',
      { PORT: 'x' },
    );
    expect(problems).toEqual(
      expect.arrayContaining([
        'SLACK_BOT_TOKEN is missing',
        'PORT must be a port number, 0 to 65535, not "x"',
        'config.yml: syncro.subdomain must be one word, like computerguru, not "a.b"',
        'config.yml: syncro.autth is not a setting; did you mean auth?',
        'config.yml: technicians[0].nam is not a setting; did you mean name?',
        "config.yml: technicians[0].syncro_user_id is missing: the number at the end of the user's address in Syncro",
        'config.yml: labor is missing',
        'config.yml: labour is not a setting; did you mean labor?',
      ]),
    );
  });

  test('a key that stands deep is named with its path', () => {
    expect(problemsOf(LEAST.replace('product_id: 1190473', 'product: 1190473'))).toEqual(
      expect.arrayContaining(['config.yml: labor.remote.product is not a setting; did you mean product_id?']),
    );
  });

  test('broken YAML is reported with its line', () => {
    expect(problemsOf('syncro: [')[0]).toMatch(/^config\.yml: .*line 1/);
  });

  test('an empty file names the sections that are missing', () => {
    expect(problemsOf('')).toEqual([
      'config.yml: syncro is missing',
      'config.yml: technicians is missing',
      'config.yml: labor is missing',
    ]);
  });

  test('the search index is on unless it is turned off, and nothing else', () => {
    const search = (line: string) => parseConfig(`${LEAST}${line}`, ENV).settings.search;
    expect(search('')).toEqual({ local_index: true });
    expect(search('search: { local_index: false }')).toEqual({ local_index: false });
    expect(problemsOf(`${LEAST}search: { local_indx: false }`)).toEqual([
      'config.yml: search.local_indx is not a setting; did you mean local_index?',
    ]);
    expect(problemsOf(`${LEAST}search: { local_index: "off" }`)).toHaveLength(1);
  });

  test('digests take days as people write them, and say what is wrong with them', () => {
    const digest = (more: string): string =>
      `${LEAST}digests: [{ channel: C0GENERAL, at: "08:00", timezone: America/Phoenix${more} }]`;
    const daysOf = (more: string) => parseConfig(digest(more), ENV).settings.digests[0]?.days;
    expect(['', ', days: Mon-Thu', ', days: "mon, wed, fri"', ', days: every day'].map(daysOf)).toEqual([
      'mon-fri',
      'mon-thu',
      'mon,wed,fri',
      '*',
    ]);
    expect(problemsOf(digest(', days: sometimes'))).toEqual([
      'config.yml: digests[0].days must be days like mon-fri, "mon,wed,fri" or daily, not "sometimes"',
    ]);
    expect(problemsOf(digest('').replace('C0GENERAL', '"#general"').replace('08:00', '8am'))).toEqual([
      'config.yml: digests[0].channel must be a channel id like C0123456789, not "#general"',
      'config.yml: digests[0].at must be a time like "08:00", not "8am"',
    ]);
    expect(problemsOf(digest('').replace('America/Phoenix', 'Mars'))).toEqual([
      'config.yml: digests[0].timezone must be a time zone like America/Phoenix, not "Mars"',
    ]);
    const twice = digest('').replace(
      '[',
      '[{ channel: C0GENERAL, at: "08:00", timezone: America/Phoenix, days: mon-fri }, ',
    );
    expect(problemsOf(twice)).toEqual(['config.yml: digests list the same channel, time and days twice']);
  });

  test('one of the two ways to hear from Slack is needed', () => {
    expect(problemsOf(LEAST, { SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([expect.stringContaining('SLACK_APP_TOKEN')]);
    expect(problemsOf(LEAST, { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toEqual([]);
  });

  test('an empty variable counts as one that was not given', () => {
    expect(problemsOf(LEAST, { ...ENV, SLACK_APP_TOKEN: '', PORT: '' })).toEqual([]);
  });

  test('a variable that the file names must be set', () => {
    const yaml = LEAST.replace('1750 }', '1750, key: { env: SYNCRO_KEY_WINTER } }');
    expect(problemsOf(yaml)).toEqual(['SYNCRO_KEY_WINTER is missing: config.yml names it at technicians[0].key.env']);
  });

  test('the same Slack user twice is a mistake', () => {
    const yaml = LEAST.replace('labor:', '  - { slack_user: U012HOWARD, name: Other, syncro_user_id: 2 }\nlabor:');
    expect(problemsOf(yaml)).toEqual([
      'config.yml: technicians[1].slack_user is U012HOWARD, as technicians[0].slack_user is: list each person once',
    ]);
  });

  test('tokens in the wrong variable are noticed', () => {
    expect(problemsOf(LEAST, { ...ENV, SLACK_BOT_TOKEN: 'xapp-1' })[0]).toMatch(
      /SLACK_BOT_TOKEN must be the bot token/,
    );
    expect(problemsOf(LEAST, { ...ENV, SLACK_APP_TOKEN: 'xoxb-1' })[0]).toMatch(
      /SLACK_APP_TOKEN must be the app-level/,
    );
  });

  test('no problem shows a value of the environment', () => {
    const secret = 'xapp-very-secret-value';
    expect(problemsOf('', { SLACK_BOT_TOKEN: secret, ENCRYPTION_KEY: secret }).join()).not.toContain(secret);
  });

  test('an account elsewhere and fakes are reached by their own addresses', () => {
    const yaml = LEAST.replace(
      'computerguru }',
      'computerguru, web_url: "https://computerguru.shield.syncromsp.com/" }',
    );
    const config = parseConfig(yaml, { ...ENV, SYNCRO_BASE_URL: 'http://127.0.0.1:1/api/v1/' });
    expect(config.webUrl).toBe('https://computerguru.shield.syncromsp.com');
    expect(config.syncroBaseUrl).toBe('http://127.0.0.1:1/api/v1');
  });
});
