import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createNamedCustomers } from '../../../src/features/customers/find-named-customer.ts';
import { createCustomers } from '../../../src/features/customers/store/customers.ts';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { CustomerSummary } from '../../../src/syncro/customer.ts';
import type { Caller, Page, SyncroReads } from '../../../src/syncro/ports.ts';
import { aCustomer, howard, noon } from '../../runs/rules/a-ticket.ts';
import { aManualClock, someKeys } from '../../syncro/scripted-syncro.ts';

const unasked = () => Promise.reject(new Error('asked'));

/** Pages of customers as Syncro would give them, and what it was asked for. */
const aDesk = async (pages: ReadonlyArray<readonly CustomerSummary[]>) => {
  const clock = aManualClock();
  const memory = createCustomers(await openSqlite(':memory:'));
  const asked: string[] = [];
  const reads: Pick<SyncroReads, 'customers' | 'customer' | 'me'> = {
    customers: (_caller: Caller, { query = '', page = 1 }): Promise<Page<CustomerSummary>> => {
      asked.push(query);
      return Promise.resolve({ rows: pages[page - 1] ?? [], page, totalPages: pages.length });
    },
    customer: (_caller: Caller, id: number) => Promise.resolve(aCustomer({ id, name: 'Desert Dental' })),
    me: unasked,
  };
  const identity = createIdentity({ reads, keys: someKeys({ [howard.slackUser]: 'k' }), clock, sharedWrites: false });
  return { clock, memory, asked, reads, named: createNamedCustomers({ identity, reads, memory, clock }) };
};

const west = aCustomer({ id: 1, name: 'Acme West' });
const text = { by: 'text', text: 'Acme West printer jams' } as const;

describe('whoever is meant', () => {
  test('is known at once only when the customers were ever read', async () => {
    const { named, memory, asked } = await aDesk([[west]]);
    await memory.put([west], noon);
    expect(await named.known(text)).toBeNull();
    expect(await named.known({ by: 'id', id: 1 })).toMatchObject({ match: 'one', customer: { name: 'Acme West' } });
    await memory.refreshed(noon, noon);
    expect(await named.known(text)).toMatchObject({ match: 'one', rest: 'printer jams' });
    expect(await named.known({ by: 'name', name: 'acme' })).toMatchObject({ match: 'one' });
    expect(await named.known({ by: 'id', id: 2 })).toBeNull();
    expect(asked).toEqual([]);
  });

  test('is asked for by the first word, on all its pages, and remembered', async () => {
    const { named, memory, asked } = await aDesk([[aCustomer({ id: 2, name: 'Acme East' })], [west]]);
    expect(await named.live(howard, text)).toMatchObject({ match: 'one', customer: { id: 1 }, rest: 'printer jams' });
    expect(asked).toEqual(['Acme', 'Acme']);
    expect(await memory.get(1)).toMatchObject({ name: 'Acme West' });
  });

  test('is asked for by the name in quotes, or by the id', async () => {
    const { named, asked } = await aDesk([[west]]);
    await named.live(howard, { by: 'text', text: '“Acme West” printer jams' });
    expect(asked).toEqual(['Acme West']);
    expect(await named.live(howard, { by: 'id', id: 7 })).toMatchObject({ match: 'one', customer: { id: 7 } });
  });

  test('is not known when there are more of that word than can be read: the only match may not be the only one', async () => {
    const { named } = await aDesk([[west], [], [], [], [], []]);
    expect(await named.live(howard, text)).toEqual({ match: 'too_many', rest: text.text });
  });

  test('is not known when Syncro refuses or takes too long; the text stays', async () => {
    const { named, reads } = await aDesk([[west]]);
    const began = performance.now();
    reads.customers = () => Promise.reject(new AppError('unreachable', 'gone'));
    expect(await named.live(howard, text)).toEqual({ match: 'unanswered', rest: text.text });
    reads.customers = () => new Promise(() => {});
    expect(await named.live(howard, text)).toEqual({ match: 'unanswered', rest: text.text });
    expect(performance.now() - began).toBeLessThanOrEqual(2_500);
  });
});
