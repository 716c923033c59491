let current = {};

/** Those of the test file that runs now. */
export const useGlobals = (globals) => {
  current = globals;
};

/** Files that several tests import are loaded once, and mean the test that runs when they call. */
const ofCurrentFile = (name) =>
  new Proxy(() => undefined, {
    apply: (_target, _self, args) => current[name](...args),
    get: (_target, key) => current[name][key],
  });

export const afterAll = ofCurrentFile('afterAll');
export const afterEach = ofCurrentFile('afterEach');
export const beforeAll = ofCurrentFile('beforeAll');
export const beforeEach = ofCurrentFile('beforeEach');
export const describe = ofCurrentFile('describe');
export const expect = ofCurrentFile('expect');
export const jest = ofCurrentFile('jest');
export const test = ofCurrentFile('test');
