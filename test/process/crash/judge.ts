import { expect } from '@jest/globals';
import type { SeenMessage, SlackSandbox } from '../../../sandbox/slack/slack.ts';
import type { SyncroSandbox } from '../../../sandbox/syncro/start-syncro.ts';
import { SAMPLE_COMMENT } from '../../features/bill/bill-steps.ts';
import { billedOnce, effectsOn } from './effects.ts';

const HOWARD = 1750;

type Sandboxes = { readonly slack: SlackSandbox; readonly syncro: SyncroSandbox };

/** #32164 was billed exactly once, all of it by Howard, and its message says so. */
export const expectBilledOnce = ({ slack, syncro }: Sandboxes, receipt: SeenMessage, mails = 0): void => {
  expect(effectsOn(syncro.state, 32164, SAMPLE_COMMENT)).toEqual(billedOnce(SAMPLE_COMMENT, HOWARD));
  expect(syncro.state.outbox).toHaveLength(mails);
  expect(syncro.requests.filter(({ technician }) => technician !== HOWARD)).toEqual([]);
  expect(receipt.raw.text).toMatch(/^Billed #32164 · \$112\.50 · invoice #70000\. Sent once, confirmed\.$/);
  expect(receipt.text.match(/Sent once, confirmed\./g)).toHaveLength(1);
  expect(slack.problems).toEqual([]);
};
