import { resolve } from 'node:path';

/** Beside the packages, as the app's own: what tests make once and need not make again. */
export const TEST_CACHE = resolve('node_modules/.cache/syncro-slack-tests');

/** For the environment of processes that tests start: what one compiled the next need not, which halves a start. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: `${TEST_CACHE}/compiled` } as const;
