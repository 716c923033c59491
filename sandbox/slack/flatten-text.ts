import { type Json, textOf } from './json.ts';

/** How ids read: without it, they read as ids. */
export type Names = { readonly user: (id: string) => string; readonly channel: (id: string) => string };

export const NO_NAMES: Names = { user: (id) => id, channel: (id) => id };

export const decodeEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const token = (inside: string, names: Names): string => {
  const [target = '', label] = inside.split(/\|(.*)/s);
  if (target.startsWith('@')) return `@${label ?? names.user(target.slice(1))}`;
  if (target.startsWith('#')) return `#${label ?? names.channel(target.slice(1))}`;
  // Dates read as their fallback: the form depends on the reader's zone and language.
  if (target.startsWith('!date^')) return label ?? target;
  if (target.startsWith('!subteam^')) return label ?? `@${target.slice('!subteam^'.length)}`;
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label ?? target;
};

/** Takes `*bold*`, `_italic_`, `~strike~` and `` `code` `` marks away where Slack would see them as marks. */
const withoutMarks = (text: string): string =>
  ['*', '_', '~', '`'].reduce((line, mark) => {
    const escaped = mark === '*' ? '\\*' : mark;
    const marked = new RegExp(
      `(^|[\\s([{"'.,;:!?*_~-])${escaped}(?!\\s)([^${escaped}\\n]+?)(?<!\\s)${escaped}(?=$|[\\s)\\]}"'.,;:!?*_~-])`,
      'gm',
    );
    return line.replace(marked, '$1$2');
  }, text);

const formatted = (text: string, names: Names): string =>
  decodeEntities(
    withoutMarks(text)
      .replace(/^(?:>|&gt;) ?/gm, '| ')
      .replace(/<([^<>]+)>/g, (_whole, inside: string) => token(inside, names)),
  );

/** mrkdwn as a person reads it: links by their words, entities decoded, marks gone. Code blocks stay as they are. */
export const flattenMrkdwn = (text: string, names: Names = NO_NAMES): string =>
  text
    .split(/```\n?/)
    .map((part, index) => (index % 2 === 0 ? formatted(part, names) : decodeEntities(part).replace(/\n$/, '')))
    .join('\n')
    .replace(/^\n|\n$/g, '');

/** A text object: plain text is literal. */
export const flattenTextObject = (object: Json, names: Names = NO_NAMES): string =>
  object.type === 'mrkdwn' ? flattenMrkdwn(textOf(object.text), names) : textOf(object.text);

/** `<url|words>` links of mrkdwn. */
export const linksOfMrkdwn = (text: string): readonly { readonly text: string; readonly url: string }[] =>
  [...text.matchAll(/<((?:https?|mailto|tel|slack):[^<>|]+)(?:\|([^<>]*))?>/g)].map(([, url = '', words]) => ({
    text: decodeEntities(words ?? url),
    url: decodeEntities(url),
  }));
