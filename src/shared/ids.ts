import { randomBytes, randomInt } from 'node:crypto';
import { currentRef } from './request-context.ts';
import type { Ids } from './system.ts';

/** Crockford's base 32: no I, L, O, U, so a reference can be read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const REF_LENGTH = 6;

export const randomIds: Ids = {
  id: () => randomBytes(12).toString('base64url'),
  // One press, one reference: what it starts and what it fails with are found by the same word.
  ref: () => currentRef() ?? Array.from({ length: REF_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
};
