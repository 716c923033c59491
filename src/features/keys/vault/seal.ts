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

/** `null`: not sealed with this key for this owner, or changed since. */
export const open = (sealed: string, { bytes }: SealingKey, owner: string): string | null => {
  const all = Buffer.from(sealed, 'base64url');
  if (all.length < IV_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', bytes, all.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(owner))
      .setAuthTag(all.subarray(-TAG_BYTES));
    const body = [decipher.update(all.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(body).toString('utf8');
  } catch {
    return null;
  }
};
