import { createDecipheriv } from 'node:crypto';
import { SopsError } from './sops-error.ts';

const ENCRYPTED = /^ENC\[AES256_GCM,data:([A-Za-z0-9+/=]*),iv:([A-Za-z0-9+/=]+),tag:([A-Za-z0-9+/=]+),type:(\w+)\]$/;
const TAG_BYTES = 16;

/** One encrypted value: the bytes that count for the MAC, and what it means. */
export type Leaf = { readonly bytes: string; readonly value: string | number | boolean };

const meaning = (text: string, type: string): Leaf['value'] => {
  switch (type) {
    case 'int':
    case 'float':
      return Number(text);
    case 'bool':
      return text === 'True';
    case 'str':
    case 'bytes':
    case 'time':
      return text;
    default:
      throw new SopsError(`it holds a value of type "${type}"`);
  }
};

/** @param place the path, as sops binds it into each value. @throws SopsError */
export const decryptValue = (text: string, dataKey: Uint8Array, place: string, name: string): Leaf => {
  // sops leaves an empty text as it is.
  if (text === '') return { bytes: '', value: '' };
  const [, data, iv, tag, type] = ENCRYPTED.exec(text) ?? [];
  if (data === undefined || iv === undefined || tag === undefined || type === undefined)
    throw new SopsError(`${name} is not encrypted, although it should be`);
  const sealedTag = Buffer.from(tag, 'base64');
  if (sealedTag.length !== TAG_BYTES) throw new SopsError(`${name} was changed after it was encrypted`);
  let bytes: string;
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKey, Buffer.from(iv, 'base64'), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealedTag);
    bytes = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    throw new SopsError(`${name} was changed after it was encrypted`);
  }
  return { bytes, value: meaning(bytes, type) };
};

/** A value that stands in clear, as sops writes it into the MAC. @throws SopsError */
export const clearValue = (value: unknown, name: string): Leaf => {
  if (typeof value === 'string') return { bytes: value, value };
  if (typeof value === 'bigint') return { bytes: String(value), value: Number(value) };
  if (typeof value === 'boolean') return { bytes: value ? 'True' : 'False', value };
  // Go writes 1e21 out in full, JavaScript does not.
  if (typeof value === 'number' && !/[^\d.-]/.test(String(value))) return { bytes: String(value), value };
  throw new SopsError(`${name} holds something that only the sops program reads`);
};
