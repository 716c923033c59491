import { stripTypeScriptTypes } from 'node:module';

const LATER = /\bimport\('(\.[^']+)'\)/g;

/** Loaded at once instead: jest refuses an import() while of tests that run side by side one has just ended. */
const loadedAtOnce = (code) => {
  const paths = [...new Set([...code.matchAll(LATER)].map(([, path]) => path))];
  const loaded = code.replace(LATER, (_, path) => `Promise.resolve(loadedAtOnce${paths.indexOf(path)})`);
  return [loaded, ...paths.map((path, i) => `import * as loadedAtOnce${i} from '${path}';`)].join('\n');
};

const process = (source) => ({ code: loadedAtOnce(stripTypeScriptTypes(source)) });
export default { process, processAsync: async (source) => process(source) };
