import type {
  ActionsBlockElement,
  Button,
  KnownBlock,
  MrkdwnElement,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
} from '@slack/types';
import { shorten } from '../shared/text.ts';

/**
 * Customer-written text goes into rich_text or plain_text only: those are taken literally, so nobody's subject line
 * can mention the channel or hide a link. `escapeText` is for the few fields that Slack does parse.
 */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What people typed behind a command, as they typed it: Slack hands it over escaped. */
export const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Escaped and cut to a length, never inside an entity. */
export const escapeTo = (text: string, length: number): string => {
  const whole = escapeText(text);
  if (whole.length <= length) return whole;
  // The longest beginning that still fits: an escaped character takes up to five.
  let fits = 1;
  for (let low = 1, high = Math.min(text.length, length); low <= high; ) {
    const middle = Math.floor((low + high) / 2);
    if (escapeText(shorten(text, middle)).length <= length) {
      fits = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return escapeText(shorten(text, fits));
};

/** A link, a bold word, a moment, or text as it is. */
export type Part =
  | string
  | { readonly link: string; readonly text: string; readonly strong?: true }
  | { readonly bold: string }
  /** A day and a time, only a day, or only a time to the second (`time`) or the minute (`clock`); epoch milliseconds, shown in the reader's own zone. */
  | { readonly date: number }
  | { readonly time: number }
  | { readonly day: number }
  | { readonly clock: number }
  /** A channel's name; nobody is notified. */
  | { readonly channel: string };

const HALF_A_DAY_MS = 12 * 3_600_000;

/** `Today 2:30 PM to 3:12 PM`; the second day is named only where it may be another. */
export const span = (from: number, to: number): readonly Part[] => [
  { date: from },
  ' to ',
  to - from < HALF_A_DAY_MS ? { clock: to } : { date: to },
];

/** Slack counts all text of a rich_text block; one part stays well below. */
const PART_LENGTH = 2_800;
/** A comment field takes 3,000 characters, and a preview must show all of them. */
export const QUOTE_LENGTH = 3_000;

const toElement = (part: Part): RichTextElement => {
  if (typeof part === 'string') return { type: 'text', text: shorten(part, PART_LENGTH) };
  if ('bold' in part) return { type: 'text', text: shorten(part.bold, PART_LENGTH), style: { bold: true } };
  if ('date' in part) return dateElement(part.date, '{date_short_pretty} {time}', isoPart(part.date, 0, 16));
  if ('day' in part) return dateElement(part.day, '{date_short_pretty}', shortDay(part.day));
  if ('channel' in part) return { type: 'channel', channel_id: part.channel };
  if ('clock' in part) return dateElement(part.clock, '{time}', isoPart(part.clock, 11, 16));
  if ('time' in part) return dateElement(part.time, '{time_secs}', isoPart(part.time, 11, 19));
  const words = { type: 'link' as const, url: part.link, text: shorten(part.text, 300) };
  return part.strong ? { ...words, style: { bold: true } } : words;
};

const isoPart = (at: number, from: number, to: number): string =>
  `${new Date(at).toISOString().slice(from, to).replace('T', ' ')} UTC`;

let day: Intl.DateTimeFormat | null = null;
/** Made once, when it is first needed: it takes a quarter of a millisecond, and 12 ms while the app starts. */
const shortDay = (at: number): string => {
  day ??= new Intl.DateTimeFormat('en-US', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return day.format(at);
};

/** @param fallback what stands where Slack can't show a date */
const dateElement = (at: number, format: string, fallback: string): RichTextElement => ({
  type: 'date',
  timestamp: Math.floor(at / 1000),
  format,
  fallback,
});

const toMrkdwn = (part: Part): string => {
  const element = toElement(part);
  switch (element.type) {
    case 'text':
      return element.style?.bold ? `*${escapeText(element.text)}*` : escapeText(element.text);
    case 'link':
      return `<${element.url}|${escapeText(element.text ?? element.url)}>`;
    case 'date':
      return `<!date^${element.timestamp}^${element.format}|${escapeText(element.fallback ?? '')}>`;
    default:
      return '';
  }
};

/** For notifications and screen readers, which show no blocks. */
export const spoken = (...parts: readonly Part[]): string =>
  parts
    .map((part) => {
      const element = toElement(part);
      if (element.type === 'date') return element.fallback ?? '';
      return 'text' in element ? (element.text ?? '') : '';
    })
    .join('');

/** The same for the few blocks that take no rich_text. */
export const mrkdwn = (...parts: readonly Part[]): MrkdwnElement => ({
  type: 'mrkdwn',
  text: parts.map(toMrkdwn).join(''),
  verbatim: true,
});

const section = (parts: readonly Part[]): RichTextSection => ({
  type: 'rich_text_section',
  // Slack refuses an empty text.
  elements: parts
    .filter((part) => part !== '' && !(typeof part === 'object' && 'bold' in part && part.bold === ''))
    .map(toElement),
});

/** One paragraph of literal text. */
export const line = (...parts: readonly Part[]): RichTextBlock => ({ type: 'rich_text', elements: [section(parts)] });

/** Several lines in one block: tighter than a block each. */
export const lines = (...rows: ReadonlyArray<readonly Part[]>): RichTextBlock => ({
  type: 'rich_text',
  elements: [section(rows.flatMap((row, i) => (i === 0 ? [...row] : ['\n', ...row])))],
});

/** Somebody else's words, set apart and literal. */
export const quote = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [
    { type: 'rich_text_quote', elements: [{ type: 'text', text: shorten(text.trim() || ' ', QUOTE_LENGTH) }] },
  ],
});

/** As wide as a mark is, so that what has none stands under what has one. */
export const NO_MARK = '\u2003';

const ROW_TEXT_LENGTH = 120;

/** Characters that turn the direction of everything behind them: in a row they would mix up what stands beside. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Somebody's words on one line; what is written from right to left does not turn what stands behind it. */
const onOneLine = (text: string): string => {
  const flat = shorten(
    text
      .slice(0, 10 * ROW_TEXT_LENGTH)
      .replace(DIRECTION_MARKS, '')
      .replace(/\s+/g, ' ')
      .trim(),
    ROW_TEXT_LENGTH,
  );
  return RIGHT_TO_LEFT.test(flat) ? `\u2068${flat}\u2069` : flat;
};

const besideEachOther = (texts: readonly string[]): string => texts.map(onOneLine).filter(Boolean).join(' · ');

/**
 * A row of a list, in two lines that a phone shows whole: a mark, a link with what stands beside it, and the rest below.
 * @param mark `null`: none
 */
export const row = (
  mark: string | null,
  link: Part & object,
  beside: readonly string[],
  below: readonly string[],
): RichTextBlock => {
  const rest = besideEachOther(below);
  return lines(
    [`${mark ?? NO_MARK} `, link, beside.length > 0 ? ` ${besideEachOther(beside)}` : ''],
    ...(rest === '' ? [] : [[`${NO_MARK} ${rest}`]]),
  );
};

/** Small grey text. */
export const note = (text: string): KnownBlock => ({
  type: 'context',
  elements: [{ type: 'plain_text', text: shorten(text, PART_LENGTH), emoji: false }],
});

export const header = (text: string): KnownBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: shorten(text, 150), emoji: false },
});

export const divider: KnownBlock = { type: 'divider' };

/** Asked before the press counts. */
export type Confirm = {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
};

type ButtonOptions = {
  readonly value?: string;
  readonly style?: 'primary' | 'danger';
  readonly url?: string;
  readonly confirm?: Confirm;
};

const confirmDialog = ({ title, text, confirm, deny }: Confirm) => ({
  title: { type: 'plain_text' as const, text: shorten(title, 100) },
  text: { type: 'plain_text' as const, text: shorten(text, 300) },
  confirm: { type: 'plain_text' as const, text: shorten(confirm, 30) },
  deny: { type: 'plain_text' as const, text: shorten(deny, 30) },
});

export const button = (text: string, actionId: string, { value, style, url, confirm }: ButtonOptions = {}): Button => ({
  type: 'button',
  text: { type: 'plain_text', text: shorten(text, 75), emoji: false },
  action_id: actionId,
  ...(value === undefined ? {} : { value }),
  ...(style ? { style } : {}),
  ...(url ? { url } : {}),
  ...(confirm ? { confirm: confirmDialog(confirm) } : {}),
});

/** A button that only opens a page; the click is acknowledged and nothing else. */
export const linkButton = (text: string, name: string, url: string): Button => button(text, `link:${name}`, { url });

export const actions = (blockId: string, elements: readonly ActionsBlockElement[]): KnownBlock => ({
  type: 'actions',
  block_id: blockId,
  elements: [...elements],
});

/** A sentence with a button at its right. */
export const besideButton = (text: string, element: Button): KnownBlock => ({
  type: 'section',
  text: { type: 'plain_text', text: shorten(text, PART_LENGTH), emoji: false },
  accessory: element,
});

export const option = (text: string, value: string) => ({
  text: { type: 'plain_text' as const, text: shorten(text || value, 75), emoji: false },
  value,
});

/** A menu between buttons. @param initial what is chosen already */
export const menu = (
  placeholder: string,
  actionId: string,
  options: ReadonlyArray<ReturnType<typeof option>>,
  initial?: ReturnType<typeof option>,
): ActionsBlockElement => ({
  type: 'static_select',
  action_id: actionId,
  placeholder: { type: 'plain_text', text: placeholder },
  options: [...options],
  ...(initial ? { initial_option: initial } : {}),
});

/** The action id of `⋯`; each choice behind it stands for a button. */
export const MORE = 'more';

/** Rare acts behind `⋯`, at most five of them: each is the button that it would be, its value short. */
export const more = (buttons: readonly Button[]): ActionsBlockElement => ({
  type: 'overflow',
  action_id: MORE,
  options: buttons.map(({ text, action_id, value, url }) => ({
    text: { type: 'plain_text', text: text.text, emoji: false },
    value: `${action_id} ${value ?? ''}`.trim(),
    ...(url ? { url } : {}),
  })),
});

/** Facts beside each other, or on a phone below each other: literal text, several lines each. */
export const fields = (...texts: ReadonlyArray<readonly string[]>): KnownBlock => ({
  type: 'section',
  fields: texts.map((rows) => ({ type: 'plain_text', text: shorten(rows.join('\n') || ' ', 2_000), emoji: false })),
});

/** The buttons that leaf through a list. @param to what each carries for a page */
export const leafing = (
  list: string,
  { page, totalPages, more = false }: { readonly page: number; readonly totalPages: number; readonly more?: boolean },
  to: (page: number) => string,
): readonly ActionsBlockElement[] => [
  ...(page > 1 ? [button('Previous', `${list}:previous`, { value: to(page - 1) })] : []),
  ...(page < totalPages || more ? [button('Next', `${list}:next`, { value: to(page + 1) })] : []),
];
