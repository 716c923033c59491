import { expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createRecentProducts } from '../../../src/features/bill/recent-products.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import type { Caller } from '../../../src/syncro/ports.ts';
import { ticketNumber } from '../../../src/syncro/ticket.ts';
import { aRunOn } from '../../database/contract.ts';
import { remoteProduct } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from '../../syncro/scripted-syncro.ts';

const caller: Caller = { key: aKey('howards-key'), lane: 'person' };
const ONSITE = 26_118;

const withRate = async () => {
  const clock = aManualClock();
  const runs = createRuns(await openSqlite(':memory:'));
  const syncro = { rateCents: 15_000, reads: 0 };
  const product = (_caller: Caller, id: number) => {
    syncro.reads += 1;
    const { rateCents } = syncro;
    return Promise.resolve({ ...remoteProduct, id, rateCents });
  };
  const recent = createRecentProducts({ reads: { product }, runs, clock });
  const rate = async (ticket: number, formId: string, id = remoteProduct.id) =>
    (await recent(caller, [id, id], { formId, ticketNumber: ticketNumber(ticket) })).get(id)?.rateCents;
  return { clock, runs, syncro, rate };
};

test('a labor product is read once a minute for the bills of everybody', async () => {
  const { clock, syncro, rate } = await withRate();
  await Promise.all([rate(1, 'one'), rate(2, 'two')]);
  expect(syncro.reads).toBe(1);
  await rate(3, 'three', ONSITE);
  expect(syncro.reads).toBe(2);
  clock.at += 59_999;
  await rate(4, 'four');
  expect(syncro.reads).toBe(2);
  clock.at += 1;
  await rate(5, 'five');
  expect(syncro.reads).toBe(3);
});

test('whoever looks again, in the same form or in a new one, sees the rate as it is now', async () => {
  const { syncro, rate } = await withRate();
  expect(await rate(1, 'one')).toBe(15_000);
  syncro.rateCents = 16_000;
  expect(await rate(1, 'one')).toBe(16_000);
  syncro.rateCents = 17_000;
  expect(await rate(1, 'another')).toBe(17_000);
  expect(await rate(2, 'of another ticket')).toBe(17_000);
});

test('the next bill of a ticket is no second look at the one before it', async () => {
  const { runs, syncro, rate } = await withRate();
  await rate(1, 'one');
  await runs.add(aRunOn(1, { formId: 'one' }));
  await rate(1, 'another');
  expect(syncro.reads).toBe(1);
});
