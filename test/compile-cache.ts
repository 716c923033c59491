import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** For the environment of processes that tests start: what one compiled the next need not, which halves a start. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: join(tmpdir(), `syncro-slack-test-cache-${userInfo().uid}`),
} as const;
