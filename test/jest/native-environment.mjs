import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { endWithRun } from './end-with-run.mjs';
import { watchOpen } from './left-open.mjs';

endWithRun();

/** The worker's own global scope instead of a context of `node:vm`. */
export default class NativeEnvironment {
  global = globalThis;
  fakeTimers = null;
  hasFailed = false;

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

  handleTestEvent({ name, test }) {
    if (name === 'hook_failure' || name === 'error' || test?.errors.length > 0) this.hasFailed = true;
  }

  async setup() {
    this.leftOpen = watchOpen();
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    // A test that failed has said more than this, and may well have left everything open.
    const left = this.hasFailed ? [] : await this.leftOpen();
    if (left.length > 0) throw new Error(`this file ends without closing what it opened: ${left.join(', ')}`);
  }
}
