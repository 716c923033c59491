import { convert } from 'html-to-text';

const LOOKS_LIKE_HTML =
  /<\/?(?:p|br|div|span|ul|ol|li|a|b|strong|i|em|table|tr|td|h[1-6]|img|blockquote|pre)\b[^>]{0,500}>/i;

/**
 * A comment as people read it: HTML of rich-text accounts made text, everything else as it was written.
 * html-to-text (kept since 2012, no DOM) rather than our own: lists, tables, entities and nesting are its whole job.
 */
export const readable = (body: string): string =>
  LOOKS_LIKE_HTML.test(body)
    ? convert(body.slice(0, 100_000), {
        wordwrap: false,
        selectors: [
          { selector: 'img', format: 'skip' },
          { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
        ],
      }).trim()
    : body.trim();
