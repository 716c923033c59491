import type { ListedTicket } from '../src/features/search/ports.ts';
import { ticketId, ticketNumber } from '../src/syncro/ticket.ts';

export type SearchSize = { readonly tickets: number; readonly commentsEach: number; readonly customers: number };

export const FULL: SearchSize = { tickets: 100_000, commentsEach: 5, customers: 5_000 };
/** The same numbers in every run. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const SYLLABLES =
  'ba be bo ca ce con da de di do ex fa fi ga in ka la le lo ma me mi mo na ne no pa per pre pro ra re ri ro sa se sta ta te ti to tra un va ve vi wa'.split(
    ' ',
  );

/** A language: few words are everywhere, most are rare, as Zipf found. */
const aLanguage = (random: () => number, size: number) => {
  const words = Array.from({ length: size }, (_, i) => {
    const syllables = Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => SYLLABLES[Math.floor(random() * SYLLABLES.length)],
    );
    return `${syllables.join('')}${i % 7 === 0 ? 'er' : ''}`;
  });
  const word = (): string => words[Math.min(size - 1, Math.floor(size ** random()) - 1)] ?? '';
  return { words, word, text: (length: number): string => Array.from({ length }, word).join(' ') };
};

export type Shop = {
  readonly size: SearchSize;
  readonly random: () => number;
  readonly language: ReturnType<typeof aLanguage>;
  /** Of customers. */
  readonly names: readonly string[];
};

/** The same one each time. */
export const aShop = (size: SearchSize): Shop => {
  const random = randomFrom(7);
  const language = aLanguage(random, 40_000);
  const names = Array.from({ length: size.customers }, () => `${language.word()} ${language.word()} LLC`);
  return { size, random, language, names };
};

export const DONE = ['Resolved', 'Invoiced', 'Closed'];
const START = Date.UTC(2020, 0, 1);
export const aTicketOf = ({ random, language, names, size }: Shop, n: number): ListedTicket => {
  const customer = Math.floor(random() * names.length);
  const createdAt = START + n * 1_900_000;
  // One in a hundred is open, and those are mostly the last ones.
  const open = random() < (n > size.tickets * 0.97 ? 0.3 : 0.001);
  return {
    ticket: {
      id: ticketId(100_000_000 + n * 7),
      number: ticketNumber(n + 1),
      subject: language.text(3 + Math.floor(random() * 6)),
      status: open ? 'In Progress' : (DONE[n % 2] ?? 'Resolved'),
      priority: '2 Normal',
      problemType: null,
      customerId: customer,
      customerName: names[customer] ?? '',
      technicianId: 1_700 + (n % 30),
      createdAt,
      updatedAt: createdAt + Math.floor(random() * 30) * 86_400_000,
      dueAt: null,
      customerReplied: false,
    },
    comments: Array.from({ length: size.commentsEach }, (_, i) => ({
      id: n * 100 + i,
      text: language.text(10 + Math.floor(random() * 60)),
      authorName: 'Howard Enos',
      hidden: i % 2 === 0,
      createdAt: createdAt + i * 3_600_000,
    })),
  };
};

export type Question = { readonly kind: string; readonly words: string };

const ASKED_OF_A_KIND = 32;

/** What people type, rare and common, whole and begun. */
export const questionsOf = ({ size, random, language, names }: Shop): readonly Question[] => {
  const oneOf = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const { words, word } = language;
  const [common, rare] = [words.slice(0, 30), words.slice(words.length / 4)];
  const kinds: Readonly<Record<string, () => string>> = {
    'a number': () => `#${1 + Math.floor(random() * size.tickets)}`,
    'how a number begins': () => `${10 + Math.floor(random() * 90)}`,
    'a customer': () => oneOf(names),
    'a word': word,
    'a common word': () => oneOf(common),
    'a rare word': () => oneOf(rare),
    'two words': () => `${word()} ${word()}`,
    'three common words': () => `${oneOf(common)} ${oneOf(common)} ${oneOf(common)}`,
    'a word and three letters': () => `${word()} ${word().slice(0, 3)}`,
    'two letters': () => word().slice(0, 2),
    'three letters': () => word().slice(0, 3),
    'four letters': () => word().slice(0, 4),
    'nothing that is there': () => `${oneOf(common)} zqx${Math.floor(random() * 1e6)}`,
  };
  return Object.entries(kinds).flatMap(([kind, words]) =>
    Array.from({ length: ASKED_OF_A_KIND }, () => ({ kind, words: words() })),
  );
};
