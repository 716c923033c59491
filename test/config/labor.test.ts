import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';

const ENV = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SYNCRO_KEY_HOWARD: 'a-key' };

const settings = (labor: string, more = ''): string => `
syncro: { subdomain: computerguru }
technicians:
  - { slack_user: U012HOWARD, name: Howard Enos, syncro_user_id: 1750 }
labor:
  remote: { product_id: 1190473 }
  ${labor}
${more}`;

const read = (yaml: string): ReturnType<typeof parseConfig> | readonly string[] => {
  try {
    return parseConfig(yaml, ENV);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

const problems = (labor: string, more = ''): readonly string[] => {
  const found = read(settings(labor, more));
  return Array.isArray(found) ? found : [];
};

test('the example holds the rules of the shop that the skill was written for', () => {
  const { labor } = parseConfig(readFileSync('config.example.yml', 'utf8'), ENV);
  const of = (word: string) => labor.find((type) => type.word === word);
  expect(of('remote')).toMatchObject({ minimumMinutes: 15, roundUpToMinutes: 15 });
  expect(of('onsite')).not.toHaveProperty('minimumMinutes');
  expect(of('emergency')).toMatchObject({ productId: 26_184, afterHours: true, prepaid: { times: 1.5 } });
  expect(of('emergency')).not.toHaveProperty('rate');
  expect(of('emergency-remote')).toMatchObject({
    ...{ productId: 26_184, afterHours: true, prepaid: { times: 1.5 } },
    rate: { of: 'remote', productId: 1_190_473, times: 1.5 },
  });
});

describe('a labor word', () => {
  const two = (a: string, b: string) =>
    `a: { product_id: 1, rate: { of: ${a}, times: 2 } }\n  b: { product_id: 2, rate: { of: ${b}, times: 2 } }`;

  test.each([
    ['rate: { of: remot, times: 2 }', 'rate.of names "remot", which is no word of labor (did you mean remote?)'],
    ['rate: { of: day, times: 2 }', 'rate.of names "day", which is no word of labor'],
    ['rate: { of: night, times: 2 }', 'rate.of names the word itself: name the one whose rate it is a multiple of'],
    ['rate: { of: remote, times: 0 }', 'rate.times must be more than 0, not 0'],
    ['rate: { of: remote, times: -1.5 }', 'rate.times must be more than 0, not -1.5'],
    ['rate: { of: remote, times: 15 }', 'rate.times must be 10 or less, not 15'],
    ['rate: { of: remote }', 'rate.times is missing'],
    ['rate: { of: remote, times: 2, at: 3 }', 'rate.at is not a setting; known keys: of, times'],
    ['rate: 1.5', 'rate must be a section with of, times, not 1.5'],
    ['prepaid: { times: 0 }', 'prepaid.times must be more than 0, not 0'],
    [
      'debits_prepaid: false, prepaid: { times: 2 }',
      'prepaid says how often a block is debited, and the word does not debit it: take one of the two out',
    ],
    ['minimum_minutes: fifteen', 'minimum_minutes must be a number, not "fifteen"'],
    ['minimum_minutes: -1', 'minimum_minutes must be 0 or more, not -1'],
    ['round_up_to_minutes: 0', 'round_up_to_minutes must be 1 or more, not 0'],
    ['after_hours: sometimes', 'after_hours must be true or false, not "sometimes"'],
    ['afterhours: true', 'afterhours is not a setting; did you mean after_hours?'],
  ])('with %s is told with its place', (rule, words) => {
    expect(problems(`night: { product_id: 1, ${rule} }`)).toEqual([`config.yml: labor.night.${words}`]);
  });

  test('takes no premium on a premium, and goes round in no circle', () => {
    expect(problems(two('b', 'remote'))).toEqual([
      'config.yml: labor.a.rate.of names b, which itself costs what remote does: name a word without a rate',
    ]);
    expect(problems(two('b', 'a'))).toEqual([
      'config.yml: labor.a.rate.of names b, which goes round in a circle: labor.b.rate.of names a',
      'config.yml: labor.b.rate.of names a, which goes round in a circle: labor.a.rate.of names b',
    ]);
  });
});

describe('business hours', () => {
  const hours = (value: string) => {
    const config = read(settings('', `billing: { business_hours: ${value} }`));
    return 'settings' in config ? config.settings.billing.business_hours : config;
  };

  test('are the account’s, or nobody’s, or these', () => {
    expect(hours('account')).toBe('account');
    expect(hours('off')).toBe('off');
    const day = [{ from: 480, to: 1_020 }];
    expect(hours('{ timezone: Arizona, mon-fri: "08:00-17:00", sat: "9:00-12:00, 13:00-24:00" }')).toEqual({
      timeZone: 'America/Phoenix',
      week: [
        [],
        day,
        day,
        day,
        day,
        day,
        [
          { from: 540, to: 720 },
          { from: 780, to: 1_440 },
        ],
      ],
    });
  });

  const WHAT = 'must be account, off, or { timezone: America/Phoenix, mon-fri: "08:00-17:00" }';
  const HOURS = 'must be hours like "08:00-17:00" or "08:00-12:00, 13:00-17:00"';

  test.each([
    ['sometimes', ` ${WHAT}, not "sometimes"`],
    ['[mon, tue]', ` ${WHAT}, not a list`],
    ['', ` ${WHAT}, not empty`],
    ['{ mon-fri: "08:00-17:00" }', '.timezone is missing: one like America/Phoenix'],
    ['{ timezone: Mars, mon-fri: "08:00-17:00" }', '.timezone must be a time zone like America/Phoenix, not "Mars"'],
    ['{ timezone: America/Phoenix }', ' names no days: add a line like mon-fri: "08:00-17:00"'],
    [
      '{ timezone: America/Phoenix, mon-fry: "08:00-17:00" }',
      '.mon-fry is not a setting; it takes timezone, and days like mon-fri, "mon,wed,fri" or sat',
    ],
    ['{ timezone: America/Phoenix, mon-fri: "17:00-08:00" }', `.mon-fri ${HOURS}, not "17:00-08:00"`],
    ['{ timezone: America/Phoenix, mon-fri: "8-17" }', `.mon-fri ${HOURS}, not "8-17"`],
    ['{ timezone: America/Phoenix, mon-fri: 8 }', `.mon-fri ${HOURS}, not 8`],
  ])('%s is told with its place', (value, words) => {
    expect(hours(value)).toEqual([`config.yml: billing.business_hours${words}`]);
  });

  test('and contracts are settings like the others', () => {
    expect(problems('', 'billing: { contracts: ignore, busines_hours: off }')).toEqual([
      'config.yml: billing.contracts must be one of warn, off, not "ignore"',
      'config.yml: billing.busines_hours is not a setting; did you mean business_hours?',
    ]);
  });
});
