import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { TEST_CACHE } from './compile-cache.ts';

const BUNDLES = join(TEST_CACHE, 'bundles');

/** @returns the file */
const bundle = (entry: string, ending: string, options: BuildOptions): string => {
  const made = buildSync({
    entryPoints: [entry],
    write: false,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    external: ['better-sqlite3', 'pg-native'],
    logLevel: 'error',
    ...options,
  });
  const { contents } = made.outputFiles?.[0] ?? { contents: new Uint8Array() };
  const kind = basename(entry, '.ts');
  // Under its hash: V8 tells by the length alone whether what it compiled belongs to a source.
  const name = `${kind}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.${ending}`;
  const file = join(BUNDLES, name);
  if (existsSync(file)) return file;
  mkdirSync(BUNDLES, { recursive: true });
  for (const old of readdirSync(BUNDLES))
    if (old.startsWith(`${kind}-`) && !old.startsWith(name)) rmSync(join(BUNDLES, old), { force: true });
  const own = `${file}-${process.pid}`;
  writeFileSync(own, contents);
  // Nobody may find half of it.
  renameSync(own, file);
  return file;
};

const made = new Map<string, readonly string[]>();

const once = (entry: string, make: () => readonly string[]): readonly string[] => {
  const args = made.get(entry) ?? make();
  made.set(entry, args);
  return args;
};

/**
 * What Node runs to start a program of ours with all that it imports, as one file: to find 600 files is half of the
 * processor time of a start. That the programs start from their sources is what the tests of `npm start` and of
 * docs/install.md show.
 */
export const bundled = (entry: string): readonly string[] =>
  once(entry, () => [
    bundle(entry, 'mjs', {
      format: 'esm',
      // Packages that are still CommonJS ask for it.
      banner: { js: "const require = process.getBuiltinModule('module').createRequire(import.meta.url);" },
    }),
  ]);

/** As `bundled`, for a program without `await` at its top: what it compiles while it runs is kept, too. */
export const bundledAndCompiled = (entry: string): readonly string[] =>
  once(entry, () => [
    join('test', 'bundle', 'start-bundle.cjs'),
    bundle(entry, 'js', {
      format: 'cjs',
      define: { 'import.meta.url': 'url' },
      banner: { js: '((require, url) => {' },
      footer: { js: '})' },
    }),
  ]);
