import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../sandbox/syncro/faults.ts';
import { startWorld } from '../../../sandbox/world.ts';
import { emptyJournal } from '../../empty-journal.ts';
import { startBilling } from '../../features/bill/bill-steps.ts';
import { quickConfig } from '../../world/quick-config.ts';
import { sends } from './effects.ts';
import { expectBilledOnce } from './judge.ts';
import { PORTAL, WRITES } from './steps.ts';

/** Was the write committed by the request that the fault hit? Then it must not be sent again. */
const FAULTS: ReadonlyArray<readonly [string, Fault, boolean]> = [
  ['a connection cut before the write', { kind: 'cut-before' }, false],
  ['a connection cut after the write', { kind: 'cut-after' }, true],
  ['HTTP 500 before the write', { kind: '500-before' }, false],
  ['HTTP 500 after the write', { kind: '500-after' }, true],
  ['a page of HTML for an answer', { kind: 'html' }, true],
  ['an empty answer', { kind: 'empty' }, true],
  ["a proxy's 502", { kind: 'garbage-before' }, false],
  ['half an answer', { kind: 'truncated' }, true],
  ['a 429', { kind: '429', retryAfter: 1 }, false],
  ['a write that lands after its connection was cut', { kind: 'late', delayMs: 500 }, true],
  ['no answer and no write', { kind: 'hang' }, false],
  ['no answer to a write that landed', { kind: 'hang', committed: true }, true],
];

describe.each(WRITES)('at $step the bill ends as without a fault, exactly once, after', (write) => {
  test.each(FAULTS)('%s', async (_words, fault, committed) => {
    const world = await startWorld({
      // A write that lands late does so half a second after its connection was cut: well before this is over.
      config: quickConfig({ timeout: 1.5, settle: 3 }),
      syncro: { data: 'tiny' },
      journal: await emptyJournal(),
    });
    try {
      const howard = world.slack.person('U012HOWARD');
      world.syncro.fault({ ...fault, method: write.method, path: write.path });
      await startBilling(howard, 32164, { audience: PORTAL });
      const receipt = await howard.message(/Sent once, confirmed/);
      expectBilledOnce(world, receipt);
      // A change of the status may be repeated: the second changes nothing.
      const again = fault.kind === 'late' && write.step === 'ticket_update';
      if (!again) expect(sends(world.syncro, write)).toBe(committed ? 1 : 2);
      expect(howard.dm()).toHaveLength(1);
    } finally {
      await world.close();
    }
  });
});
