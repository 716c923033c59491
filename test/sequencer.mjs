import Sequencer from '@jest/test-sequencer';

/** These keep the processor busy; the others mostly wait. */
const BUSY = /\/test\/(crash|copies|e2e\/page|sandbox\/(picture|soak))\//;
const OTHERS_BETWEEN = 2;

/** The longest first, as jest does when it knows; but the busy ones neither all at the same time nor last. */
export default class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const busy = sorted.filter(({ path }) => BUSY.test(path));
    const others = sorted.filter(({ path }) => !BUSY.test(path));
    return [
      ...busy.flatMap((test, i) => [test, ...others.slice(i * OTHERS_BETWEEN, (i + 1) * OTHERS_BETWEEN)]),
      ...others.slice(busy.length * OTHERS_BETWEEN),
    ];
  }
}
