import { statfsSync } from 'node:fs';

/** Room for two Postgres servers and more files than all tests make. */
const SCRATCH_BYTES = 2 ** 31;

/** A disk takes most of the time that small databases take; where memory can be had as a folder, files go there. */
const scratchFolder = () => {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= SCRATCH_BYTES ? '/dev/shm' : undefined;
  } catch {
    return undefined;
  }
};
const scratch = scratchFolder();
if (scratch !== undefined) process.env.TMPDIR ??= scratch;

/** Starts a process, or needs the Postgres that the tests start. `test/jest/projects.test.ts` finds what is missing here. */
const PROCESS = '**/test/process/**/*.test.ts';
/** Speaks HTTP inside of the test's own process: the whole app between the stand-ins, a part of it, or a stand-in. */
const E2E = '**/*.e2e.test.ts';

/** Node loads sources and tests as `npm start` does; jest finds, runs and tells them. */
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  runtime: '<rootDir>/test/jest/native-runtime.mjs',
  testEnvironment: '<rootDir>/test/jest/native-environment.mjs',
  testRunner: '<rootDir>/test/jest/circus-in-virtual-time.mjs',
  roots: ['<rootDir>/test'],
  transform: {},
  ...more,
});

export default {
  projects: [
    project('unit', ['**/*.test.ts', `!${E2E}`, `!${PROCESS}`]),
    project('e2e', [E2E]),
    project('process', [PROCESS], {
      globalSetup: '<rootDir>/test/process/postgres/global-setup.mjs',
      globalTeardown: '<rootDir>/test/process/postgres/global-teardown.mjs',
    }),
  ],
  // Against a hang only: no test is judged by how long it takes.
  testTimeout: 600_000,
  testSequencer: '<rootDir>/test/sequencer.mjs',
  // A worker that leaks must be told from one that is slow to go because the machine is busy.
  workerGracefulExitTimeout: 10_000,
  // One more than there are cores: tests of processes wait for a process or a disk for a sixth of their time.
  maxWorkers: 3,
};
