import { renameSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { TEST_CACHE } from '../compile-cache.ts';

const make = (): string => {
  const file = `${TEST_CACHE}/crash-app.mjs`;
  const own = `${file}-${process.pid}`;
  buildSync({
    entryPoints: ['test/crash/app.ts'],
    outfile: own,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node}`,
    external: ['better-sqlite3', 'pg-native'],
    // Packages that are still CommonJS ask for it.
    banner: { js: "const require = process.getBuiltinModule('module').createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  // Nobody may find half of it.
  renameSync(own, file);
  return file;
};

let made: string | null = null;

/**
 * `app.ts` with all that it imports, as one file: finding 600 files costs a start of the app half of its processor time,
 * and the crash tests make 200 starts. The tests of `npm start` start what is in `src`.
 */
export const bundledApp = (): string => (made ??= make());
