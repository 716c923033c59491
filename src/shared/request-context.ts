import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomInt } from 'node:crypto';
import type { Ids, InRequest } from './system.ts';

const storage = new AsyncLocalStorage<string>();

/** The reference of the request or run that is being worked on; every line of the log carries it, people see it. */
export const currentRef = (): string | undefined => storage.getStore();

export const inRequest: InRequest = (ref, work) => storage.run(ref, work);

/** For what a request sets off but what is not its own work. */
export const outsideRequest = <T>(work: () => T): T => storage.exit(work);

/** Crockford's base 32: no I, L, O, U, so a reference can be read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const REF_LENGTH = 6;

export const randomIds: Ids = {
  id: () => randomBytes(12).toString('base64url'),
  // One press, one reference: what it starts and what it fails with are found by the same word.
  ref: () => currentRef() ?? Array.from({ length: REF_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
};
