import { normalForm, plainDigits } from './typed-text.ts';

/** Letters that Unicode does not take apart into a plain one and an accent. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ı: 'i' };

/** Small letters without accents. */
export const plain = (text: string): string =>
  normalForm('NFKD', text)
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßøłđðæœı]/g, (letter) => PLAIN[letter] ?? letter);

/** What a name is found by: its words in small letters without accents and punctuation, one space between them. */
export const plainWords = (text: string): string =>
  plain(text)
    // "Len's" is found as "lens", which is how it is typed in a hurry.
    .replace(/(?<=\p{L})['’‘`](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}\p{So}]+/gu, ' ')
    .trim();

export const digitsOf = (text: string): string => text.replace(/\D+/g, '');

/** One thing that a query asks for; `digits` is compared with phone numbers. */
export type SearchTerm = { readonly words: string; readonly digits: string | null };

const PHONE = /^[\d\s().+/\p{Pd}]+$/u;
const looksLikePhone = (text: string): boolean => PHONE.test(text) && /\d/.test(text);
/** What a sentence or a link puts around a number. */
const AROUND = /^[\s"'#(]{0,5}(?:tel:\s{0,5})?|[\s,;:.?!"')]{1,5}$/gi;
const bare = (text: string): string => text.replace(AROUND, '');
const EXTENSION = /(?<=\d)[\s,;]{0,3}(?:x|ext|extension)[.:]?\s{0,3}\d{1,6}$/i;

const SHORTEST_PHONE = 7;
/** With the country code of the US a number is longer than how it is often kept. */
const US_DIGITS = 10;
/** A country's code and the zero before a number within it stand for each other; no number ends differently for them. */
const OTHER_DIGITS = 8;

/** What a phone number is found by, however it is kept; `null`: this is none. */
const phoneDigits = (number: string): string | null => {
  const digits = digitsOf(number);
  if (!looksLikePhone(number) || digits.length < SHORTEST_PHONE) return null;
  const isOther = /^\(?(?:0|\+(?!1))/.test(number) && !/^001/.test(digits);
  return digits.slice(isOther ? -OTHER_DIGITS : -US_DIGITS);
};

/** More words than this narrow nothing down any more. */
const MOST_TERMS = 8;

/** A query as terms that must all be contained; none: it asks for nothing that could be found. */
export const searchTerms = (typed: string): readonly SearchTerm[] => {
  const query = plainDigits(typed);
  const number = bare(bare(query).replace(EXTENSION, ''));
  const whole = phoneDigits(number);
  if (whole !== null) return [{ words: plainWords(number), digits: whole }];
  return query
    .split(/\s+/)
    .map((token) => ({
      words: plainWords(token),
      digits: looksLikePhone(bare(token)) ? digitsOf(token) : null,
    }))
    .filter(({ words, digits }) => words !== '' || digits !== null)
    .slice(0, MOST_TERMS);
};

/** What Syncro is asked for: it keeps phone numbers as digits, however people write them. */
export const syncroQuery = (query: string): string => {
  const [term, ...others] = searchTerms(query);
  return term?.digits && others.length === 0 ? term.digits : query.trim();
};

const US = /^(?:\+?1)?(\d{3})(\d{3})(\d{4})$/;

/** A bare US number as people read it, `520-555-0100`; whatever else stands in Syncro stays as it is. */
export const phoneText = (phone: string): string => phone.trim().replace(US, '$1-$2-$3');
