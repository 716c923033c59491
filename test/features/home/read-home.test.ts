import { describe, expect, test } from '@jest/globals';
import { createHomes } from '../../../src/features/home/read-home.ts';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import type { Run } from '../../../src/runs/rules/run.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { timeZoneOf } from '../../../src/shared/time-zone.ts';
import type { Page, TicketFilter } from '../../../src/syncro/ports.ts';
import { type TicketSummary, ticketId } from '../../../src/syncro/ticket.ts';
import { aRun } from '../../runs/rules/a-run.ts';
import { aTicket, hour, howard, minute, noon } from '../../runs/rules/a-ticket.ts';
import { aManualClock, aQuietLog, someKeys } from '../../syncro/scripted-syncro.ts';

const page = (rows: readonly TicketSummary[], totalPages = 1): Page<TicketSummary> => ({ rows, page: 1, totalPages });

const set = ({
  zone = 'America/Phoenix',
  keys = { [howard.slackUser]: 'howards-key' } as Record<string, string>,
} = {}) => {
  const clock = aManualClock();
  const asked: TicketFilter[] = [];
  const since: number[] = [];
  let checks = 0;
  const syncro = {
    fails: null as unknown,
    tickets: (_filter: TicketFilter): Page<TicketSummary> => page([aTicket()]),
    finished: [] as Run[],
  };
  const answer = <T>(value: () => T): Promise<T> =>
    syncro.fails ? Promise.reject(syncro.fails) : Promise.resolve().then(value);
  const homes = createHomes({
    reads: {
      tickets: (_caller, filter) => {
        asked.push(filter);
        return answer(() => syncro.tickets(filter));
      },
    },
    runs: {
      unfinishedOf: () => Promise.resolve([aRun({ state: 'asking' })]),
      finishedOf: (_technician, from) => {
        since.push(from);
        return Promise.resolve(syncro.finished);
      },
    },
    identity: createIdentity({
      reads: {
        me: () => {
          checks += 1;
          return answer(() => ({ userId: 1750, name: 'Howard Enos', email: null, subdomain: null }));
        },
      },
      keys: someKeys(keys),
      clock,
      sharedWrites: false,
    }),
    lists: { timeZone: () => answer(() => zone && timeZoneOf(zone)).catch(() => null) },
    timers: () => Promise.resolve([]),
    copy: { openOf: () => Promise.resolve(null) },
    doneStatuses: ['Resolved', 'Invoiced'],
    clock,
    log: aQuietLog,
  });
  return { homes, clock, asked, since, syncro, checks: () => checks };
};

describe('a technician’s page', () => {
  test('before Syncro was asked holds what the journal knows', async () => {
    const { homes, asked } = set();
    const home = await homes.known(howard);
    expect(home.runs).toHaveLength(1);
    expect(home).toMatchObject({ tickets: null, billed: null, connection: null, failure: null, isFresh: false });
    expect(asked).toEqual([]);
  });

  test('after reading holds their open tickets, newest change first, and nobody else’s', async () => {
    const { homes, syncro, asked } = set();
    const mine = aTicket();
    const newer = aTicket({ id: ticketId(2), updatedAt: noon });
    syncro.tickets = () =>
      page([
        mine,
        newer,
        aTicket({ id: ticketId(3), technicianId: 1735 }),
        aTicket({ id: ticketId(4), status: 'Resolved' }),
        mine,
      ]);
    await homes.refresh(howard);
    const { tickets, connection, isFresh } = await homes.known(howard);
    expect(tickets).toMatchObject({ rows: [newer, mine], more: false, readAt: noon });
    expect(connection).toMatchObject({ author: { name: 'Howard Enos', id: 1750 } });
    expect(isFresh).toBe(true);
    expect(asked).toEqual([{ status: 'Not Closed', technicianId: 1750, page: 1 }]);
  });

  test('reads further pages, and says when there are more than it reads', async () => {
    const { homes, syncro, asked } = set();
    syncro.tickets = ({ page: number = 1 }) => page([aTicket({ id: ticketId(number) })], 9);
    await homes.refresh(howard);
    expect((await homes.known(howard)).tickets).toMatchObject({ more: true, rows: { length: 4 } });
    expect(asked.map(({ page: number }) => number)).toEqual([1, 2, 3, 4]);
  });

  test('opened again within seconds, or several times at once, costs nothing more', async () => {
    const { homes, asked, clock, checks } = set();
    await Promise.all([homes.refresh(howard), homes.refresh(howard), homes.refresh(howard)]);
    clock.at += 19_000;
    await homes.refresh(howard);
    expect([asked.length, checks()]).toEqual([1, 1]);
    clock.at += 2_000;
    expect((await homes.known(howard)).isFresh).toBe(false);
    await homes.refresh(howard);
    expect([asked.length, checks()]).toEqual([2, 1]);
    clock.at += 10 * minute;
    await homes.refresh(howard);
    // Whose key it is does not change, so it is not asked again to be shown.
    expect([asked.length, checks()]).toEqual([3, 1]);
  });

  test('keeps what was read before when Syncro fails, and asks again a few seconds later', async () => {
    const { homes, syncro, clock, asked } = set();
    await homes.refresh(howard);
    const down = new AppError('unreachable', 'Syncro did not answer.');
    syncro.fails = down;
    clock.at += minute;
    await homes.refresh(howard);
    clock.at += 4_000;
    await homes.refresh(howard);
    expect(asked).toHaveLength(2);
    clock.at += 2_000;
    expect((await homes.known(howard)).isFresh).toBe(false);
    await homes.refresh(howard);
    expect(asked).toHaveLength(3);
    expect(await homes.known(howard)).toMatchObject({ failure: down, tickets: { readAt: noon, rows: { length: 1 } } });
    syncro.fails = null;
    clock.at += minute;
    await homes.refresh(howard);
    expect(await homes.known(howard)).toMatchObject({ failure: null, tickets: { readAt: noon + 2 * minute + 6_000 } });
  });

  test('holds also a failure that nobody expected', async () => {
    const { homes, syncro } = set();
    const bug = new Error('a bug');
    syncro.fails = bug;
    await homes.refresh(howard);
    expect(await homes.known(howard)).toMatchObject({ failure: bug, connection: { error: bug } });
  });

  test('of somebody without a key says so and asks nothing', async () => {
    const { homes, asked, checks } = set({ keys: {} });
    await homes.refresh(howard);
    const home = await homes.known(howard);
    expect(home.connection).toMatchObject({ error: { code: 'no_key' } });
    expect(home.failure).toMatchObject({ code: 'no_key' });
    expect([asked.length, checks()]).toEqual([0, 0]);
  });

  test.each([
    ['America/Phoenix', noon - 5 * hour, 'America/Phoenix'],
    ['Somewhere/Else', noon - 12 * hour, 'UTC'],
  ])('counts the day from midnight in %s', async (zone, midnight, used) => {
    const { homes, since, syncro } = set({ zone });
    syncro.finished = [aRun({ state: 'done' }), aRun({ state: 'done' })];
    await homes.refresh(howard);
    const { billed } = await homes.known(howard);
    expect(since).toEqual([midnight]);
    expect(billed).toEqual({ bills: 2, quantityHundredths: 150, cents: 22_500, laterCents: 0, timeZone: used });
  });

  test('counts the day in UTC when Syncro was never reached, and in the account’s zone once it was', async () => {
    const { homes, since, syncro, clock } = set();
    syncro.fails = new AppError('unreachable', 'down');
    await homes.refresh(howard);
    expect((await homes.known(howard)).billed).toMatchObject({ bills: 0, timeZone: 'UTC' });
    syncro.fails = null;
    clock.at += minute;
    await homes.refresh(howard);
    await homes.known(howard);
    expect(since).toEqual([noon - 12 * hour, noon - 5 * hour]);
  });
});
