import { plainWords } from '../../shared/name-words.ts';
import { beginning } from '../../shared/text.ts';

/** Longer ones (keys, base64) are found by their beginning, and no engine's limit is met. */
const WORD_LENGTH = 40;
/** More words than this narrow nothing down any more. */
const MOST_ASKED = 12;
/** One letter begins every other word. */
const SHORTEST_BEGINNING = 2;
/** Of one ticket, in characters; Postgres takes a megabyte in UTF-8. */
const MOST_OF_ONE = 100_000;

/** `Wi-Fi` and `520-555-0100`; from its first letter on, so that a long word is read once. */
const COMPOUND = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:\p{Pd}[\p{L}\p{N}]+)+/gu;

const joined = (compound: string): string => compound.replace(/\p{Pd}/gu, '');

/**
 * What a text is found by, each word once: small letters and digits only, so that no word means anything to an engine.
 * `Wi-Fi` is found as two words and as "wifi".
 */
export const searchWords = (text: string, most = MOST_OF_ONE): readonly string[] =>
  eachOnce(`${text} ${(text.match(COMPOUND) ?? []).map(joined).join(' ')}`, most);

const eachOnce = (text: string, most = MOST_OF_ONE): readonly string[] => {
  const words = new Set<string>();
  let length = 0;
  for (const word of plainWords(text).split(' ')) {
    const kept = beginning(word, WORD_LENGTH);
    if (kept === '' || words.has(kept)) continue;
    length += kept.length + 1;
    if (length > most) break;
    words.add(kept);
  }
  return [...words];
};

/** What is asked for: every one of `words`, and one that begins like `beginning`, the last that was typed. */
export type Asked = { readonly words: readonly string[]; readonly beginning: string | null };

/** @param joined the same with each `wi-fi` as one word, which is enough as well */
export type AskedWords = Asked & { readonly joined?: Asked };

/** Each is enough. */
export const waysToAsk = (asked: AskedWords): readonly Asked[] => [asked, ...(asked.joined ? [asked.joined] : [])];

/** "print" finds the printer: people stop typing when they see what they look for. */
export const askedWords = (query: string): AskedWords => {
  const asked = asAsked(query);
  const together = query.replace(COMPOUND, joined);
  return together === query ? asked : { ...asked, joined: asAsked(together) };
};

const asAsked = (query: string): Asked => {
  const words = eachOnce(query).slice(0, MOST_ASKED);
  const last = words.at(-1);
  return last !== undefined && last.length >= SHORTEST_BEGINNING
    ? { words: words.slice(0, -1), beginning: last }
    : { words, beginning: null };
};

/** Shorter beginnings are those of every tenth word of a long text. */
const SHORTEST_IN_LONG_TEXTS = 4;

/** As it is asked of long texts: what could begin too much must be a word of its own. */
export const askedOfLongTexts = ({ joined: together, ...asked }: AskedWords): AskedWords => ({
  ...wholeIfShort(asked),
  ...(together ? { joined: wholeIfShort(together) } : {}),
});

const wholeIfShort = (asked: Asked): Asked =>
  asked.beginning !== null && asked.beginning.length < SHORTEST_IN_LONG_TEXTS
    ? { words: [...asked.words, asked.beginning], beginning: null }
    : asked;

export const asksNothing = (asked: AskedWords): boolean => asked.words.length === 0 && asked.beginning === null;

/** True when a text has everything that is asked for. */
export const hasAsked = (text: string, asked: AskedWords): boolean => {
  const there = searchWords(text);
  return waysToAsk(asked).some(
    ({ words, beginning: last }) =>
      words.every((word) => there.includes(word)) && (last === null || there.some((word) => word.startsWith(last))),
  );
};
