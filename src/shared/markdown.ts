import { shorten } from './text.ts';

const BLOCK_LENGTH = 20_000;
const INLINE_LENGTH = 1_000;

/** Control characters and marks that turn the direction of writing would make a file read otherwise than it is. */
const UNSEEN = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(UNSEEN, '');

/** Somebody else's words within a line: no Markdown, no line of their own. */
export const inline = (text: string): string =>
  shorten(clean(text).replace(/\s+/g, ' ').trim(), INLINE_LENGTH).replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&');

/** Somebody else's words as they are, behind a fence that is longer than any that they contain. */
export const fenced = (text: string): string => {
  const words = clean(text).trim();
  const body = words.length > BLOCK_LENGTH ? `${shorten(words, BLOCK_LENGTH)}\n(cut here)` : words;
  const runs = body.match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((longest, { length }) => Math.max(longest, length), 2) + 1);
  return `${fence}text\n${body}\n${fence}`;
};
