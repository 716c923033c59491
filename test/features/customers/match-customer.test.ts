import { describe, expect, test } from '@jest/globals';
import {
  matchCustomer,
  matchName,
  type Named,
  nameKey,
  splitQuoted,
} from '../../../src/features/customers/match-customer.ts';
import { fc } from '../../property.ts';

const named = (id: number, name: string, personName: string | null = null): Named => ({ id, name, personName });

const acme = named(1, 'Acme');
const west = named(2, 'Acme West', 'Wilma Reyes');
const east = named(3, 'Acme East', 'Eddie Marsh');
const lens = named(4, "Len's Auto Brokerage", 'Len Ortiz');
const cactus = named(5, '🌵 Cactus & Co 🚀', 'Kai');
const cafe = named(6, 'Café Señor Niño');
const smithTucson = named(7, 'John Smith');
const smithPhoenix = named(8, 'John Smith');
const arabic = named(9, 'شركة النور للتجارة', 'نور');
const hostile = named(10, '<!channel> & *Sons* <https://evil.example|click>', 'Mallory');
const emojiOnly = named(11, '🚀🚀');
const everybody = [acme, west, east, lens, cactus, cafe, smithTucson, smithPhoenix, arabic, hostile, emojiOnly];

const matched = (text: string, customers: readonly Named[] = everybody) => {
  const found = matchCustomer(text, customers);
  if (found.match === 'one') return [found.customer.id, found.rest];
  return found.match === 'several' ? [found.customers.map(({ id }) => id), found.rest] : ['none', found.rest];
};

describe('the customer that a text begins with', () => {
  test.each([
    ['the longest name', 'Acme West printer jams', west, 'printer jams'],
    ['a shorter one where the longer does not fit', 'Acme Westside is down', acme, 'Westside is down'],
    ['a name alone', 'acme east', east, ''],
    ['a person behind a business', 'wilma reyes called about the VPN', west, 'called about the VPN'],
    ['a name in other letters', 'CAFE SENOR NINO no power', cafe, 'no power'],
    ['a name whose accents are typed apart', 'Cafe\u0301 Sen\u0303or Nin\u0303o no power', cafe, 'no power'],
    ['a name without its apostrophe', 'lens auto brokerage scanner', lens, 'scanner'],
    ["a name with a phone's apostrophe", 'Len’s Auto Brokerage scanner', lens, 'scanner'],
    ['"and" for "&"', 'cactus and co fan loud', cactus, 'fan loud'],
    ['"&" as it is, emoji too', '🌵 Cactus & Co 🚀 fan loud', cactus, 'fan loud'],
    ['a name before a colon', 'Acme West: printer jams', west, 'printer jams'],
    ['a name before a dash', 'Acme West - printer jams', west, 'printer jams'],
    ['a name in Arabic', 'شركة النور للتجارة الطابعة', arabic, 'الطابعة'],
    [
      'a name that would mention everybody',
      '<!channel> & *Sons* <https://evil.example|click> no mail',
      hostile,
      'no mail',
    ],
  ])('is %s', (_what, text, customer, rest) => {
    expect(matched(text)).toEqual([customer.id, rest]);
  });

  test.each([
    '“Acme West” printer jams',
    '"Acme West" printer jams',
    '‘Acme West’ printer jams',
    "'acme west' printer jams",
  ])('is the one in quotes: %s', (text) => {
    expect(matched(text)).toEqual([west.id, 'printer jams']);
  });

  test('in single quotes may have an apostrophe', () => {
    expect(matched("'Len's Auto Brokerage' scanner")).toEqual([lens.id, 'scanner']);
  });

  test('in quotes is never a shorter name', () => {
    expect(matched('"Acme Westside" printer')).toEqual(['none', '"Acme Westside" printer']);
  });

  test('in quotes may be the beginning of one name, never of two', () => {
    expect(matched('"Café" no power')).toEqual([cafe.id, 'no power']);
    expect(matched('"Acme" no power')).toEqual([acme.id, 'no power']);
    expect(matched('"Acme" no power', [west, east])).toEqual([[west.id, east.id], 'no power']);
    expect(matched('"Caf" no power')).toEqual(['none', '"Caf" no power']);
  });

  test('is asked about when several are called so', () => {
    expect(matched('John Smith slow computer')).toEqual([[7, 8], 'slow computer']);
    const person = named(12, 'Smith Roofing', 'John Smith');
    expect(matched('john smith slow', [smithTucson, person])).toEqual([[7, 12], 'slow']);
  });

  test('is nobody inside a longer word, or where no name fits', () => {
    expect(matched('Acmeology printer')).toEqual(['none', 'Acmeology printer']);
    expect(matched("Len Ortiz's scanner")).toEqual(['none', "Len Ortiz's scanner"]);
    expect(matched('printer jams at Acme West')).toEqual(['none', 'printer jams at Acme West']);
    expect(matched('🚀🚀 fan')).toEqual(['none', '🚀🚀 fan']);
    expect(matched('')).toEqual(['none', '']);
  });

  test('by name alone prefers the whole name', () => {
    expect(matchName('acme', everybody)).toMatchObject({ match: 'one', customer: acme });
    expect(matchName('!!!', everybody)).toEqual({ match: 'none', rest: '' });
  });
});

test('quotes are quotes only around a name', () => {
  expect(splitQuoted('"Acme" x')).toEqual({ name: 'Acme', rest: 'x' });
  expect(splitQuoted('5" screen broken')).toBeNull();
  expect(splitQuoted('"" x')).toBeNull();
  expect(splitQuoted('"unfinished')).toBeNull();
});

const aWord = fc.stringMatching(/^[A-Za-zÀ-ÿ0-9]{1,8}$/).filter((word) => nameKey(word) !== '');
const aName = fc.array(aWord, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const someCustomers = fc
  .array(fc.tuple(aName, fc.option(aName, { nil: null })), { minLength: 1, maxLength: 12 })
  .map((names) => names.map(([name, person], i) => named(i + 1, name, person)));
const keysOf = ({ name, personName }: Named) => [nameKey(name), nameKey(personName ?? '')];

describe('whatever is typed', () => {
  test('never throws, and loses nothing but the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), someCustomers, (text, customers) => {
        const found = matchCustomer(text, customers);
        expect(text).toContain(found.rest);
        if (found.match === 'none') expect(found.rest).toBe(text.trim());
      }),
    );
  });

  test('a customer’s whole name is found, or a longer name that fits too', () => {
    fc.assert(
      fc.property(someCustomers, fc.nat(), aName, (customers, pick, subject) => {
        const wanted = customers[pick % customers.length] ?? named(0, '');
        const found = matchCustomer(`${wanted.name} ${subject}`, customers);
        expect(found.match).not.toBe('none');
        const fits = found.match === 'one' ? [found.customer] : found.match === 'several' ? found.customers : [];
        const longest = Math.max(
          ...fits
            .flatMap(keysOf)
            .filter((key) => nameKey(`${wanted.name}${subject}`).startsWith(key))
            .map((key) => key.length),
        );
        expect(longest).toBeGreaterThanOrEqual(nameKey(wanted.name).length);
      }),
    );
  });

  test('one customer is named only when nobody else has that name', () => {
    fc.assert(
      fc.property(someCustomers, aName, (customers, subject) => {
        const doubled = [...customers, ...customers.map((one) => ({ ...one, id: one.id + 1000 }))];
        expect(matchCustomer(`${customers[0]?.name} ${subject}`, doubled).match).toBe('several');
        expect(matchCustomer(`"${customers[0]?.name}" ${subject}`, doubled).match).toBe('several');
      }),
    );
  });

  test('neither case, accents, punctuation nor the order of the customers matter', () => {
    fc.assert(
      fc.property(someCustomers, fc.nat(), aName, (customers, pick, subject) => {
        const name = customers[pick % customers.length]?.name ?? '';
        const whom = (text: string, among: readonly Named[]) => {
          const found = matchCustomer(text, among);
          if (found.match === 'one') return [found.customer.id];
          return found.match === 'several' ? found.customers.map(({ id }) => id).sort((a, b) => a - b) : [];
        };
        const expected = whom(`${name} ${subject}`, customers);
        expect(whom(`${name.toUpperCase()} ${subject}`, customers)).toEqual(expected);
        expect(whom(`${name.normalize('NFD')} ${subject}`, customers)).toEqual(expected);
        expect(whom(`${name.replaceAll(' ', ' & ')} ${subject}`, customers)).toEqual(expected);
        expect(whom(`${name} ${subject}`, customers.toReversed())).toEqual(expected);
      }),
    );
  });
});
