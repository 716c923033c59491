import { HTML_ENTITIES } from '../src/shared/text.ts';

const NAMES = new Map([...HTML_ENTITIES].map(([name, character]) => [character, name]));

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&${NAMES.get(c) ?? ''};`);

/** What a server may make of a text before it stores it. */
const KEEPERS = {
  'as-sent': (text: string) => text,
  /** Of columns of three bytes. */
  'without-emoji': (text: string) => text.replace(/[\u{10000}-\u{10ffff}]/gu, ''),
  /** The same, where the database cuts instead. */
  'cut-at-emoji': (text: string) => text.replace(/[\u{10000}-\u{10ffff}][\s\S]*$/u, ''),
  'named-entities': (text: string) =>
    text.replace(/[^ -~\n]|[&<>"]/gu, (c) => (NAMES.has(c) ? `&${NAMES.get(c)};` : c)),
  'numeric-entities': (text: string) => text.replace(/[^ -~\n]|[&<>"']/gu, (c) => `&#${c.codePointAt(0)};`),
  nfc: (text: string) => text.normalize('NFC'),
  'without-zero-width': (text: string) => text.replace(/[\u200b-\u200f\u2060\ufeff]/g, ''),
  trimmed: (text: string) => text.replace(/[ \t]+$/gm, '').trim(),
  html: (text: string) => `<p>${escaped(text).replace(/\n/g, '<br />\r\n')}</p>\n`,
  /** Beyond recognition. */
  'cut-short': (text: string) => text.slice(0, 4),
} satisfies Readonly<Record<string, (text: string) => string>>;

export type KeptText = keyof typeof KEEPERS;

export const KEPT_TEXTS = Object.keys(KEEPERS) as readonly KeptText[];

export const keptText = (how: KeptText, text: string): string => KEEPERS[how](text);
