import { normalForm } from './normal-form.ts';
import { plainDigits } from './typed-text.ts';

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
/** With its country code a number is longer than how it is often kept. */
const PHONE_DIGITS = 10;
/** More words than this narrow nothing down any more. */
const MOST_TERMS = 8;

/** A query as terms that must all be contained; none: it asks for nothing that could be found. */
export const searchTerms = (typed: string): readonly SearchTerm[] => {
  const query = plainDigits(typed);
  const whole = digitsOf(query);
  if (looksLikePhone(query) && whole.length >= 7)
    return [{ words: plainWords(query), digits: whole.slice(-PHONE_DIGITS) }];
  return query
    .split(/\s+/)
    .map((token) => ({
      words: plainWords(token),
      digits: looksLikePhone(token) ? digitsOf(token) : null,
    }))
    .filter(({ words, digits }) => words !== '' || digits !== null)
    .slice(0, MOST_TERMS);
};

/** What Syncro is asked for: it keeps phone numbers as digits, however people write them. */
export const syncroQuery = (query: string): string => {
  const [term, ...others] = searchTerms(query);
  return term?.digits && others.length === 0 ? term.digits : query.trim();
};
