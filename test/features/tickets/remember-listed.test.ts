import { expect, test } from '@jest/globals';
import { rememberingListed } from '../../../src/features/tickets/find-ticket.ts';
import type { Caller, SyncroReads } from '../../../src/syncro/ports.ts';
import type { KnownTicket } from '../../../src/syncro/ticket.ts';
import { aTicket } from '../../runs/rules/a-ticket.ts';
import { aKey } from '../../syncro/scripted-syncro.ts';

test.each([
  ['person', 1],
  ['background', 0],
] as const)('the tickets of a list that is read for a %s are remembered: %d', async (lane, count) => {
  const caller: Caller = { key: aKey('howards-key'), lane };
  const page = { rows: [{ ...aTicket(), customerReply: false }], page: 1, totalPages: 1 };
  const reads: Pick<SyncroReads, 'tickets'> = { tickets: () => Promise.resolve(page) };
  const remembered: KnownTicket[] = [];
  const rememberAll = (tickets: readonly KnownTicket[]) => {
    remembered.push(...tickets);
    return Promise.resolve();
  };
  expect(await rememberingListed(reads, { rememberAll }).tickets(caller, {})).toBe(page);
  expect(remembered).toHaveLength(count);
});
