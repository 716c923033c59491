import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { runInThisContext } from 'node:vm';
import { expect, test } from '@jest/globals';

test('an error of Node’s is an Error', async () => {
  expect(() => readFileSync('/none')).toThrow(Error);
  expect(await readFile('/none').catch((error: unknown) => error)).toBeInstanceOf(Error);
});

test('what Node makes equals what a test makes', () => {
  const emitter = new EventEmitter().on('one', () => undefined);
  expect(emitter.eventNames()).toStrictEqual(['one']);
  expect(new URL('http://x.example/?a=1').searchParams.getAll('a')).toStrictEqual(['1']);
  expect(readFileSync('package.json')).toBeInstanceOf(Uint8Array);
});

test('there is one set of built-ins, for whatever loads in this process', () => {
  expect(runInThisContext('Array')).toBe(Array);
});
