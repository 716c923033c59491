/** No language puts as many on one letter; Unicode orders a run by moving one mark after the other past the rest. */
const LONG_RUN_OF_MARKS = /(\p{M}{8})\p{M}+/gu;

/** Text in a normal form of Unicode, in a time that grows as the text does. */
export const normalForm = (form: 'NFKC' | 'NFKD', text: string): string =>
  text.replace(LONG_RUN_OF_MARKS, '$1').normalize(form);

/** Zero widths, direction marks, soft hyphens and the like: nobody sees them, and nothing compares equal with them inside. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
/** Those of them that make one emoji of several, or one shape of letters, stay where they do. */
const JOINS = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f']);
const JOINED = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|[\u0590-\u1cff])$/u;
const KEYCAP = /^[#*0-9]\ufe0f\u20e3$/u;

const isPartOfSign = (mark: string, at: number, text: string): boolean =>
  JOINS.has(mark) &&
  (JOINED.test(text.slice(Math.max(0, at - 2), at)) || KEYCAP.test(text.slice(Math.max(0, at - 1), at + 2)));

/**
 * What a person saw when they typed, without what came along unseen: invisible characters go, any kind of space is a
 * space, curly quotes are quotes.
 */
export const typedText = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, (mark, at: number, whole: string) => (isPartOfSign(mark, at, whole) ? mark : ''))
    .replace(/[^\S\n\t]|\u2800/g, ' ')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[“”„‟]/g, '"')
    .replace(/[‘’‚‛]/g, "'");

const DIGIT = /\p{Nd}/u;

const digitOf = (digit: string): string => {
  // Unicode keeps the ten digits of each writing together, from zero on.
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 50 && DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
};

/** Digits of any writing as 0 to 9. */
export const plainDigits = (text: string): string => text.replace(/[^\P{Nd}0-9]/gu, digitOf);
