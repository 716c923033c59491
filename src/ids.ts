import { randomBytes, randomInt } from 'node:crypto';
import type { Ids } from './app/ports.ts';

/** Crockford's base 32: no I, L, O, U, so a reference can be read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const REF_LENGTH = 6;

export const randomIds: Ids = {
  id: () => randomBytes(12).toString('base64url'),
  ref: () => Array.from({ length: REF_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
};
