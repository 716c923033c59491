import { plainWords } from '../../shared/name-words.ts';

/** Words that say nothing about what a ticket is about. */
const EMPTY = new Set(
  (
    'a an and are at be been by can cant could did do does doesnt dont down for from get gets has have he help her his how i ' +
    'in is isnt it its issue me my need needs no not of off on or our out please problem re she still that the their they this ' +
    'to too up us very want was we when will with wont you your again fwd ticket'
  ).split(' '),
);

/** "Printers" is about the same as "printer". */
const stem = (word: string): string => (word.length > 3 ? word.replace(/s$/, '') : word);

const significant = (subject: string): ReadonlySet<string> =>
  new Set(
    plainWords(subject)
      .split(' ')
      .filter((word) => word.length > 1 && !EMPTY.has(word))
      .map(stem),
  );

/**
 * Are two subjects probably about the same thing? One says all that the other says, or they share two words that mean
 * something and at least half of the shorter one. One shared word is not enough: offices have more than one printer.
 */
export const isSimilarSubject = (one: string, other: string): boolean => {
  const [a, b] = [significant(one), significant(other)];
  if (a.size === 0 || b.size === 0) return plainWords(one) !== '' && plainWords(one) === plainWords(other);
  const shared = [...a].filter((word) => b.has(word)).length;
  const shorter = Math.min(a.size, b.size);
  return shared === shorter || (shared >= 2 && shared * 2 >= shorter);
};
