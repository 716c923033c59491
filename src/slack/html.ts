import { createRequire } from 'node:module';
import type { convert as Convert, HtmlToTextOptions } from 'html-to-text';

/** Loaded by the first comment that needs it: 5 MB, and a twentieth of the start. */
const converter = (): { readonly convert: typeof Convert } => createRequire(import.meta.url)('html-to-text');

/** More is cut off before it is read: a mail of megabytes must not hold up everybody else. */
const READ_LENGTH = 40_000;
/** Thousands of levels would end in an overflow of the stack; real mails have some dozens. */
const MOST_LEVELS = 300;

const ATTRIBUTES = String.raw`(?:\s[^<>=]{0,200}=[^<>]{0,1000})?\s*\/?`;
/** An opening one is enough: nobody writes these about something else. */
const BLOCK = new RegExp(
  `<(?:p|br|hr|div|ul|ol|li|table|tr|td|th|h[1-6]|img|blockquote|pre|html|body)${ATTRIBUTES}>`,
  'i',
);
/** "use the <b> tag" is text: these count only with an end behind them. */
const INLINE = new RegExp(`<(?:a|b|i|u|em|strong|span|font|code)${ATTRIBUTES}>`, 'i');
const INLINE_END = /<\/(?:a|b|i|u|em|strong|span|font|code)>/i;

const looksLikeHtml = (text: string): boolean => {
  if (BLOCK.test(text)) return true;
  const begin = INLINE.exec(text);
  return begin !== null && INLINE_END.test(text.slice(begin.index));
};

/** Words as they were written: html-to-text would put headings in capitals. */
const heading = (level: number) => ({ selector: `h${level}`, options: { uppercase: false } });

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: MOST_LEVELS, ellipsis: '…' },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    ...[1, 2, 3, 4, 5, 6].map(heading),
    // Mails use tables for their layout as well: a line for each row does for both.
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'inlineSurround', options: { suffix: '   ' } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: '   ' } },
  ],
};

/**
 * A comment as people read it: HTML of rich-text accounts made text, everything else as it was written.
 * html-to-text (kept since 2012, no DOM) rather than our own: lists, tables, entities and nesting are its whole job.
 */
export const readable = (body: string): string => {
  const text = body.slice(0, READ_LENGTH);
  if (!looksLikeHtml(text)) return text.trim();
  const rows = converter().convert(text, OPTIONS).split('\n');
  return rows
    .map((row) => row.trimEnd())
    .join('\n')
    .trim();
};
