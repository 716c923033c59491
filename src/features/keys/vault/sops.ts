import { createHash } from 'node:crypto';
import { SopsError } from './sops-error.ts';
import { parseSopsFile, type SopsMetadata, type Tree } from './sops-file.ts';
import { encryptedAt } from './sops-scope.ts';
import { clearValue, decryptValue, type Leaf } from './sops-value.ts';

const DATA_KEY_BYTES = 32;

const openWith = async (enc: string, identity: string): Promise<Uint8Array | null> => {
  // Loaded when the first file needs it: it takes a tenth of a second, and many shops have no vault.
  const { armor, Decrypter } = await import('age-encryption');
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return await decrypter.decrypt(armor.decode(enc));
  } catch {
    return null;
  }
};

/** The key of the file's values, which is encrypted to one or more people. */
const dataKeyOf = async ({ age }: SopsMetadata, identities: readonly string[]): Promise<Uint8Array> => {
  for (const { enc } of age ?? [])
    for (const identity of identities) {
      const key = await openWith(enc, identity);
      if (key?.length === DATA_KEY_BYTES) return key;
    }
  throw new SopsError(
    age && age.length > 0 ? 'it is not encrypted to any of our age keys' : 'it is not encrypted with age',
  );
};

type Decrypted = Leaf['value'] | null | readonly Decrypted[] | { readonly [name: string]: Decrypted };

/**
 * Decrypts a file that sops encrypted with age, the way sops does, and checks its MAC: a value that was changed,
 * added, removed or moved makes the whole file worthless. The rules: each value is AES-256-GCM with its path as
 * associated data (list items share their list's path); the MAC is a SHA-512 over all values in the order of the
 * document, without comments, itself encrypted with the time of the last change as associated data.
 * @throws SopsError
 */
export const decryptSops = async (text: string, identities: readonly string[]): Promise<Decrypted> => {
  const { tree, metadata } = parseSopsFile(text);
  const dataKey = await dataKeyOf(metadata, identities);
  const isEncrypted = encryptedAt(metadata);
  const hash = createHash('sha512');

  const leaf = (value: unknown, path: readonly string[]): Decrypted => {
    const name = path.join('.');
    if (isEncrypted(path) && typeof value !== 'string')
      throw new SopsError(`${name} is not encrypted, although it should be`);
    const { bytes, value: meant } =
      isEncrypted(path) && typeof value === 'string'
        ? decryptValue(value, dataKey, `${path.join(':')}:`, name)
        : clearValue(value, name);
    hash.update(bytes);
    return meant;
  };
  const walk = (value: unknown, path: readonly string[]): Decrypted => {
    if (value === null) return null;
    if (value instanceof Map) return branch(value, path);
    return Array.isArray(value) ? value.map((item) => walk(item, path)) : leaf(value, path);
  };
  const branch = (map: Tree, path: readonly string[]): Decrypted =>
    Object.fromEntries([...map].map(([name, value]) => [String(name), walk(value, [...path, String(name)])]));

  const decrypted = branch(tree, []);
  const mac = decryptValue(metadata.mac, dataKey, metadata.lastmodified, 'its MAC').bytes;
  if (mac !== hash.digest('hex').toUpperCase()) throw new SopsError('its MAC does not fit: it was changed by hand');
  return decrypted;
};
