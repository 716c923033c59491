import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import { createSettledTickets } from '../../../src/features/tickets/store/settled-tickets.ts';
import { NOTHING_PROMISED } from '../../../src/features/tickets/unbilled.ts';
import { createUninvoicedWatch } from '../../../src/features/tickets/watch-uninvoiced.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { Log } from '../../../src/shared/system.ts';
import type { Caller, TicketSettings } from '../../../src/syncro/ports.ts';
import { howard, mike } from '../../runs/rules/a-ticket.ts';
import { aManualClock, aQuietLog, aScriptedSyncro, someKeys } from '../../syncro/scripted-syncro.ts';

const settings: TicketSettings = { statuses: ['Resolved'], technicians: [], defaultLaborProductId: null };

/** A watch over an account without resolved tickets; `answer` is what the first request gives. */
const aWatch = async (answer: () => Promise<TicketSettings> = () => Promise.resolve(settings)) => {
  const clock = aManualClock();
  const callers: Caller[] = [];
  const syncro = { answer };
  const logged: string[] = [];
  const log: Log = { ...aQuietLog, error: (_fields, message) => void logged.push(message) };
  const { reads } = aScriptedSyncro(clock);
  const watch = createUninvoicedWatch({
    reads: {
      ...reads,
      tickets: (caller) => {
        callers.push(caller);
        return Promise.resolve({ rows: [], page: 1, totalPages: 1 });
      },
    },
    settled: createSettledTickets(await openSqlite(':memory:')),
    promised: { on: () => Promise.resolve(NOTHING_PROMISED) },
    // No memory of its own, so that each reading is seen.
    lists: { ticketSettings: () => syncro.answer() },
    clock,
    doneStatuses: ['Resolved'],
    invoiceStatus: 'Invoiced',
    identity: createIdentity({
      reads,
      keys: someKeys({ U012HOWARD: 'howards-key', U034MIKE: 'mikes-key' }),
      clock,
      sharedWrites: false,
    }),
    log,
  });
  return { watch, clock, callers, syncro, logged };
};

const nothing = { tickets: [], unread: 0, more: false };

describe('watching what is not invoiced', () => {
  test('remembers for a minute, each technician’s own, in the lane that leaves room for people', async () => {
    const { watch, clock, callers } = await aWatch();
    expect(await watch.recent(howard)).toEqual(nothing);
    await watch.recent(howard);
    expect(callers.map(({ lane, key }) => [lane, key.reveal()])).toEqual([['background', 'howards-key']]);
    await watch.recent(mike);
    expect(callers).toHaveLength(2);
    clock.at += 60_000;
    await watch.recent(howard);
    expect(callers).toHaveLength(3);
    await watch.recent(howard, true);
    expect(callers).toHaveLength(4);
  });

  test('shares a reading that is under way, however long it takes', async () => {
    const gate = Promise.withResolvers<TicketSettings>();
    const { watch, clock, callers } = await aWatch(() => gate.promise);
    const first = watch.recent(howard);
    clock.at += 10 * 60_000;
    const second = watch.recent(howard, true);
    gate.resolve(settings);
    expect(await Promise.all([first, second])).toEqual([nothing, nothing]);
    expect(callers).toHaveLength(1);
  });

  test('is there with the rest when it is quick', async () => {
    const { watch } = await aWatch();
    expect(await watch.beside(howard, Promise.resolve())).toEqual({ state: 'known', found: nothing });
  });

  test('is given two seconds more than the rest, not more', async () => {
    const gate = Promise.withResolvers<TicketSettings>();
    const { watch } = await aWatch(() => gate.promise);
    const before = performance.now();
    expect(await watch.beside(howard, Promise.resolve())).toEqual({ state: 'reading' });
    expect(performance.now() - before).toBeCloseTo(2_000, -2);
    gate.resolve(settings);
    expect(await watch.recent(howard)).toEqual(nothing);
    expect(await watch.beside(howard, Promise.resolve())).toEqual({ state: 'known', found: nothing });
  });

  test('says nothing of a failure, remembers it for a minute, and logs only bugs', async () => {
    const { watch, clock, syncro, logged } = await aWatch(() => Promise.reject(new AppError('not_allowed', 'No.')));
    expect(await watch.beside(howard, Promise.resolve())).toEqual({ state: 'failed' });
    expect(logged).toEqual([]);
    await expect(watch.recent(howard)).rejects.toMatchObject({ code: 'not_allowed' });
    syncro.answer = () => Promise.reject(new TypeError('a bug'));
    clock.at += 60_000;
    expect(await watch.beside(howard, Promise.resolve())).toEqual({ state: 'failed' });
    expect(logged).toHaveLength(1);
    syncro.answer = () => Promise.resolve(settings);
    expect(await watch.beside(howard, Promise.resolve())).toEqual({ state: 'failed' });
    clock.at += 60_000;
    expect(await watch.beside(howard, Promise.resolve())).toEqual({ state: 'known', found: nothing });
  });

  test('does not fail because the rest does', async () => {
    const { watch } = await aWatch();
    expect(await watch.beside(howard, Promise.reject(new Error('down')))).toEqual({ state: 'known', found: nothing });
  });
});
