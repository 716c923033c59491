import { describe, expect, test } from '@jest/globals';
import type { CustomerMemory } from '../../../../src/features/customers/ports.ts';
import { createCustomers } from '../../../../src/features/customers/store/customers.ts';
import type { CustomerSummary } from '../../../../src/syncro/customer.ts';
import { eachTest, type NewStore } from '../../../database/contract.ts';
import { expectTimesAsLong } from '../../../growth.ts';
import { hour, noon } from '../../../runs/rules/a-ticket.ts';

const aSummary = (id: number, name: string, fields: Partial<CustomerSummary> = {}): CustomerSummary => ({
  id,
  name,
  personName: null,
  email: null,
  phone: null,
  city: null,
  ...fields,
});

const acmeWest = aSummary(4, 'Acme West', {
  personName: 'Wilma Reyes',
  email: 'office@west.example',
  phone: '(520) 555-0004',
});
const acmeEast = aSummary(5, 'Acme East', { personName: 'Eddie Marsh', city: 'Phoenix' });
const westside = aSummary(6, 'Westside Acme Realty', { phone: '5205550006' });
const lens = aSummary(3, "Len's Café & Auto", { personName: 'Len Ortiz', city: 'Tucson' });
const percent = aSummary(7, '100% _Real_ Estate');
const nine = aSummary(8, 'Route 66 Diner', { phone: '6025550066' });
/** Found by a part of a word only, and before the others in the alphabet. */
const pacme = aSummary(9, 'Pacme Pools', { city: 'Mesa' });
const everybody = [westside, acmeWest, acmeEast, lens, percent, nine, pacme];

const ids = (customers: readonly CustomerSummary[]) => customers.map(({ id }) => id);

/**
 * What is kept of the customers, whatever the engine.
 * @param newBeside a store that leaves the first one alone
 */
export const customersContract = (newStore: NewStore, newBeside = newStore): void => {
  describe('customers', () => {
    const { open } = eachTest(newStore);
    const filled = async (): Promise<CustomerMemory> => {
      const customers = createCustomers(await open());
      await customers.put(everybody, noon);
      return customers;
    };

    test('come back as they were put, also for another process, without what is not kept', async () => {
      const customers = await filled();
      expect(await createCustomers(await open()).get(4)).toEqual(acmeWest);
      expect(await customers.get(99)).toBeNull();
      const rich = { ...acmeEast, portal: 'secret-portal-key' };
      await customers.put([rich], noon);
      expect(await customers.get(5)).toEqual(acmeEast);
    });

    test.each([
      ['names that begin with it first, then words that do, then the rest', 'acme', [5, 4, 6, 9]],
      ['a part of a word', 'cme', [5, 4, 9, 6]],
      ['every word, in any order', 'west acme', [4, 6]],
      ['the person behind a business', 'wilma', [4]],
      ['email addresses', 'office@west.example', [4]],
      ['cities', 'tucson', [3]],
      ['accents, apostrophes and case aside', 'LENS cafe', [3]],
      ['an apostrophe as a phone types it', 'Len’s', [3]],
      ['phone numbers however they are written', '520-555-0004', [4]],
      ['a part of a phone number', '520-555', [4, 6]],
      ['a phone number with its country code', '+1 (520) 555 0006', [6]],
      ['digits in a name and in a phone number', '66', [8]],
      ['a name and digits', 'acme 0006', [6]],
      ['LIKE’s own characters as nothing special', '100% _real_', [7]],
      ['nothing for a word that nobody has', 'acme zebra', []],
      ['nothing for what is no word', '%', []],
      ['nothing for an underscore', '____', []],
    ])('are found by %s', async (_what, query, found) => {
      expect(ids(await (await filled()).search(query, 50))).toEqual(found);
    });

    test('are given as far as asked for', async () => {
      expect(ids(await (await filled()).search('acme', 2))).toEqual([5, 4]);
    });

    test('used last come first, then the alphabet, also after they were read again', async () => {
      const customers = await filled();
      expect(ids(await customers.recent(3))).toEqual([7, 5, 4]);
      await customers.used(3, noon);
      await customers.used(6, noon + 1);
      await customers.put(everybody, noon + hour);
      expect(ids(await customers.recent(4))).toEqual([6, 3, 7, 5]);
    });

    test('whose name a text begins with are all given, and those whose name begins with it', async () => {
      const customers = await filled();
      expect(ids(await customers.namesakes('acme-WEST printer jams'))).toEqual([4]);
      expect(ids(await customers.namesakes('acme')).toSorted((a, b) => a - b)).toEqual([4, 5]);
      expect(ids(await customers.namesakes('len ortiz called'))).toEqual([3]);
      expect(ids(await customers.namesakes('lens cafe and auto: scanner'))).toEqual([3]);
      expect(ids(await customers.namesakes('%'))).toEqual([]);
      expect(ids(await customers.namesakes('printer'))).toEqual([]);
    });

    test('are renewed, and forgotten when a whole reading did not see them', async () => {
      const customers = await filled();
      expect(await customers.refreshedAt()).toBeNull();
      await customers.put([{ ...acmeWest, name: 'Acme Best' }], noon + hour);
      await customers.refreshed(noon + 2 * hour, noon + hour);
      expect(await customers.refreshedAt()).toBe(noon + 2 * hour);
      expect((await customers.recent(10)).map(({ name }) => name)).toEqual(['Acme Best']);
      expect(ids(await customers.search('west', 10))).toEqual([4]);
      expect(ids(await customers.search('acme west', 10))).toEqual([4]);
      expect(ids(await customers.namesakes('acme west'))).toEqual([]);
    });

    test('are not forgotten when not all could be read', async () => {
      const customers = await filled();
      await customers.put([acmeWest], noon + hour);
      await customers.refreshed(noon + hour, null);
      expect(await customers.recent(10)).toHaveLength(everybody.length);
    });

    const many = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        aSummary(i + 1, `Customer ${i} of Tucson ${i % 7}`, {
          phone: `520${String(i).padStart(7, '0')}`,
          email: `c${i}@x.example`,
        }),
      );

    test('of 5,000 are searched by one statement that gives no more than is asked for, and matched', async () => {
      const db = await open();
      const asked: number[] = [];
      const customers = createCustomers(
        db.withPlugin({
          transformQuery: ({ node }) => node,
          transformResult: ({ result }) => Promise.resolve(result).finally(() => asked.push(result.rows.length)),
        }),
      );
      await createCustomers(db).put(many(5_000), noon);
      expect(await customers.search('tuc', 50)).toHaveLength(50);
      expect(await customers.search('520-000', 50)).toHaveLength(50);
      expect(asked).toEqual([50, 50]);
      expect(ids(await customers.namesakes('Customer 4321 of Tucson 2 printer jams'))).toEqual([4322]);
      expect(asked).toEqual([50, 50, 1]);
    });

    test.each(['tuc', '520-000'])('four times as many are searched in about four times as long: %s', async (query) => {
      const smaller = await newBeside();
      try {
        const [all, fewer] = [createCustomers(await open()), createCustomers(await smaller.open())];
        await all.put(many(5_000), noon);
        await fewer.put(many(1_250), noon);
        expect(await all.recent(5_000)).toHaveLength(5_000);
        expect(await fewer.recent(5_000)).toHaveLength(1_250);
        await expectTimesAsLong(
          9,
          () => all.search(query, 50),
          () => fewer.search(query, 50),
        );
      } finally {
        await smaller.drop();
      }
    });
  });
};
