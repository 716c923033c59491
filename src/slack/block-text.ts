import { link, mention, type NameOf, plainText } from './message-text.ts';

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Deeper than any block of Slack's; whatever comes, the reading ends. */
const MOST_DEPTH = 12;
/** What is for pressing is nothing to read. */
const CONTROLS = new Set(['actions', 'input', 'button', 'overflow', 'context_actions', 'divider']);
/** Where blocks keep what people read, in the order in which it is shown. */
const READABLE = ['title', 'subtitle', 'text', 'body', 'fields', 'elements', 'blocks', 'rows', 'description'];

const inlineText = (element: Part, nameOf: NameOf): string => {
  switch (element.type) {
    case 'text':
      return text(element.text);
    case 'link':
      return link(text(element.url), text(element.text));
    case 'user':
      return mention(text(element.user_id), '', nameOf);
    case 'usergroup':
      return '@group';
    case 'channel':
      return '#channel';
    case 'broadcast':
      return `@${text(element.range) || 'channel'}`;
    case 'emoji':
      return `:${text(element.name)}:`;
    case 'date':
      return text(element.fallback) || 'a date';
    default:
      return text(element.value);
  }
};

const section = (part: Part, nameOf: NameOf): string =>
  list(part.elements)
    .filter(isPart)
    .map((element) => inlineText(element, nameOf))
    .join('');

const joined = (parts: readonly string[]): string => parts.filter((part) => part.trim() !== '').join('\n');

const read = (value: unknown, nameOf: NameOf, depth: number): string => {
  if (depth > MOST_DEPTH) return '';
  if (Array.isArray(value)) return joined(value.map((part) => read(part, nameOf, depth + 1)));
  if (!isPart(value) || CONTROLS.has(text(value.type))) return '';
  switch (value.type) {
    case 'mrkdwn':
    case 'markdown':
      return plainText(text(value.text), nameOf);
    case 'plain_text':
    case 'raw_text':
      return text(value.text);
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return section(value, nameOf);
    case 'rich_text_list':
      return joined(list(value.elements).map((item) => `- ${isPart(item) ? section(item, nameOf) : ''}`));
    case 'image':
      return read(value.title, nameOf, depth + 1) || text(value.alt_text);
    default:
      return joined(READABLE.map((key) => read(value[key], nameOf, depth + 1)));
  }
};

/** What a person reads in blocks, as plain text. */
export const blockText = (blocks: unknown, nameOf: NameOf): string => read(list(blocks), nameOf, 0);

const field = (value: unknown, nameOf: NameOf): string => {
  if (!isPart(value)) return '';
  const [title, words] = [text(value.title), plainText(text(value.value), nameOf)];
  return title && words ? `${title}: ${words}` : title || words;
};

/** The older way in which apps decorate their messages, and how messages are forwarded. */
export const attachmentText = (attachments: unknown, nameOf: NameOf): string =>
  joined(
    list(attachments)
      .filter(isPart)
      .map((one) => {
        const own = joined([
          plainText(text(one.pretext), nameOf),
          plainText(text(one.title), nameOf),
          plainText(text(one.text), nameOf),
          ...list(one.fields).map((each) => field(each, nameOf)),
        ]);
        return own || blockText(one.blocks, nameOf) || plainText(text(one.fallback), nameOf);
      }),
  );
