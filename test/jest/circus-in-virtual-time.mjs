import { createRequire } from 'node:module';
import { enterVirtualTime, leaveVirtualTime } from '../time/time.ts';

const { default: circus } = createRequire(import.meta.url)('jest-circus/runner');

/** jest's own way of running a test file, in a time that passes when everybody waits for it. */
export default async (...args) => {
  const [, , environment] = args;
  enterVirtualTime(environment.time);
  try {
    return await circus(...args);
  } finally {
    leaveVirtualTime();
  }
};
