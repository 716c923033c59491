import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** The worker's own global scope instead of a context of `node:vm`. */
export default class NativeEnvironment {
  global = globalThis;
  fakeTimers = null;

  /** @param docblockPragmas `@time machine` at the head of a file: its time is the machine's */
  constructor({ projectConfig }, { docblockPragmas }) {
    this.time = docblockPragmas.time === 'machine' ? 'machine' : 'virtual';
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
  }
}
