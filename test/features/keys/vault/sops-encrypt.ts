import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { armor, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { stringify } from 'yaml';

/** Something that a YAML file can hold; `null` is what sops leaves alone. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

export type Recipient = { readonly identity: string; readonly recipient: string };

export const newRecipient = async (): Promise<Recipient> => {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
};

type How = {
  /** The rule that a shop's .sops.yaml names. */
  readonly rule?: Readonly<Record<string, string>>;
  readonly encrypts?: (path: readonly string[]) => boolean;
  readonly more?: Readonly<Record<string, unknown>>;
};

const LAST_MODIFIED = '2026-04-22T17:05:11Z';

const typeOf = (value: string | number | boolean): string =>
  typeof value === 'string' ? 'str' : typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'int' : 'float';

const bytesOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);

const sealValue = (bytes: string, type: string, key: Buffer, place: string): string => {
  // sops takes nonces of 32 bytes.
  const iv = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const data = Buffer.concat([cipher.update(bytes, 'utf8'), cipher.final()]);
  const parts = [`data:${data.toString('base64')}`, `iv:${iv.toString('base64')}`];
  return `ENC[AES256_GCM,${[...parts, `tag:${cipher.getAuthTag().toString('base64')}`, `type:${type}`].join(',')}]`;
};

/** A file as sops writes it, from the format's description: what the app's decryptor is held against. */
export const encryptSops = async (
  /** A Map keeps number-like names in their place. */
  tree: Readonly<Record<string, Plain>> | ReadonlyMap<string, Plain>,
  recipients: readonly string[],
  { rule = { unencrypted_suffix: '_unencrypted' }, encrypts, more = {} }: How = {},
): Promise<string> => {
  const key = randomBytes(32);
  const hash = createHash('sha512');
  const isEncrypted = encrypts ?? ((path) => !path.some((part) => part.endsWith('_unencrypted')));
  const walk = (value: Plain, path: readonly string[]): Plain => {
    if (value === null) return null;
    if (typeof value !== 'object') {
      hash.update(bytesOf(value));
      if (!isEncrypted(path) || value === '') return value;
      return sealValue(bytesOf(value), typeOf(value), key, `${path.join(':')}:`);
    }
    if (Array.isArray(value)) return value.map((item: Plain) => walk(item, path));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, [...path, name])]));
  };
  const rows = tree instanceof Map ? [...tree] : Object.entries(tree);
  const encrypted = new Map<string, unknown>(rows.map(([name, value]) => [name, walk(value, [name])]));
  const age = await Promise.all(
    recipients.map(async (recipient) => {
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      return { recipient, enc: armor.encode(await encrypter.encrypt(key)) };
    }),
  );
  const sops = {
    kms: [],
    gcp_kms: [],
    azure_kv: [],
    hc_vault: [],
    age,
    lastmodified: LAST_MODIFIED,
    mac: sealValue(hash.digest('hex').toUpperCase(), 'str', key, LAST_MODIFIED),
    pgp: [],
    ...rule,
    version: '3.8.1',
    ...more,
  };
  return stringify(encrypted.set('sops', sops), { lineWidth: 0 });
};

/** The file that the skill's "Adding a per-user key" makes. */
export const aKeyFile = (credential: string, syncroUserId: number | null = 1750): Readonly<Record<string, Plain>> => ({
  kind: 'api-key',
  name: 'Syncro (Howard Enos)',
  subdomain: 'computerguru',
  'api-base-url': 'https://computerguru.syncromsp.com/api/v1',
  'api-docs': 'https://api-docs.syncromsp.com/',
  status: 'active',
  owner: 'howard',
  ...(syncroUserId === null ? {} : { syncro_user_id: syncroUserId }),
  tags: ['msp-tools', 'per-user'],
  rotated: false,
  weight: 0.5,
  nothing: null,
  empty: '',
  credentials: { credential },
  notes: 'Per-user Syncro API token for Howard Enos. Created 2026-04-22.',
});
