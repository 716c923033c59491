import type { AskedWords } from './search-words.ts';
import { searchWords, waysToAsk } from './search-words.ts';

/** As a word is taken apart for the index, with its place in the text. */
const WORD = /[\p{L}\p{N}\p{So}\p{M}]+(?:(?:['’‘`]|\p{Pd})[\p{L}\p{N}]+)*/gu;
/** A log pasted into a comment: what stands further down is found, but not looked for. */
const MOST_READ = 20_000;

type Place = { readonly from: number; readonly to: number };

const isAsked = (part: string, asked: AskedWords): boolean => {
  const there = searchWords(part);
  return waysToAsk(asked).some(({ words, beginning }) =>
    there.some((word) => words.includes(word) || (beginning !== null && word.startsWith(beginning))),
  );
};

/** How many of the asked words a text has. */
export const askedIn = (text: string, asked: AskedWords): number => {
  const there = searchWords(text.slice(0, MOST_READ));
  return Math.max(
    ...waysToAsk(asked).map(({ words, beginning }) => {
      const begins = beginning !== null && there.some((word) => word.startsWith(beginning));
      return words.filter((word) => there.includes(word)).length + (begins ? 1 : 0);
    }),
  );
};

const firstIn = (text: string, asked: AskedWords): Place | null => {
  for (const match of text.matchAll(WORD))
    if (isAsked(match[0], asked)) return { from: match.index, to: match.index + match[0].length };
  return null;
};

/** Not in the middle of a word where a space is near. */
const cutAt = (text: string, at: number, step: 1 | -1): number => {
  for (let moved = 0; moved < 15; moved++) {
    const here = at + step * moved;
    if (here <= 0 || here >= text.length || text[here] === ' ') return Math.max(0, Math.min(text.length, here));
  }
  return at;
};

/**
 * The part of a text around the first word that was asked for, on one line; `null`: none is there.
 * @param length in characters, about
 */
export const excerptOf = (whole: string, asked: AskedWords, length: number): string | null => {
  const text = whole.slice(0, MOST_READ).replace(/\s+/gu, ' ').trim();
  const first = firstIn(text, asked);
  if (!first) return null;
  const from = text.length <= length ? 0 : cutAt(text, Math.max(0, first.from - Math.floor(length / 3)), 1);
  const start = Math.min(from, first.from);
  const to = Math.max(first.to, cutAt(text, Math.min(text.length, start + length), -1));
  // Half a surrogate pair at an edge is no character.
  const part = text.slice(start, to).toWellFormed().replaceAll('\uFFFD', '').trim();
  return `${start > 0 ? '… ' : ''}${part}${to < text.length ? ' …' : ''}`;
};
