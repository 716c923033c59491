import { createHash } from 'node:crypto';
import { type Document, isScalar, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { UnfitFile } from './ordinary-file.ts';
import { openGcm } from './seal.ts';

const rule = z.string().min(1).optional();

const encryptedFile = z.object({
  sops: z.object({
    age: z.array(z.object({ enc: z.string() })).nullish(),
    lastmodified: z.string().min(1),
    mac: z.string().min(1),
    mac_only_encrypted: z.boolean().nullish(),
    unencrypted_suffix: rule,
    encrypted_suffix: rule,
    unencrypted_regex: rule,
    encrypted_regex: rule,
    unencrypted_comment_regex: rule,
    encrypted_comment_regex: rule,
    key_groups: z.array(z.unknown()).nullish(),
  }),
});

type SopsMetadata = z.infer<typeof encryptedFile>['sops'];

/** What is not understood must not be half understood: the sops program takes these. */
const notUnderstood = (metadata: SopsMetadata): string | null => {
  if (metadata.mac_only_encrypted) return 'mac_only_encrypted';
  if (metadata.key_groups?.length) return 'key groups';
  return (metadata.unencrypted_comment_regex ?? metadata.encrypted_comment_regex) ? 'rules in comments' : null;
};

/** The package compares each name with every other one of its map. */
const hasNameTwice = (document: Document.Parsed): boolean => {
  let isTwice = false;
  visit(document, {
    Map: (_, { items }) => {
      isTwice ||= new Set(items.map(({ key }) => (isScalar(key) ? key.value : key))).size < items.length;
    },
  });
  return isTwice;
};

type SopsFile = { readonly tree: ReadonlyMap<unknown, unknown>; readonly metadata: SopsMetadata };

/** What sops encrypted, as it stands and in its own order, and how. @throws UnfitFile */
export const parseSopsFile = (text: string): SopsFile => {
  const document = parseDocument(text, { intAsBigInt: true, uniqueKeys: false });
  const isReadable = document.errors.length === 0 && !hasNameTwice(document);
  // Maps keep the order of the document, which the MAC depends on; a plain object sorts number-like names first.
  const tree: unknown = isReadable ? document.toJS({ mapAsMap: true }) : null;
  if (!(tree instanceof Map)) throw new UnfitFile('it is not one readable YAML document');
  if (!tree.delete('sops')) throw new UnfitFile('it is not encrypted by sops');
  const parsed = encryptedFile.safeParse(document.toJS());
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join('.'));
    throw new UnfitFile(`its sops section is incomplete (${places.join(', ')})`);
  }
  const metadata = parsed.data.sops;
  const missed = notUnderstood(metadata);
  if (missed) throw new UnfitFile(`it uses ${missed}, which only the sops program reads`);
  return { tree, metadata };
};

/** Which values of a file must be encrypted, by their path. A wrong guess is harmless: the MAC would not fit. */
const encryptedAt = (metadata: SopsMetadata): ((path: readonly string[]) => boolean) => {
  // What sops takes when a file names no rule.
  const { encrypted_suffix, encrypted_regex, unencrypted_regex, unencrypted_suffix = '_unencrypted' } = metadata;
  const byName = (fits: (name: string) => boolean, encrypted: boolean) => (path: readonly string[]) =>
    path.some((name) => fits(name)) === encrypted;
  if (encrypted_suffix !== undefined) return byName((name) => name.endsWith(encrypted_suffix), true);
  const source = encrypted_regex ?? unencrypted_regex;
  if (source === undefined) return byName((name) => name.endsWith(unencrypted_suffix), false);
  try {
    const expression = new RegExp(source);
    return byName((name) => expression.test(name), encrypted_regex !== undefined);
  } catch {
    throw new UnfitFile('its regular expression is one that only the sops program reads');
  }
};

const DATA_KEY_BYTES = 32;
const ENCRYPTED = /^ENC\[AES256_GCM,data:([A-Za-z0-9+/=]*),iv:([A-Za-z0-9+/=]+),tag:([A-Za-z0-9+/=]+),type:(\w+)\]$/;

/** One value: the bytes that count for the MAC, and what it means. */
type Leaf = { readonly bytes: string; readonly value: unknown };

/** The key of the file's values, which is encrypted to one or more people. */
const dataKeyOf = async ({ age }: SopsMetadata, identities: readonly string[]): Promise<Uint8Array> => {
  if (!age?.length) throw new UnfitFile('it is not encrypted with age');
  // Loaded when the first file needs it: it takes a tenth of a second, and many shops have no vault.
  const { armor, Decrypter } = await import('age-encryption');
  const open = async (enc: string, identity: string): Promise<Uint8Array> => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return decrypter.decrypt(armor.decode(enc));
  };
  const opened = age.flatMap(({ enc }) => identities.map((identity) => open(enc, identity).catch(() => null)));
  const key = (await Promise.all(opened)).find((each) => each?.length === DATA_KEY_BYTES);
  if (!key) throw new UnfitFile('it is not encrypted to any of our age keys');
  return key;
};

const meaning = (text: string, type: string): unknown => {
  if (type === 'int' || type === 'float') return Number(text);
  if (type === 'bool') return text === 'True';
  if (['str', 'bytes', 'time'].includes(type)) return text;
  throw new UnfitFile(`it holds a value of type "${type}"`);
};

/** @param place the path, as sops binds it into each value. @throws UnfitFile */
const decryptValue = (value: unknown, key: Uint8Array, place: string, name: string): Leaf => {
  // sops leaves an empty text as it is.
  if (value === '') return { bytes: '', value };
  const [, data = '', iv = '', tag = '', type] = (typeof value === 'string' && ENCRYPTED.exec(value)) || [];
  if (type === undefined) throw new UnfitFile(`${name} is not encrypted, although it should be`);
  const binary = (base64: string) => Buffer.from(base64, 'base64');
  const bytes = openGcm(key, { iv: binary(iv), body: binary(data), tag: binary(tag) }, place);
  if (bytes === null) throw new UnfitFile(`${name} was changed after it was encrypted`);
  return { bytes, value: meaning(bytes, type) };
};

/** A value that stands in clear, as sops writes it into the MAC. @throws UnfitFile */
const clearValue = (value: unknown, name: string): Leaf => {
  if (typeof value === 'string') return { bytes: value, value };
  if (typeof value === 'bigint') return { bytes: String(value), value: Number(value) };
  if (typeof value === 'boolean') return { bytes: value ? 'True' : 'False', value };
  // Go writes 1e21 out in full, JavaScript does not.
  if (typeof value === 'number' && !/[^\d.-]/.test(String(value))) return { bytes: String(value), value };
  throw new UnfitFile(`${name} holds something that only the sops program reads`);
};

/**
 * Decrypts a file that sops encrypted with age, the way sops does, and checks its MAC: a value that was changed,
 * added, removed or moved makes the whole file worthless. The rules: each value is AES-256-GCM with its path as
 * associated data (list items share their list's path); the MAC is a SHA-512 over all values in the order of the
 * document, without comments, itself encrypted with the time of the last change as associated data.
 * @throws UnfitFile
 */
export const decryptSops = async (text: string, identities: readonly string[]): Promise<unknown> => {
  const { tree, metadata } = parseSopsFile(text);
  const dataKey = await dataKeyOf(metadata, identities);
  const isEncrypted = encryptedAt(metadata);
  const hash = createHash('sha512');

  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (value === null) return null;
    if (Array.isArray(value)) return value.map((item) => walk(item, path));
    if (value instanceof Map)
      return Object.fromEntries([...value].map(([name, each]) => [name, walk(each, [...path, String(name)])]));
    const name = path.join('.');
    const leaf = isEncrypted(path) ? decryptValue(value, dataKey, `${path.join(':')}:`, name) : clearValue(value, name);
    hash.update(leaf.bytes);
    return leaf.value;
  };
  const decrypted = walk(tree, []);
  const mac = decryptValue(metadata.mac, dataKey, metadata.lastmodified, 'its MAC').bytes;
  if (mac !== hash.digest('hex').toUpperCase()) throw new UnfitFile('its MAC does not fit: it was changed by hand');
  return decrypted;
};
