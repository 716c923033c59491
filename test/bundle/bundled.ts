import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, buildSync, version } from 'esbuild';
import { realNow } from '../time/real.ts';
import { TEST_CACHE } from './quick-start.ts';

const BUNDLES = join(TEST_CACHE, 'bundles');

/** What stands beside a bundle: it is made anew when any of it has changed, which takes 2 s of processor time. */
type Made = { readonly file: string; readonly how: string; readonly from: Readonly<Record<string, number>> };

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const madeBefore = (record: string, how: string): string | null => {
  if (!existsSync(record)) return null;
  const { file, from, ...made } = JSON.parse(readFileSync(record, 'utf8')) as Made;
  const isSame = made.how === how && Object.entries(from).every(([path, at]) => changedAt(path) === at);
  return isSame && existsSync(file) ? file : null;
};

/** Another run may still start what it found here, though its sources have changed meanwhile. */
const UNUSED_MS = 3_600_000;

const removeUnused = (kind: string): void => {
  for (const each of readdirSync(BUNDLES)) {
    const path = join(BUNDLES, each);
    const isOld = changedAt(path) < realNow() - UNUSED_MS;
    if (isOld && each.startsWith(`${kind}-`)) rmSync(path, { force: true });
  }
};

const markUsed = (file: string): string => {
  const now = realNow() / 1_000;
  utimesSync(file, now, now);
  return file;
};

/** Nobody may find half of it. */
const writeWhole = (file: string, contents: string): void => {
  const own = `${file}-${process.pid}`;
  writeFileSync(own, contents);
  renameSync(own, file);
};

/** esbuild leaves them in patterns and comments; one alone lets V8 hold the whole source with two bytes a character. */
const BEYOND_ASCII = /[\u0080-\uffff]/g;
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** @returns the file */
const bundle = (entry: string, ending: string, options: BuildOptions): string => {
  const all: BuildOptions = {
    entryPoints: [entry],
    write: false,
    metafile: true,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    logLevel: 'error',
    ...options,
    external: ['better-sqlite3', 'pg-native', ...(options.external ?? [])],
  };
  const kind = basename(entry, '.ts');
  const record = join(BUNDLES, `${kind}.${ending}.json`);
  const how = JSON.stringify([version, all, escaped('é')]);
  const before = madeBefore(record, how);
  if (before !== null) return markUsed(before);
  const began = realNow();
  const made = buildSync(all);
  const contents = (made.outputFiles?.[0]?.text ?? '').replace(BEYOND_ASCII, escaped);
  // Under its hash: V8 tells by the length alone whether what it compiled belongs to a source.
  const name = `${kind}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.${ending}`;
  const file = join(BUNDLES, name);
  mkdirSync(BUNDLES, { recursive: true });
  removeUnused(kind);
  if (existsSync(file)) markUsed(file);
  else writeWhole(file, contents);
  const from = Object.fromEntries(Object.keys(made.metafile?.inputs ?? {}).map((path) => [path, changedAt(path)]));
  // What was changed meanwhile may be in it or not.
  if (Object.values(from).every((at) => at < began - 1_000))
    writeWhole(record, JSON.stringify({ file, how, from } satisfies Made));
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
 * @param shared packages that something outside of the file uses as well, and must find the same
 */
export const bundled = (entry: string, shared: readonly string[] = []): readonly string[] =>
  once(entry, () => [
    bundle(entry, 'mjs', {
      external: [...shared],
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
