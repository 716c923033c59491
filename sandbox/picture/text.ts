import { flattenMrkdwn } from '../slack/flatten-text.ts';
import { type Json, jsonOf, jsonsOf, textOf } from '../slack/json.ts';
import type { Shown } from './shown.ts';
import { slackDate } from './slack-date.ts';
import { h, type Node, safeUrl, type Tree } from './tree.ts';
import { unknownBox } from './unknown.ts';

/** A text object. The app itself shows customers' text as plain text only; mrkdwn is shown without its marks. */
export const textNode = (object: unknown, { names }: Shown): string => {
  const { type, text } = jsonOf(object);
  return type === 'mrkdwn' ? flattenMrkdwn(textOf(text), names) : textOf(text);
};

const styled = (text: Node, style: Json): Node => {
  const tags = [
    ['code', 'code'],
    ['bold', 'b'],
    ['italic', 'i'],
    ['strike', 's'],
  ] as const;
  return tags.reduce<Node>((node, [name, tag]) => (style[name] === true ? h(tag, {}, node) : node), text);
};

const inline = (element: Json, shown: Shown): Node => {
  const style = jsonOf(element.style);
  switch (element.type) {
    case 'text':
      return styled(textOf(element.text), style);
    case 'link': {
      const url = textOf(element.url);
      return styled(h('a', { href: safeUrl(url), class: 'link' }, textOf(element.text) || url), style);
    }
    case 'date':
      return styled(slackDate(Number(element.timestamp) * 1000, textOf(element.format), shown), style);
    case 'user':
      return h('span', { class: 'mention' }, `@${shown.names.user(textOf(element.user_id))}`);
    case 'channel':
      return h('span', { class: 'mention' }, `#${shown.names.channel(textOf(element.channel_id))}`);
    case 'emoji':
      return `:${textOf(element.name)}:`;
    default:
      return unknownBox(element);
  }
};

const inlines = (element: Json, shown: Shown): readonly Node[] =>
  jsonsOf(element.elements).map((each) => inline(each, shown));

const part = (element: Json, shown: Shown): Tree => {
  switch (element.type) {
    case 'rich_text_section':
      return h('div', { class: 'rich' }, ...inlines(element, shown));
    case 'rich_text_quote':
      return h('blockquote', { class: 'rich' }, ...inlines(element, shown));
    case 'rich_text_preformatted':
      return h('pre', {}, ...inlines(element, shown));
    case 'rich_text_list': {
      const items = jsonsOf(element.elements).map((item) => h('li', { class: 'rich' }, ...inlines(item, shown)));
      return h(element.style === 'ordered' ? 'ol' : 'ul', {}, ...items);
    }
    default:
      return unknownBox(element);
  }
};

export const richText = (block: Json, shown: Shown): readonly Tree[] =>
  jsonsOf(block.elements).map((element) => part(element, shown));
