/** Node loads sources and tests as `npm start` does; jest finds, runs and tells them. */
export default {
  runtime: '<rootDir>/test/jest/native-runtime.mjs',
  testEnvironment: '<rootDir>/test/jest/native-environment.mjs',
  testRunner: '<rootDir>/test/jest/circus-in-virtual-time.mjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {},
  globalSetup: '<rootDir>/test/postgres/global-setup.mjs',
  globalTeardown: '<rootDir>/test/postgres/global-teardown.mjs',
  testSequencer: '<rootDir>/test/sequencer.mjs',
  testTimeout: 60_000,
  maxWorkers: 4,
};
