import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** An encryption key, and a name for it that says nothing about it. */
export type SealingKey = { readonly bytes: Buffer; readonly id: string };

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param base64 32 bytes, as the environment has them */
export const sealingKey = (base64: string): SealingKey => {
  const bytes = Buffer.from(base64, 'base64');
  const id = createHash('sha256').update('syncro-slack key id\n').update(bytes).digest('hex').slice(0, 12);
  return { bytes, id };
};

/** Whose key it is, bound into the seal: a row that was moved to somebody else does not open. */
export const sealFor = (team: string, slackUser: string): string => `${team}:${slackUser}:v1`;

/** AES-256-GCM with a random 96-bit IV. */
export const seal = (secret: string, { bytes }: SealingKey, owner: string): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', bytes, iv).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
};

type Sealed = { readonly iv: Buffer; readonly body: Buffer; readonly tag: Buffer };

/** Opens AES-256-GCM. `null`: it is of another key, of another place (the associated data), or changed since. */
export const openGcm = (key: Uint8Array, { iv, body, tag }: Sealed, place: string): string | null => {
  try {
    // Node 22 would also take a shorter tag, which is guessed more easily.
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
};

/** `null`: not sealed with this key for this owner, or changed since. */
export const open = (sealed: string, { bytes }: SealingKey, owner: string): string | null => {
  const all = Buffer.from(sealed, 'base64url');
  const [iv, body, tag] = [all.subarray(0, IV_BYTES), all.subarray(IV_BYTES, -TAG_BYTES), all.subarray(-TAG_BYTES)];
  return openGcm(bytes, { iv, body, tag }, owner);
};
