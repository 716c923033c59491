import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

type Project = { readonly displayName: string; readonly testMatch: readonly string[] };
const { default: config } = (await import(resolve('jest.config.mjs'))) as {
  readonly default: { readonly projects: readonly Project[] };
};

const files = globSync('test/**/*.test.ts');
/** As jest reads them: the last pattern that fits decides. */
const isIn = ({ testMatch }: Project, file: string): boolean =>
  testMatch.reduce((found, glob) => {
    const isNegated = glob.startsWith('!');
    return matchesGlob(file, isNegated ? glob.slice(1) : glob) ? !isNegated : found;
  }, false);
const projectsOf = (file: string): readonly string[] =>
  config.projects.filter((project) => isIn(project, file)).map(({ displayName }) => displayName);

/** What starts processes, or asks the server that the project `process` starts. */
const STARTS = /^(?:import (?!type )|\} ).*'(?:node:child_process|[^']*\/new-database\.ts)';$/m;
const STARTS_APP = /^(?:import|\}) .*\/(?:use-world|app\/app|sandbox\/world)\.ts';$/m;
const LISTENS = /\b(?:startSyncro|startSlack|startHttpServer|createServer)\(|\.listen\(/;
/** They start nothing that outlives a moment, and much loads them. */
const HARMLESS = [
  'src/features/keys/vault/sops-program.ts',
  'sandbox/picture/chromium.ts',
  'test/features/session-logs/store/files.test.ts',
];

type Source = { readonly text: string; readonly imports: readonly string[] };
const sources = new Map<string, Source>();
const read = (file: string): Source => {
  const known = sources.get(file);
  if (known) return known;
  const text = readFileSync(file, 'utf8');
  const paths = [...text.matchAll(/^(?:import|export|\}) (?!type ).*'(\.[^']*\.ts)';$/gm)].map(([, path = '']) => path);
  const source = { text, imports: paths.map((path) => join(file, '..', path)).filter((path) => existsSync(path)) };
  sources.set(file, source);
  return source;
};

/** The first of all that a file loads, itself included, that starts a process. */
const starter = (file: string): string | undefined => {
  const reached = new Set([file]);
  for (const each of reached) {
    if (HARMLESS.includes(each)) continue;
    const { text, imports } = read(each);
    if (STARTS.test(text)) return each;
    for (const path of imports) reached.add(path);
  }
  return undefined;
};

test('every test is in one project', () => {
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => projectsOf(file).length !== 1)).toEqual([]);
});

test('what starts processes or needs Postgres is in the project that says so', () => {
  const [inside, elsewhere] = [true, false].map((wanted) =>
    files.filter((file) => projectsOf(file).includes('process') === wanted),
  );
  expect(elsewhere?.flatMap((file) => (starter(file) ? [`${file}: ${starter(file)}`] : []))).toEqual([]);
  expect(inside?.map(starter)).toContain('test/process/crash/scene.ts');
});

test('no unit test starts the app or listens on a port', () => {
  const units = files.filter((file) => projectsOf(file).includes('unit') && file !== 'test/jest/projects.test.ts');
  expect(units.filter((file) => STARTS_APP.test(read(file).text) || LISTENS.test(read(file).text))).toEqual([]);
});
