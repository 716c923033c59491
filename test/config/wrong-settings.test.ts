import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';

/** What an owner gets wrong in a first year, and the whole sentence for each: file, key, what stands there, what is right. */

const dir = mkdtempSync(join(tmpdir(), 'wrong-settings-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const CONFIG = join(dir, 'settings.yml');
const DOT_ENV = join(dir, 'dot-env');

const YAML = readFileSync('config.example.yml', 'utf8');
const KEY = Buffer.alloc(32, 7).toString('base64');
const ENV: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5',
  SYNCRO_KEY_HOWARD: 'sandbox-howard',
  ENCRYPTION_KEY: KEY,
};

/** What is said of these settings; the folder is left out. */
const said = (yaml: string, dotEnv: string, environment: NodeJS.ProcessEnv = {}) => {
  writeFileSync(CONFIG, yaml);
  writeFileSync(DOT_ENV, dotEnv, { mode: 0o600 });
  const bare = (words: readonly string[]) => words.map((each) => each.replaceAll(`${dir}/`, ''));
  try {
    const { warnings } = loadConfig({ CONFIG_FILE: CONFIG, ENV_FILE: DOT_ENV, ...environment });
    return { problems: [], warnings: bare(warnings) };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: bare(error.problems), warnings: [] };
    throw error;
  }
};

const lines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** The example with one place changed; a place that is not in it would change nothing, and the test would say so. */
const changed = (from: string, to: string): string => YAML.replace(from, to);

const DOES_NOT_FIT =
  "doesn't fit the lines before it: indent it like its neighbors; or the line before lacks a colon, the space after it, a quote or a bracket";

test('the settings that each case spoils are right', () => {
  expect(said(YAML, lines(ENV))).toEqual({ problems: [], warnings: [] });
});

describe('the settings file', () => {
  test.each([
    [
      'a tab',
      '    name: Howard',
      '\tname: Howard',
      'line 13 (name: …) begins with a tab: use spaces, as in the lines around it',
    ],
    ['a line that is indented too little', '    name: Howard', '   name: Howard', `line 13 (name: …) ${DOES_NOT_FIT}`],
    ['a missing space', 'subdomain: comp', 'subdomain:comp', `line 5 (auth: …) ${DOES_NOT_FIT}`],
    ['a missing colon', 'subdomain: comp', 'subdomain comp', `line 5 (auth: …) ${DOES_NOT_FIT}`],
    ['an open quote', 'name: Howard Enos', 'name: "Howard Enos', 'line 13 (name: …) has an unclosed quote or bracket'],
    [
      'an open bracket',
      '{ product_id: 26118 }',
      '{ product_id: 26118',
      'line 34 (emergency: …) has an unclosed quote or bracket',
    ],
    ['a section twice', 'tickets:', 'labor:', 'line 41 (labor: …) repeats a name: merge the two, or remove one'],
    [
      'an asterisk',
      'computerguru\n',
      '*computerguru\n',
      'Unresolved alias (the anchor must be set before the alias): computerguru: put quotes around it',
    ],
    [
      'nobody',
      /technicians:[\s\S]*?(?=\n# shared_key)/,
      'technicians: []',
      'technicians is empty: add at least one technician, or nobody can use the app',
    ],
    [
      'an address',
      'computerguru\n',
      'https://computerguru.syncromsp.com/\n',
      'syncro.subdomain must be just the first word of the address: computerguru, not "https://computerguru.syncromsp.com/"',
    ],
    ['no subdomain', 'computerguru\n', '\n', 'syncro.subdomain must be a text, not empty'],
    [
      'a name for an id',
      'U012HOWARD',
      '"@howard"',
      'technicians[0].slack_user must be a Slack member id like U012HOWARD (profile, ⋮, Copy member ID), not "@howard"',
    ],
    ['a letter in a number', '1750', '17S0', 'technicians[0].syncro_user_id must be a number, not "17S0"'],
    [
      'no number',
      '{ product_id: 26118 }',
      '{}',
      "labor.onsite.product_id is missing: the number at the end of the product's address in Syncro",
    ],
    [
      'a number alone',
      '{ product_id: 26118 }',
      '26118',
      'labor.onsite must be a section with product_id, note, debits_prepaid, taxable, minimum_minutes, round_up_to_minutes, rate, prepaid, after_hours, not 26118',
    ],
    ['capitals', '  onsite:', '  On-Site:', 'labor.On-Site must be a short word in lowercase, like remote'],
    [
      'a role that there is not',
      'role: technician ',
      'role: tecnician ',
      'technicians[0].role must be one of technician, biller, admin (did you mean technician?), not "tecnician"',
    ],
    ['a word for yes', 'local_index: true', 'local_index: yes', 'search.local_index must be true or false, not "yes"'],
    [
      'too much',
      'requests_per_minute: 180',
      'requests_per_minute: 500',
      'syncro.requests_per_minute must be 180 or less, not 500',
    ],
    [
      'a key itself',
      '{ env: SYNCRO_KEY_HOWARD }',
      'T8a7f6e5d4c3b2a10-99aabbccddeeff00',
      'technicians[0].key must be { sops: <file in the vault> } or { env: <name of a variable> }',
    ],
    [
      'a key for its name',
      'env: SYNCRO_KEY_HOWARD',
      'env: T8a7f6e5d4c3b2a10-99aabbccddeeff00',
      'technicians[0].key.env must be the name of a variable, not the key itself',
    ],
    [
      'a vault that is not named',
      'env: SYNCRO_KEY_HOWARD',
      'sops: msp/howard.sops.yaml',
      'vault.dir is missing: technicians[0].key.sops names a file in it',
    ],
    [
      'a word misspelled',
      'timeout_seconds:',
      'timeout_second:',
      'syncro.timeout_second is not a setting; did you mean timeout_seconds?',
    ],
  ] as const)('%s', (_what, from, to, sentence) => {
    const yaml = YAML.replace(from, to);
    expect(yaml).not.toBe(YAML);
    expect(said(yaml, lines(ENV)).problems).toEqual([`settings.yml: ${sentence}`]);
  });

  test('somebody who stands there twice', () => {
    const again = '  - { slack_user: U012HOWARD, name: Other, syncro_user_id: 2 }\n\n# shared_key:';
    expect(said(changed('# shared_key:', again), lines(ENV)).problems).toEqual([
      'settings.yml: technicians[1].slack_user is U012HOWARD, as technicians[0].slack_user is: list each person once',
    ]);
  });

  test('a file that is not there, and a folder', () => {
    const remedy = 'copy config.example.yml, or set CONFIG_FILE to yours';
    expect(said(YAML, lines(ENV), { CONFIG_FILE: join(dir, 'none.yml') }).problems).toEqual([
      `none.yml can't be read, no such file: ${remedy}`,
    ]);
    expect(said(YAML, lines(ENV), { CONFIG_FILE: dir }).problems).toEqual([
      `${dir} can't be read, it is a folder: ${remedy}`,
    ]);
  });

  test('line ends of Windows are no matter', () => {
    expect(said(YAML.replaceAll('\n', '\r\n'), lines(ENV).replaceAll('\n', '\r\n')).problems).toEqual([]);
  });
});

describe('variables', () => {
  const BASE64 = 'must be 32 bytes in base64 (44 characters), as openssl rand -base64 32 prints them';
  test.each([
    [
      'SLACK_BOT_TOKEN',
      'xoxb-...',
      "is still the example's placeholder: put yours there, the bot token of OAuth & Permissions (xoxb-…)",
    ],
    ['SLACK_BOT_TOKEN', '', 'is missing'],
    ['SLACK_BOT_TOKEN', 'xapp-1-planted', 'must be the bot token of OAuth & Permissions (xoxb-…), not another kind'],
    [
      'SLACK_BOT_TOKEN',
      '"xoxb-1',
      'contains a character that no key or token has (a space, a quote, brackets, something invisible): copy it again',
    ],
    ['SLACK_SIGNING_SECRET', 'xapp-1-planted', 'must be the signing secret of Basic Information, not another kind'],
    ['SYNCRO_KEY_HOWARD', 'xxx', "is still the example's placeholder"],
    ['SYNCRO_KEY_HOWARD', '', 'is missing: settings.yml names it at technicians[0].key.env'],
    ['LOG_LEVEL', 'inof', 'must be one of trace, debug, info, warn, error, fatal, silent, not "inof"'],
    ['PORT', '30O0', 'must be a port number, 0 to 65535, not "30O0"'],
    ['PORT', 'abc', 'must be a port number, 0 to 65535, not "abc"'],
    ['PORT', '70000', 'must be a port number, 0 to 65535, not "70000"'],
    ['ENCRYPTION_KEY', 'c2hvcnQ=', `${BASE64}, not 8 characters`],
    ['ENCRYPTION_KEY', 'a'.repeat(64), `${BASE64}, not 64 characters`],
    ['ENCRYPTION_KEY', 'a pass phrase', `${BASE64}; it contains characters that are not base64`],
    ['DATABASE_URL', 'sqlite:data/', 'is sqlite:data/, a folder: name a file in it, like sqlite:data/syncro-slack.db'],
    ['DATABASE_URL', 'data/journal.db', 'must begin with sqlite: (one copy) or postgres:// (several copies)'],
    ['SLACK_API_URL', 'slack.com/api', 'must be an address like https://host/path, not "slack.com/api"'],
  ])('%s=%s', (name, value, sentence) => {
    const { problems } = said(YAML, lines({ ...ENV, [name]: value }));
    expect(problems).toEqual([`${name} ${sentence}`]);
    expect(problems.join()).not.toContain('planted');
  });

  test('quotes around values are no matter, nor capitals of a level', () => {
    const quoted = Object.fromEntries(Object.entries(ENV).map(([name, value]) => [name, `"${value}"`]));
    expect(said(YAML, lines({ ...quoted, LOG_LEVEL: 'WARN' })).problems).toEqual([]);
  });

  test('no way to hear from Slack, and both', () => {
    expect(said(YAML, lines({ ...ENV, SLACK_SIGNING_SECRET: '' })).problems).toEqual([
      'SLACK_SIGNING_SECRET is missing (HTTP mode), or SLACK_APP_TOKEN (Socket Mode): one of the two is needed',
    ]);
    expect(said(YAML, lines({ ...ENV, SLACK_APP_TOKEN: 'xapp-1' }))).toEqual({
      problems: [],
      warnings: [
        'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: the app uses Socket Mode only. Remove SLACK_SIGNING_SECRET, or for HTTP mode SLACK_APP_TOKEN',
      ],
    });
  });
});

describe('.env', () => {
  test('adds what the environment does not say, and counts less', () => {
    writeFileSync(CONFIG, YAML);
    writeFileSync(DOT_ENV, `\uFEFF# ours\r\nexport PORT=3001\r\n${lines({ ...ENV, LOG_LEVEL: 'warn' })}`, {
      mode: 0o600,
    });
    const { env, variables } = loadConfig({ CONFIG_FILE: CONFIG, ENV_FILE: DOT_ENV, LOG_LEVEL: 'error' });
    expect(env).toMatchObject({ PORT: 3001, LOG_LEVEL: 'error', SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(variables.SYNCRO_KEY_HOWARD).toBe('sandbox-howard');
  });

  test.each([
    ['PORT: 3000\n', /^dot-env: line 1 is not NAME=value: begin comments with #$/],
    ['A="two\nlines"\nonly a remark\n', /^dot-env: line 3 is not NAME=value/],
    ['A\0=\0', /^dot-env can't be read: it is UTF-16; save it as UTF-8 \(ENV_FILE names it\)$/],
    [`A=${'x'.repeat(70_000)}`, /^dot-env can't be read: it is larger than 64 kB/],
  ])('says what of %j it can’t read', (text, sentence) => {
    expect(said(YAML, text, ENV).problems).toEqual([expect.stringMatching(sentence)]);
  });

  test('is said when it is named and not there, or a folder', () => {
    for (const [file, why] of [
      [join(dir, 'none'), 'no such file'],
      [dir, 'it is a folder'],
    ])
      expect(said(YAML, '', { ...ENV, ENV_FILE: file }).problems).toEqual([
        expect.stringMatching(new RegExp(`can't be read: ${why} \\(ENV_FILE names it\\)$`)),
      ]);
  });

  test('is looked at when everybody may read it', () => {
    writeFileSync(CONFIG, YAML);
    writeFileSync(DOT_ENV, lines(ENV));
    chmodSync(DOT_ENV, 0o644);
    const { warnings } = loadConfig({ CONFIG_FILE: CONFIG, ENV_FILE: DOT_ENV });
    expect(warnings).toEqual([
      `${DOT_ENV} holds secrets, and everybody on this machine can read it: chmod 600 ${DOT_ENV}`,
    ]);
    chmodSync(DOT_ENV, 0o640);
    expect(loadConfig({ CONFIG_FILE: CONFIG, ENV_FILE: DOT_ENV }).warnings).toEqual([]);
  });
});

describe('a secret in a file', () => {
  const file = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text, { mode: 0o600 });
    return join(dir, name);
  };
  const credentials = join(dir, 'credentials');
  mkdirSync(credentials);
  const without = (name: string) => Object.fromEntries(Object.entries(ENV).filter(([each]) => each !== name));

  test.each(Object.entries(ENV))('is read for %s, by NAME_FILE and as systemd’s credential', (name, value) => {
    writeFileSync(CONFIG, YAML);
    const rest = { ...without(name), CONFIG_FILE: CONFIG, ENV_FILE: '/dev/null' };
    const byFile = loadConfig({ ...rest, [`${name}_FILE`]: file(name, ` ${value}\n`) });
    expect(byFile.variables[name]).toBe(value);
    rmSync(join(dir, name));
    writeFileSync(join(credentials, name), `${value}\r\n`);
    expect(loadConfig({ ...rest, CREDENTIALS_DIRECTORY: credentials }).variables[name]).toBe(value);
    rmSync(join(credentials, name));
  });

  test.each(Object.keys(ENV))('is one problem, not two, where the file for %s is not there', (name) => {
    expect(said(YAML, '', { ...without(name), [`${name}_FILE`]: join(dir, 'none') }).problems).toEqual([
      `${name}: the file none can't be read: no such file`,
    ]);
  });

  test('is named by variable and file where it can’t be used, and never shown', () => {
    const { SLACK_BOT_TOKEN: _, ...rest } = ENV;
    const problemsWith = (more: NodeJS.ProcessEnv): readonly string[] => said(YAML, '', { ...rest, ...more }).problems;
    expect(problemsWith({ SLACK_BOT_TOKEN_FILE: file('token', '\n') })).toEqual([
      'SLACK_BOT_TOKEN: the file token is empty',
    ]);
    expect(problemsWith({ SLACK_BOT_TOKEN_FILE: file('token', 'xapp-planted') })).toEqual([
      'SLACK_BOT_TOKEN must be the bot token of OAuth & Permissions (xoxb-…), not another kind',
    ]);
    writeFileSync(join(credentials, 'SLACK_BOT_TOKEN'), 'xoxb-planted');
    expect(
      problemsWith({
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_BOT_TOKEN_FILE: file('token', 'xoxb-planted'),
        CREDENTIALS_DIRECTORY: credentials,
      }),
    ).toEqual([
      "SLACK_BOT_TOKEN is set 3 times, as a variable and in token (SLACK_BOT_TOKEN_FILE) and as systemd's credential credentials/SLACK_BOT_TOKEN: keep only one",
    ]);
  });
});
