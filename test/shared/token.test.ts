import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../sandbox/simulation/random.ts';
import { COMMANDS } from '../../src/app/features.ts';
import { looksLikeToken } from '../../src/shared/token.ts';
import { readCommand } from '../slack/read-command.ts';

const TOKENS = [
  'T259810e5c9917386b-52c2aeea7cdb5ff41c6685a73cebbeb3',
  't259810e5c-52c2aeea7c',
  'a8f5f167f44f4964e6c998dee827110c',
  'Zm9vYmFyYmF6cXV4MTIzNDU2',
  'xoxb-2401234567-abcdefGHIJKL',
  'abcdefghij1234567890',
  'sk_live_51H8aQ2eZvKYlo2C',
  '"T259810e5c9917386b-52c2aeea7cdb5ff4".',
  '<T259810e5c9917386b-52c2aeea7cdb5ff4>',
  '_T259810e5c9917386b-52c2aeea7cdb5ff4_',
  'token=T259810e5c9917386b-52c2aeea7cdb5ff4',
  '{"token":"T259810e5c9917386b-52c2aeea7cdb5ff4"}',
  'https://acme.syncromsp.com/api/v1/tickets?api_key=T259810e5c9917386b-52c2aeea7cdb5ff4&page=2',
  'key="a8f5f167f44f4964e6c998dee827110c"',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
];

const WORDS = [
  '32164',
  '#32164',
  'internationalization-of-things',
  '12345678901234567890',
  'backup_2024_11_24_server01_full',
  '550e8400-e29b-41d4-a716-446655440000',
  'https://computerguru.syncromsp.com/tickets/108443837',
  'jerry.burger@customer.example',
  'DESKTOP-7F3A9',
  'WS-C2960X-48FPD-L-REFURB',
  'UCSC-C220-M5SX-SPARE-123',
  'HPE-P19720-B21-PROLIANT-GEN10',
  'CN0F8T5R7284193A0ABC',
  'acmewestfileserver2024',
  'srv-dc01-phx-2019-backup02',
  'LAPTOP-JBURGER-5CG1234XYZ',
  'office365migration2024phase2',
  'HPLaserJetProM404dn2023',
  'iPhone14ProMax256GBSpaceBlack',
  'Windows10Pro22H2Build19045',
  'jsmith2024acmewestdental',
  'acme01dc01acme02dc02acme',
  'hp4515n2ndfloorprintereast',
  'x64ubuntu2204server0001web',
  'DellOptiPlex7090Micro16GB',
  'Galaxys23Ultra512GBPhantom-Case',
  '1z999aa1012345678412',
  'https://xoxo-bakery.example/menu',
  'T259810e5c9917386b-52c2aeea7cdb5ff4 is what they typed',
  '',
];

describe('a word that may be a key', () => {
  test.each(TOKENS)('%s is one', (word) => expect(looksLikeToken(word)).toBe(true));
  test.each(WORDS)('%s is none', (word) => expect(looksLikeToken(word)).toBe(false));

  const [SMALL, DIGITS] = ['abcdefghijklmnopqrstuvwxyz', '0123456789'];
  const BASE62 = `${SMALL}${SMALL.toUpperCase()}${DIGITS}`;
  const HEX = `${DIGITS}abcdef`;
  test.each([
    ['Syncro’s own', HEX, 32, 1, (key: string) => `T${key.slice(0, 16)}-${key}`],
    ['hex', HEX, 32, 1, String],
    ['small letters and digits', `${SMALL}${DIGITS}`, 32, 0.995, String],
    ['letters and digits', BASE62, 40, 0.995, String],
    ['short ones of letters and digits', BASE62, 24, 0.97, String],
    ['base64 for addresses', `${BASE62}-_`, 43, 0.99, String],
    ['with a name before them', BASE62, 24, 0.97, (key: string) => `sk_live_${key}`],
  ])('nearly all random ones are recognised: %s', (_kind, letters, length, least, write) => {
    const { pick } = createRandom(26);
    const one = () => write(Array.from({ length }, () => pick(Array.from(letters))).join(''));
    const keys = Array.from({ length: 3_000 }, one);
    expect(keys.filter(looksLikeToken).length / keys.length).toBeGreaterThanOrEqual(least);
  });
});

describe('a key behind a command', () => {
  const key = TOKENS[0] ?? '';
  const heads = ['', 'connect ', 'whoami ', 'comment 32164 it is ', 'search ', 'frobnicate ', 'bill 32164 45m '];

  test.each(heads)('/syncro %s<key> is refused without saying it back', (head) => {
    const parsed = readCommand(`${head}${key}`);
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain(key.slice(0, 8));
    const offers =
      head === 'search '
        ? { suggestion: null, form: { text: 'Search in a form', actionId: 'search:form' } }
        : { suggestion: 'connect' };
    expect(parsed).toMatchObject({ problem: expect.stringContaining('revoke it'), ...offers });
  });

  test('whatever follows connect is taken for one', () => {
    const parsed = readCommand('connect hunter2');
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining('Slack keeps what you typed') });
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });
});

describe('the commands about keys', () => {
  test.each([
    ['connect', { name: 'connect' }],
    ['disconnect', { name: 'disconnect', slackUser: null }],
    ['disconnect U012HOWARD', { name: 'disconnect', slackUser: 'U012HOWARD' }],
    ['whoami', { name: 'whoami', all: false }],
    ['WhoAmI ALL', { name: 'whoami', all: true }],
  ])('/syncro %s', (text, command) => {
    expect(readCommand(text)).toEqual({ ok: true, command });
  });

  test('disconnect takes whoever is mentioned, by the id behind the name', () => {
    const command = { name: 'disconnect', slackUser: 'W012HOWARD' };
    expect(readCommand('disconnect @Howard Enos', ['W012HOWARD'])).toEqual({ ok: true, command });
    expect(readCommand('disconnect @howard')).toMatchObject({ ok: false });
  });

  test.each([
    ['disconnect howard', '"howard" is nobody I know.'],
    ['whoami else', `"else" can't follow whoami.`],
  ])('/syncro %s is not understood', (text, words) => {
    expect(readCommand(text)).toMatchObject({ ok: false, problem: expect.stringContaining(words) });
  });

  test('have examples that can be typed', () => {
    for (const name of ['connect', 'disconnect', 'whoami'] as const)
      expect(readCommand(COMMANDS.find((row) => row.name === name)?.example ?? '')).toMatchObject({
        ok: true,
        command: { name },
      });
  });
});
