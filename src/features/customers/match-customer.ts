import { plain } from '../../shared/name-words.ts';
import type { CustomerSummary } from '../../syncro/customer.ts';
import { uniqueById } from '../../syncro/read-pages.ts';

/** Whom a text means; never a guess. `rest` is what follows the name. */
export type CustomerMatch<C> =
  | { readonly match: 'one'; readonly customer: C; readonly rest: string }
  /** Several are called so. */
  | { readonly match: 'several'; readonly customers: readonly C[]; readonly name: string; readonly rest: string }
  | { readonly match: 'none'; readonly rest: string };

export type Named = Pick<CustomerSummary, 'id' | 'name' | 'personName'>;

/** A word of letters and digits, its accents with it. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

const keyOfWord = (word: string): string => {
  const key = plain(word).replace(/[^\p{L}\p{N}]+/gu, '');
  // "Cactus & Co" is also "Cactus and Co".
  return key === 'and' ? '' : key;
};

/** A name without anything that people type differently: case, accents, spaces, punctuation, `&`. */
export const nameKey = (name: string): string => (name.match(WORD) ?? []).map(keyOfWord).join('');

/** A name ends before white space or a mark that separates, not inside "Len's" or "Acme-West". */
const SEPARATES = /[\s,;:|]/;

/** No name is longer; every beginning of a long text would be as many texts. */
const MOST_OF_NAME = 500;

/** Every key that the text begins with, and where in the text it ends. */
const beginnings = (whole: string): ReadonlyMap<string, number> => {
  const text = whole.slice(0, MOST_OF_NAME);
  const ends = new Map<string, number>();
  let key = '';
  const words = [...text.matchAll(WORD)];
  for (const [i, word] of words.entries()) {
    key += keyOfWord(word[0]);
    const end = word.index + word[0].length;
    const next = words[i + 1]?.index ?? text.length;
    if (end === text.length || SEPARATES.test(text.slice(end, next)) || next === text.length)
      if (key !== '' && !ends.has(key)) ends.set(key, end);
  }
  return ends;
};

const namesOf = ({ name, personName }: Named): readonly string[] => [
  name,
  ...(personName === null ? [] : [personName]),
];

/** Phones type curly quotes; an apostrophe inside single ones does not end them. */
const QUOTED = /^\s*(?:["“”„«]([^"“”„«»]+)["“”»]|['‘’]((?:(?!['‘’](?:\s|$)).)+)['‘’](?=\s|$))/su;

/** A name in quotes and what follows; `null`: the text does not begin with one. */
export const splitQuoted = (text: string): { readonly name: string; readonly rest: string } | null => {
  const found = QUOTED.exec(text);
  const name = (found?.[1] ?? found?.[2] ?? '').trim();
  return found && nameKey(name) !== '' ? { name, rest: trimmed(text.slice(found[0].length)) } : null;
};

const trimmed = (rest: string): string => rest.replace(/^[\s,;:|–—-]+/u, '').trim();

const among = <C extends Named>(fits: readonly C[], name: string, rest: string): CustomerMatch<C> | null => {
  const [first, second] = fits;
  if (!first) return null;
  return second ? { match: 'several', customers: fits, name, rest } : { match: 'one', customer: first, rest };
};

/** The whole text is a name: whoever is called so, else whose name begins with it. */
export const matchName = <C extends Named>(name: string, customers: readonly C[], rest = ''): CustomerMatch<C> => {
  const key = nameKey(name);
  const all = uniqueById(customers);
  const whole = all.filter((one) => namesOf(one).some((each) => key !== '' && nameKey(each) === key));
  const begun = all.filter((one) => namesOf(one).some((each) => key !== '' && beginnings(each).has(key)));
  return among(whole, name, rest) ?? among(begun, name, rest) ?? { match: 'none', rest };
};

/** What a name ends with but a key does not hold, e.g. an emoji, still belongs to it where it is typed as it is. */
const endOf = (text: string, name: string, end: number): number =>
  text.slice(0, name.length).toLowerCase() === name.toLowerCase() ? Math.max(end, name.length) : end;

/**
 * The customer that a text like `"Acme West" printer jams` or `Acme West printer jams` begins with: the one in quotes,
 * else the longest name of a business or person.
 * @param customers everybody whose name could fit
 */
export const matchCustomer = <C extends Named>(text: string, customers: readonly C[]): CustomerMatch<C> => {
  const none = { match: 'none', rest: text.trim() } as const;
  const quoted = splitQuoted(text);
  if (quoted) {
    const found = matchName(quoted.name, customers, quoted.rest);
    return found.match === 'none' ? none : found;
  }
  const ends = beginnings(text);
  const fits = uniqueById(customers)
    .flatMap((customer) => namesOf(customer).map((name) => ({ customer, name, key: nameKey(name) })))
    .filter(({ key }) => ends.has(key));
  const longest = Math.max(0, ...fits.map(({ key }) => key.length));
  const best = fits.filter(({ key }) => key.length === longest);
  const [first] = best;
  if (!first) return none;
  const end = Math.max(...best.map(({ name, key }) => endOf(text, name, ends.get(key) ?? 0)));
  return (
    among(uniqueById(best.map(({ customer }) => customer)), text.slice(0, end).trim(), trimmed(text.slice(end))) ?? none
  );
};
