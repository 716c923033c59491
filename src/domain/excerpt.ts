import type { AskedWords } from './search-words.ts';
import { searchWords } from './search-words.ts';

/** As a word is taken apart for the index, with its place in the text. */
const WORD = /[\p{L}\p{N}\p{So}\p{M}]+(?:['’‘`]\p{L}+)*/gu;
/** A log pasted into a comment: what stands further down is found, but not looked for. */
const MOST_READ = 20_000;

export type Excerpt = {
  /** A part of the text around the first word that was asked for, on one line. */
  readonly text: string;
  /** How many of the asked words the text has. */
  readonly found: number;
};

type Place = { readonly from: number; readonly to: number };

const placesOf = (text: string, { words, beginning }: AskedWords): ReadonlyMap<string, Place> => {
  const places = new Map<string, Place>();
  for (const match of text.matchAll(WORD)) {
    const place = { from: match.index, to: match.index + match[0].length };
    for (const word of searchWords(match[0])) {
      if (words.includes(word) && !places.has(word)) places.set(word, place);
      if (beginning !== null && word.startsWith(beginning) && !places.has(beginning)) places.set(beginning, place);
    }
  }
  return places;
};

/** Not in the middle of a word where a space is near. */
const cutAt = (text: string, at: number, step: 1 | -1): number => {
  for (let moved = 0; moved < 15; moved++) {
    const here = at + step * moved;
    if (here <= 0 || here >= text.length || text[here] === ' ') return Math.max(0, Math.min(text.length, here));
  }
  return at;
};

/** The part of a text that answers what was asked; `null`: nothing of it is there. @param length in characters, about */
export const excerptOf = (whole: string, asked: AskedWords, length: number): Excerpt | null => {
  const text = whole.slice(0, MOST_READ).replace(/\s+/gu, ' ').trim();
  const places = placesOf(text, asked);
  const first = Math.min(...[...places.values()].map(({ from }) => from));
  if (places.size === 0) return null;
  const from = text.length <= length ? 0 : cutAt(text, Math.max(0, first - Math.floor(length / 3)), 1);
  const start = Math.min(from, first);
  const to = cutAt(text, Math.min(text.length, start + length), -1);
  // Half a surrogate pair at an edge is no character.
  const part = text
    .slice(start, Math.max(to, start + 1))
    .toWellFormed()
    .replaceAll('\uFFFD', '')
    .trim();
  return { text: `${start > 0 ? '… ' : ''}${part}${to < text.length ? ' …' : ''}`, found: places.size };
};
