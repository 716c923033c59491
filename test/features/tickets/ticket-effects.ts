import { expect } from '@jest/globals';
import type { TicketRow } from '../../../sandbox/syncro/rows.ts';
import type { World } from '../../../sandbox/world.ts';

/** Throws for a number that the account doesn't have. */
export const ticketByNumber = ({ syncro }: World, number: number): TicketRow => {
  const found = syncro.state.tickets.find((ticket) => ticket.number === number);
  if (!found) throw new Error(`no ticket #${number}`);
  return found;
};

/** Everything that was written to Syncro: `POST /tickets/108443837/comment`. */
export const writes = ({ syncro }: World): readonly string[] =>
  syncro.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

/** How many of each thing the account holds now. */
export const countAll = ({ syncro: { state } }: World) => ({
  comments: state.comments.length,
  lines: state.lines.length,
  invoices: state.invoices.length,
  mails: state.outbox.length,
});

type Counts = ReturnType<typeof countAll>;

export const addedSince = (world: World, before: Counts): Counts => {
  const now = countAll(world);
  return {
    comments: now.comments - before.comments,
    lines: now.lines - before.lines,
    invoices: now.invoices - before.invoices,
    mails: now.mails - before.mails,
  };
};

/** What exactly one bill with an emailed comment leaves behind. */
export const ONE_BILL: Counts = { comments: 1, lines: 1, invoices: 1, mails: 1 };
export const NOTHING: Counts = { comments: 0, lines: 0, invoices: 0, mails: 0 };

export const statusOf = (world: World, number: number): string => ticketByNumber(world, number).status;

/** The ticket was billed exactly once, and finished. */
export const expectBilledOnce = (world: World, number: number, before: Counts): void => {
  expect(addedSince(world, before)).toEqual(ONE_BILL);
  expect(statusOf(world, number)).toBe('Invoiced');
};
