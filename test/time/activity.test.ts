import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';

test('no time passes while a key is made in Node’s pool', async () => {
  const rsa = { name: 'RSA-OAEP', modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
  const made = crypto.subtle.generateKey(rsa, false, ['encrypt', 'decrypt']).then(() => 'made');
  expect(await Promise.race([made, sleep(60_000, 'late')])).toBe('made');
});
