import type { KeyTroubles } from './ports.ts';

/** For one process, and for tests. */
export const memoryTroubles = (): KeyTroubles => {
  const known = new Map<string, { readonly secret: string; readonly mismatch: string | null }>();
  return {
    note: (about, key, mismatch) => {
      const before = known.get(about);
      const isNews = before?.secret !== key.reveal() || (before.mismatch === null && mismatch !== null);
      if (isNews) known.set(about, { secret: key.reveal(), mismatch });
      return Promise.resolve(isNews);
    },
    mismatchOf: (about, key) => {
      const found = known.get(about);
      return Promise.resolve(found?.secret === key.reveal() ? found.mismatch : null);
    },
    clear: (about) => Promise.resolve(void known.delete(about)),
  };
};
