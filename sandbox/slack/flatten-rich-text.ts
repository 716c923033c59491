import { type Names, NO_NAMES } from './flatten-text.ts';
import { type Json, jsonsOf, textOf } from './json.ts';

const inline = (element: Json, names: Names): string => {
  switch (element.type) {
    case 'link':
      return textOf(element.text) || textOf(element.url);
    case 'emoji':
      return `:${textOf(element.name)}:`;
    case 'user':
      return `@${names.user(textOf(element.user_id))}`;
    case 'channel':
      return `#${names.channel(textOf(element.channel_id))}`;
    case 'usergroup':
      return `@${textOf(element.usergroup_id)}`;
    case 'broadcast':
      return `@${textOf(element.range)}`;
    case 'date':
      return textOf(element.fallback) || new Date(Number(element.timestamp) * 1000).toISOString();
    case 'color':
      return textOf(element.value);
    default:
      return textOf(element.text);
  }
};

const line = (element: Json, names: Names): string =>
  jsonsOf(element.elements)
    .map((each) => inline(each, names))
    .join('');

const part = (element: Json, names: Names): string => {
  if (element.type === 'rich_text_quote') return line(element, names).replace(/^/gm, '| ');
  if (element.type !== 'rich_text_list') return line(element, names);
  const indent = '  '.repeat(Number(element.indent ?? 0));
  return jsonsOf(element.elements)
    .map((item, index) => `${indent}${element.style === 'ordered' ? `${index + 1}.` : '•'} ${line(item, names)}`)
    .join('\n');
};

/** A rich_text block as a person reads it. */
export const flattenRichText = (block: Json, names: Names = NO_NAMES): string =>
  jsonsOf(block.elements)
    .map((element) => part(element, names).replace(/\n$/, ''))
    .join('\n');

/** The links in it, however deep. */
export const linksOfRichText = (value: Json): readonly { readonly text: string; readonly url: string }[] =>
  jsonsOf(value.elements).flatMap((element) =>
    element.type === 'link'
      ? [{ text: textOf(element.text) || textOf(element.url), url: textOf(element.url) }]
      : linksOfRichText(element),
  );
