import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import JestRuntime from 'jest-runtime';
import { byMachineTime } from '../time/time.ts';
import { useGlobals } from './globals.mjs';

const GLOBALS = new URL('./globals.mjs', import.meta.url).href;
const require = createRequire(import.meta.url);

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
});

let loaded = 0;

/**
 * Lets Node load the tests and all that they import, once for every file that a worker runs. jest's own runtime loads all of
 * it anew for each test file (a quarter of the processor time of a whole run) in a second set of built-ins, to which an
 * array or an error that Node made is a stranger. What it is for, replacing modules, no test here uses.
 * (The package jest-light-runner does the same, without limits of time, `test.concurrent` and names of nested snapshots.)
 */
export default class NativeRuntime extends JestRuntime {
  unstable_shouldLoadAsEsm(path) {
    return path.endsWith('.ts') || super.unstable_shouldLoadAsEsm(path);
  }

  requireInternalModule(path) {
    // What it remembers is one test file's.
    delete require.cache[path];
    // And a test that hangs is ended by the machine's time.
    return byMachineTime(() => require(path));
  }

  unstable_importModule(path) {
    useGlobals(this.requireModuleOrMock(path, '@jest/globals'));
    // The file itself runs anew each time, e.g. in watch mode.
    loaded += 1;
    return import(`${pathToFileURL(path)}?${loaded}`);
  }
}
