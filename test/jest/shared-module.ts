import { beforeEach } from '@jest/globals';

declare global {
  var loads: number | undefined;
}

/** How often this process has loaded this file. */
globalThis.loads = (globalThis.loads ?? 0) + 1;

/** For whichever file calls it. @returns how often its hook ran */
export const countTests = (): (() => number) => {
  let count = 0;
  beforeEach(() => {
    count += 1;
  });
  return () => count;
};
