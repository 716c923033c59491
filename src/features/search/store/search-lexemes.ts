import { type RawBuilder, sql } from 'kysely';
import { type Asked, waysToAsk } from '../search-words.ts';
import { blocksOf } from './search-blocks.ts';
import { marksOf, statusMark, technicianMark } from './search-marks.ts';
import { wordsThatBegin } from './search-vocabulary.ts';
import type { SearchDocument, Sought, Tier } from './word-index.ts';

/** Beside the words, and none that anybody can ask for: words hold letters, digits and symbols only. */
const mark = (name: string): string => `=${name}`;

/** Where each tier is: the short texts have a table of their own, in which a letter says where a word stands. */
export const PLACES: Readonly<Record<Tier, { readonly table: WordTable; readonly letter: string }>> = {
  subject: { table: 'search_heads', letter: 's' },
  head: { table: 'search_heads', letter: 'h' },
  talk: { table: 'search_words', letter: '' },
};

export const WORD_TABLES = ['search_heads', 'search_words'] as const;
type WordTable = (typeof WORD_TABLES)[number];

/** In the short texts these are words: to gather everything that begins with two letters took 5 ms. */
const BEGINNINGS = [2, 3];

const shortTexts = (letter: string, words: string): readonly string[] =>
  words.split(' ').flatMap((word) => {
    const letters = Array.from(word);
    return [letter + word, ...BEGINNINGS.map((length) => `${letter}+${letters.slice(0, length).join('')}`)];
  });

const together = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

/** What Postgres keeps of a ticket, a space between each. */
export const lexemesOf = (table: WordTable, document: SearchDocument): string => {
  const { ticketId, subject, about, talk } = document;
  const words =
    table === 'search_words'
      ? [subject, about, talk]
      : [...shortTexts('s', subject), ...shortTexts('h', together(subject, about))];
  return together(...words, ...marksOf(document).map(mark), ...blocksOf(ticketId));
};

type Query = {
  /** As a row is compared. */
  readonly whole: RawBuilder<unknown>;
  /** As the index is asked, which finds the same quicker. */
  readonly byName: RawBuilder<unknown>;
};

const tsquery = (...parts: readonly string[]): RawBuilder<unknown> => sql`${parts.join(' & ')}::tsquery`;

export const queryOf = ({ asked, ...where }: Sought): Query =>
  waysToAsk(asked)
    .map((way) => queryOfOne(way, where))
    .reduce((a, b) => ({ whole: sql`(${a.whole} || ${b.whole})`, byName: sql`(${a.byName} || ${b.byName})` }));

/** Nothing inside the quotes means something to a tsquery. */
const queryOfOne = ({ words, beginning }: Asked, { tier, statuses, technicianId }: Omit<Sought, 'asked'>): Query => {
  const { letter } = PLACES[tier];
  const isWord = beginning !== null && letter !== '' && BEGINNINGS.includes(Array.from(beginning).length);
  const parts = [
    ...words.map((word) => `'${letter}${word}'`),
    ...(isWord ? [`'${letter}+${beginning}'`] : []),
    ...(technicianId === null ? [] : [`'${mark(technicianMark(technicianId))}'`]),
    ...(statuses === null ? [] : [`(${statuses.map((status) => `'${mark(statusMark(status))}'`).join(' | ')})`]),
  ];
  if (beginning === null || isWord) return { whole: tsquery(...parts), byName: tsquery(...parts) };
  const begins = `'${letter}${beginning}':*`;
  const named = sql`coalesce(${wordsThatBegin(beginning, letter)}, ${tsquery(begins)})`;
  return {
    whole: tsquery(...parts, begins),
    byName: parts.length === 0 ? sql`(select ${named})` : sql`(select ${tsquery(...parts)} && ${named})`,
  };
};
