import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { decryptSops, parseSopsFile } from '../../../../src/features/keys/vault/sops.ts';
import { expectTimesAsLong } from '../../../growth.ts';
import { aKeyFile, encryptSops, newRecipient, type Recipient } from './sops-encrypt.ts';

const SECRET = 'T259810e5c9917386b-52c2aeea7cdb5ff4';
let us: Recipient;
let other: Recipient;
let file: string;

beforeAll(async () => {
  [us, other] = await Promise.all([newRecipient(), newRecipient()]);
  file = await encryptSops(aKeyFile(SECRET), [us.recipient]);
});

const open = (text: string): Promise<unknown> => decryptSops(text, [us.identity]);

type Parsed = Record<string, unknown> & { credentials: Record<string, unknown>; sops: Record<string, unknown> };

/** Changes the encrypted file as somebody with write access to the vault could. */
const tampered = (change: (file: Parsed) => void): string => {
  const parsed = parse(file) as Parsed;
  change(parsed);
  return stringify(parsed, { lineWidth: 0 });
};

describe('a file that sops encrypted', () => {
  test('is read as it was written', async () => {
    expect(file).not.toContain(SECRET);
    expect(await open(file)).toEqual(aKeyFile(SECRET));
  });

  test('is read by each of its recipients, with whichever of our keys fits', async () => {
    const both = await encryptSops(aKeyFile(SECRET), [other.recipient, us.recipient]);
    expect(await decryptSops(both, [us.identity])).toMatchObject({ credentials: { credential: SECRET } });
    const ours = ['AGE-SECRET-KEY-1NONSENSE', other.identity, us.identity];
    expect(await decryptSops(file, ours)).toMatchObject({ kind: 'api-key' });
  });

  test('may have comments, which the MAC does not cover', async () => {
    await expect(open(`# a note\n#ENC[AES256_GCM,data:x,iv:y,tag:z,type:comment]\n${file}`)).resolves.toBeTruthy();
  });

  test.each([
    ['encrypted_regex', { encrypted_regex: '^(credentials|notes)$' }, ['credentials', 'notes']],
    ['encrypted_suffix', { encrypted_suffix: 'entials' }, ['credentials']],
  ])('may leave parts in clear by %s', async (_name, rule, names) => {
    const partly = await encryptSops(aKeyFile(SECRET), [us.recipient], {
      rule,
      encrypts: (path) => path.some((part) => names.includes(part)),
    });
    expect(partly).toContain('syncro_user_id: 1750');
    expect(partly).not.toContain(SECRET);
    expect(await open(partly)).toEqual(aKeyFile(SECRET));
    await expect(open(partly.replace('syncro_user_id: 1750', 'syncro_user_id: 1737'))).rejects.toThrow(/MAC/);
  });

  test('may leave parts in clear by unencrypted_regex', async () => {
    const partly = await encryptSops(aKeyFile(SECRET), [us.recipient], {
      rule: { unencrypted_regex: '^(kind|status)$' },
      encrypts: (path) => !path.some((part) => ['kind', 'status'].includes(part)),
    });
    expect(partly).toContain('kind: api-key');
    expect(await open(partly)).toEqual(aKeyFile(SECRET));
  });

  test('keeps its order for the MAC, also where names look like numbers', async () => {
    const numbered = await encryptSops(
      new Map([
        ['zebra', 'z'],
        ['10', 'ten'],
        ['2', 'two'],
      ]),
      [us.recipient],
    );
    expect(numbered).toMatch(/^zebra: .*\n"10": .*\n"2": /);
    expect(await open(numbered)).toEqual({ zebra: 'z', '10': 'ten', '2': 'two' });
  });
});

describe('a file that was changed by hand is refused whole', () => {
  test.each<[string, (file: Parsed) => void, RegExp]>([
    [
      'a value exchanged for another of the same file',
      (parsed) => {
        parsed.credentials.credential = parsed.kind;
      },
      /credentials\.credential was changed/,
    ],
    [
      'a value in clear in place of an encrypted one',
      (parsed) => {
        parsed.credentials.credential = 'T-of-an-attacker';
      },
      /credentials\.credential is not encrypted/,
    ],
    [
      'a value emptied',
      (parsed) => {
        parsed.credentials.credential = '';
      },
      /MAC does not fit/,
    ],
    [
      'a value changed by one letter',
      (parsed) => {
        const text = String(parsed.credentials.credential);
        parsed.credentials.credential = text.replace(/data:(.)/, (_all, first) => `data:${first === 'A' ? 'B' : 'A'}`);
      },
      /was changed after it was encrypted/,
    ],
    [
      'a value whose tag was cut short, which is guessed more easily',
      (parsed) => {
        const text = String(parsed.credentials.credential);
        const short = (tag: string) => Buffer.from(tag, 'base64').subarray(0, 12).toString('base64');
        parsed.credentials.credential = text.replace(/(?<=tag:)[^,]*/, short);
      },
      /was changed after it was encrypted/,
    ],
    [
      'a key removed',
      (parsed) => {
        delete parsed.syncro_user_id;
      },
      /MAC does not fit/,
    ],
    [
      'a value in clear added where none is encrypted',
      (parsed) => {
        parsed.owner_unencrypted = 'howard';
      },
      /MAC does not fit/,
    ],
    [
      'two items of a list in another order',
      (parsed) => {
        (parsed.tags as string[]).reverse();
      },
      /MAC does not fit/,
    ],
    [
      'a number in clear in place of an encrypted one',
      (parsed) => {
        parsed.syncro_user_id = 1737;
      },
      /syncro_user_id is not encrypted/,
    ],
    [
      'the MAC removed',
      (parsed) => {
        delete parsed.sops.mac;
      },
      /sops section is incomplete \(sops\.mac\)/,
    ],
    [
      'the MAC in clear',
      (parsed) => {
        parsed.sops.mac = 'AB'.repeat(64);
      },
      /its MAC is not encrypted/,
    ],
    [
      'the MAC emptied',
      (parsed) => {
        parsed.sops.mac = '';
      },
      /incomplete/,
    ],
    [
      'the time of the last change',
      (parsed) => {
        parsed.sops.lastmodified = '2026-04-23T00:00:00Z';
      },
      /its MAC was changed/,
    ],
    [
      'the rule, so that more would count as being in clear',
      (parsed) => {
        parsed.sops.unencrypted_suffix = 'credential';
        parsed.credentials.credential = 'T-of-an-attacker';
      },
      /MAC does not fit/,
    ],
  ])('%s', async (_name, change, words) => {
    await expect(open(tampered(change))).rejects.toThrow(words);
  });
});

describe('a file that can’t be understood whole is refused with the reason', () => {
  test.each<[string, Readonly<Record<string, unknown>> | null, RegExp]>([
    ['mac_only_encrypted', { mac_only_encrypted: true }, /mac_only_encrypted/],
    ['key groups', { key_groups: [{ age: [] }] }, /key groups/],
    ['rules in comments', { encrypted_comment_regex: 'x' }, /rules in comments/],
    ['an expression of Go', { encrypted_regex: '(?i)^x$(' }, /regular expression/],
    ['no age key', { age: [] }, /not encrypted with age/],
    ['no sops section', null, /not encrypted by sops/],
  ])('%s', async (_name, change, words) => {
    const text = tampered((parsed) => {
      if (change) Object.assign(parsed.sops, change);
      else Reflect.deleteProperty(parsed, 'sops');
    });
    await expect(open(text)).rejects.toThrow(words);
  });

  test('somebody else’s', async () => {
    await expect(decryptSops(file, [other.identity])).rejects.toThrow('not encrypted to any of our age keys');
    await expect(decryptSops(file, ['AGE-SECRET-KEY-1NONSENSE'])).rejects.toThrow(/any of our age keys/);
  });

  test.each(['', 'just words', '- a\n- list', 'a: 1\n---\nb: 2', 'a: [', 'a: 1\na: 2'])('%j', async (text) => {
    await expect(open(text)).rejects.toThrow(/YAML document|not encrypted by sops/);
  });
});

describe('the names of a map', () => {
  const names = (count: number): string => Array.from({ length: count }, (_, i) => `k${i}: v\n`).join('');

  test.each([`a: 1\n${names(9)}"a": 2\n`, 'a:\n  - b: 1\n    b: 2\n', 'a: {1: x, 1: y}\n', '? ~\n? null\n'])(
    'that come twice make it unreadable: %j',
    (text) => {
      expect(() => parseSopsFile(`${text}sops: {mac: x}\n`)).toThrow('it is not one readable YAML document');
    },
  );

  test('four times as many take about four times as long', async () => {
    const [many, fewer] = [names(12_000), names(3_000)];
    const read = (text: string) => () => expect(() => parseSopsFile(text)).toThrow('it is not encrypted by sops');
    await expectTimesAsLong(9, read(many), read(fewer));
  }, 60_000);
});
