import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Everything that the page may load lies below. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY = 'sandbox/page/client/main.ts';
const IMPORT = /^(?:import|export)\b[^'"]*?['"](\.[^'"]+)['"]/gm;

export type Modules = {
  readonly entry: string;
  /** By path in the project, in the order in which they are found: the page preloads them all. */
  readonly sources: ReadonlyMap<string, string>;
  /** Of all scripts together. */
  readonly bytes: number;
};

/**
 * The page's modules as a browser takes them: Node strips the types, so what runs is what stands in the files, and
 * nothing has to be bundled or kept up to date. Only what the entry reaches by its imports can be loaded.
 */
export const loadModules = (): Modules => {
  const sources = new Map<string, string>();
  const add = (path: string): void => {
    if (sources.has(path)) return;
    const plain = stripTypeScriptTypes(readFileSync(`${ROOT}${path}`, 'utf8'))
      // Types leave their room behind as blanks.
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n');
    sources.set(path, plain);
    for (const [, target = ''] of plain.matchAll(IMPORT)) add(posix.join(posix.dirname(path), target));
  };
  add(ENTRY);
  const bytes = [...sources.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { entry: ENTRY, sources, bytes };
};
