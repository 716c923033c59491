import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createCustomerCache } from '../../../src/features/customers/customer-cache.ts';
import { createCustomers } from '../../../src/features/customers/store/customers.ts';
import type { Keys } from '../../../src/features/keys/ports.ts';
import { inRequest } from '../../../src/shared/request-context.ts';
import type { Log } from '../../../src/shared/system.ts';
import type { CustomerSummary } from '../../../src/syncro/customer.ts';
import type { Caller, Page } from '../../../src/syncro/ports.ts';
import { aLogOfRefs } from '../../log-of-refs.ts';
import { aCustomer, hour, howard, mike, minute, noon } from '../../runs/rules/a-ticket.ts';
import { aManualClock, aQuietLog, someKeys } from '../../syncro/scripted-syncro.ts';

const HOWARDS = { [howard.slackUser]: 'howards-key' };

/** A Syncro with so many pages of one customer each; every page's request is noted. */
type Office = { readonly pages?: number; readonly keys?: Keys; readonly log?: Log };

const anOffice = async ({ pages = 3, keys = someKeys(HOWARDS), log = aQuietLog }: Office = {}) => {
  const clock = aManualClock();
  const memory = createCustomers(await openSqlite(':memory:'));
  const asked: Array<{ page: number; lane: string; key: string }> = [];
  const syncro = { pages, failOn: 0, hold: Promise.resolve() };
  const reads = {
    customers: async ({ key, lane }: Caller, { page = 1 }: { page?: number }): Promise<Page<CustomerSummary>> => {
      asked.push({ page, lane, key: key.reveal() });
      await syncro.hold;
      if (page === syncro.failOn) throw new Error('gone');
      return { rows: [aCustomer({ id: page, name: `Customer ${page}` })], page, totalPages: syncro.pages };
    },
  };
  const cache = createCustomerCache({ keys, reads, memory, clock, log });
  const known = async () => (await memory.recent(500)).map(({ id }) => id).sort((a, b) => a - b);
  return { cache, memory, clock, asked, syncro, known };
};

describe('the customers', () => {
  test('are read page by page in the background, and it is noted when', async () => {
    const { cache, memory, asked, known } = await anOffice();
    cache.freshen(howard);
    await cache.settled();
    expect(asked).toEqual([1, 2, 3].map((page) => ({ page, lane: 'background', key: 'howards-key' })));
    expect(await known()).toEqual([1, 2, 3]);
    expect(await memory.refreshedAt()).toBe(noon);
  });

  test('are read with the shared key where there is one', async () => {
    const { cache, asked } = await anOffice({ pages: 1, keys: someKeys({ ...HOWARDS, shared: 'shared-key' }) });
    cache.freshen(howard);
    await cache.settled();
    expect(asked.map(({ key }) => key)).toEqual(['shared-key']);
  });

  test('are not read by anybody without a key; at the start with the first key that there is', async () => {
    const { cache, asked } = await anOffice({ pages: 1 });
    cache.freshen(mike);
    await cache.settled();
    expect(asked).toEqual([]);
    cache.warm([mike, howard]);
    await cache.settled();
    expect(asked.map(({ key }) => key)).toEqual(['howards-key']);
  });

  test('are read for everybody: what is said of it carries the reference of nobody who typed', async () => {
    const { log, refs } = aLogOfRefs();
    const { cache, syncro } = await anOffice({ log });
    syncro.failOn = 2;
    inRequest('TYPED1', () => cache.freshen(howard));
    await cache.settled();
    expect(refs('the customers could not be read; those known before stay')).toEqual([undefined]);
  });

  test('are read by one at a time', async () => {
    const { cache, asked, syncro } = await anOffice({ pages: 1 });
    const held = Promise.withResolvers<void>();
    syncro.hold = held.promise;
    for (let i = 0; i < 5; i++) cache.freshen(howard);
    held.resolve();
    await cache.settled();
    expect(asked).toHaveLength(1);
  });

  test('are read again after 10 minutes by whoever asks, at the start only after 12 hours', async () => {
    const { cache, clock, asked } = await anOffice({ pages: 1 });
    const times = async () => {
      await cache.settled();
      return asked.length;
    };
    cache.freshen(howard);
    expect(await times()).toBe(1);
    clock.at += 10 * minute - 1;
    cache.freshen(howard);
    expect(await times()).toBe(1);
    clock.at += 1;
    cache.freshen(howard);
    expect(await times()).toBe(2);
    clock.at += 12 * hour - 1;
    cache.warm([howard]);
    expect(await times()).toBe(2);
    clock.at += 1;
    cache.warm([howard]);
    expect(await times()).toBe(3);
  });

  test('that are gone are forgotten, and stay when the reading fails half-way', async () => {
    const { cache, clock, syncro, memory, known } = await anOffice();
    cache.freshen(howard);
    await cache.settled();
    clock.at += hour;
    Object.assign(syncro, { pages: 2, failOn: 2 });
    cache.freshen(howard);
    await cache.settled();
    expect(await known()).toEqual([1, 2, 3]);
    expect(await memory.refreshedAt()).toBe(noon);
    clock.at += 2 * minute;
    syncro.failOn = 0;
    cache.freshen(howard);
    await cache.settled();
    expect(await known()).toEqual([1, 2]);
  });

  test('are not asked for again at once when that failed', async () => {
    const { cache, clock, syncro, asked } = await anOffice();
    syncro.failOn = 1;
    cache.freshen(howard);
    await cache.settled();
    cache.freshen(howard);
    await cache.settled();
    expect(asked).toHaveLength(1);
    clock.at += minute;
    cache.freshen(howard);
    await cache.settled();
    expect(asked).toHaveLength(2);
  });

  test('of very many pages are read as far as 100, and nobody is forgotten then', async () => {
    const { cache, clock, syncro, asked, known } = await anOffice({ pages: 1 });
    cache.freshen(howard);
    await cache.settled();
    clock.at += hour;
    Object.assign(syncro, { pages: 250 });
    cache.freshen(howard);
    await cache.settled();
    expect(asked).toHaveLength(101);
    expect(await known()).toHaveLength(100);
  });

  test('that arrive after the app began to stop are dropped', async () => {
    const { cache, syncro, known } = await anOffice({ pages: 1 });
    const held = Promise.withResolvers<void>();
    syncro.hold = held.promise;
    cache.freshen(howard);
    cache.stop();
    held.resolve();
    await cache.settled();
    expect(await known()).toEqual([]);
  });
});
