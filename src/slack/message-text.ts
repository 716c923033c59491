import { shorten } from '../shared/text.ts';
import { unescapeText } from './blocks.ts';

/** What somebody is called, by member id; `null`: nobody knows. */
export type NameOf = (id: string) => string | null;

/** In Slack's text `<…>` is always a mention, a link or a date: what people type is escaped. */
const TOKEN = /<([^<>]*)>|&(?:amp|lt|gt);|[<>]/g;
const BROADCASTS = ['here', 'channel', 'everyone'];

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const mention = (id: string, label: string, nameOf: NameOf): string =>
  `@${flat(label) || flat(nameOf(id) ?? '') || 'somebody'}`;

/** `label (address)`, or only one of them when they say the same. */
export const link = (address: string, label: string): string => {
  const plain = address.replace(/^(?:mailto|tel):/i, '');
  const same = [address, plain, plain.replace(/^https?:\/\//i, '')].some(
    (form) => form.replace(/\/$/, '') === label.replace(/\/$/, ''),
  );
  if (label === '') return plain;
  return same ? (/^(?:mailto|tel):/i.test(address) ? label : address) : `${label} (${plain})`;
};

const group = (label: string): string => `@${label.replace(/^@/, '') || 'group'}`;

type Link = (address: string, label: string) => string;

/** What a person sees of the inside of a `<…>` of Slack's. */
export const readToken = (inside: string, nameOf: NameOf, readLink: Link = link): string => {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescapeText(inside.slice(bar + 1)).trim();
  if (target.startsWith('@')) return mention(target.slice(1), label, nameOf);
  if (target.startsWith('#')) return `#${label || 'channel'}`;
  if (target.startsWith('!date^')) return label || 'a date';
  if (target.startsWith('!subteam^')) return group(label);
  if (target.startsWith('!')) {
    const word = target.slice(1);
    return BROADCASTS.includes(word) ? `@${word}` : label || word;
  }
  return readLink(unescapeText(target), label);
};

/**
 * Slack's mrkdwn as plain text: mentions by name and without effect, links with their address, entities read once.
 * Marks of formatting and emoji codes stay as they were typed.
 */
export const plainText = (mrkdwn: string, nameOf: NameOf): string =>
  mrkdwn.replace(TOKEN, (whole, inside: string | undefined) => {
    if (inside !== undefined) return readToken(inside, nameOf);
    // A stray bracket is nothing that Slack sends.
    return whole.startsWith('&') ? unescapeText(whole) : '';
  });

const CUT = '\n… (cut here; the rest is in Slack)';

/** At most `length` characters, with a note when something was left out. */
export const cutText = (text: string, length: number): string =>
  text.length <= length ? text : `${shorten(text, Math.max(1, length - CUT.length)).replace(/…$/, '')}${CUT}`;
