import { expect, test } from '@jest/globals';
import { countTests } from './shared-module.ts';

// Its twin says the same: `npm run jest -- test/jest -i` runs both in one process.
const count = countTests();

test('what several files of a worker import is loaded once', () => {
  expect(globalThis.loads).toBe(1);
});

test('and its hooks are those of the file that asks for them', () => {
  expect(count()).toBe(2);
});
