import { expect } from '@jest/globals';
import type { SeenMessage, SlackSandbox } from '../../src/sandbox/slack/slack.ts';
import type { SyncroSandbox } from '../../src/sandbox/syncro/start-syncro.ts';
import type { SyncroState } from '../../src/sandbox/syncro/state.ts';
import { SAMPLE_COMMENT } from '../e2e/bill-steps.ts';
import type { WriteStep } from './steps.ts';

const HOWARD = 1750;

/** Who made what of a bill on this ticket, and where it hangs; what the sample account had before is left out. */
export const effectsOn = (state: SyncroState, number: number, comment: string) => {
  const ticket = state.tickets.find((row) => row.number === number);
  const invoices = state.invoices.filter(({ ticket_id }) => ticket_id === ticket?.id);
  const newest = invoices.at(-1);
  return {
    comments: state.comments
      .filter(({ ticket_id, body }) => ticket_id === ticket?.id && body === comment)
      .map(({ user_id }) => user_id),
    lines: state.lines
      .filter(({ ticket_id, description }) => ticket_id === ticket?.id && description === comment)
      .map(({ user_id, quantity, invoice_id }) => ({ by: user_id, quantity, onInvoice: invoice_id === newest?.id })),
    invoices: invoices.map(({ id, user_id }) => ({
      by: user_id,
      lines: state.invoiceLines.filter(({ invoice_id }) => invoice_id === id).map(({ name }) => name),
    })),
    status: ticket?.status,
  };
};

/** What one bill of 45 minutes leaves on a ticket that had no lines and no invoices. */
export const billedOnce = (comment: string, by: number) => ({
  comments: [by],
  lines: [{ by, quantity: 0.75, onInvoice: true }],
  invoices: [{ by, lines: [comment] }],
  status: 'Invoiced',
});

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

export const sends = ({ requests }: SyncroSandbox, { method, path }: WriteStep): number =>
  requests.filter((each) => each.method === method && path.test(each.path)).length;
