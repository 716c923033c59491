import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { TEST_CACHE } from '../compile-cache.ts';

const BUNDLES = join(TEST_CACHE, 'bundles');

const make = (): string => {
  const made = buildSync({
    entryPoints: ['test/crash/app.ts'],
    write: false,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'cjs',
    target: `node${process.versions.node}`,
    external: ['better-sqlite3', 'pg-native'],
    define: { 'import.meta.url': 'url' },
    banner: { js: '((require, url) => {' },
    footer: { js: '})' },
    logLevel: 'error',
  });
  const { contents } = made.outputFiles[0] ?? { contents: new Uint8Array() };
  // Under its hash: V8 tells by the length alone whether what it compiled belongs to a source.
  const name = `${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.js`;
  const file = join(BUNDLES, name);
  if (existsSync(file)) return file;
  mkdirSync(BUNDLES, { recursive: true });
  for (const old of readdirSync(BUNDLES)) if (!old.startsWith(name)) rmSync(join(BUNDLES, old), { force: true });
  const own = `${file}-${process.pid}`;
  writeFileSync(own, contents);
  // Nobody may find half of it.
  renameSync(own, file);
  return file;
};

let made: string | null = null;

/**
 * What Node runs to start `app.ts` with all that it imports, as one file: finding 600 files costs a start of the app half
 * of its processor time, and the crash tests make 200 starts. The tests of `npm start` start what is in `src`.
 */
export const bundledApp = (): readonly string[] => {
  made ??= make();
  return [join('test', 'crash', 'start-bundle.cjs'), made];
};
