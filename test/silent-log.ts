import type { Log } from '../src/shared/system.ts';

const nothing = (): void => undefined;

/** For what is not about what is logged. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
