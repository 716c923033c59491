import { ticketNumber } from '../../syncro/ticket.ts';
import { parseTicketPage, type TicketRef } from '../../syncro/ticket-ref.ts';

const ADDRESS = /https?:\/\/[^\s<>|]+/gi;
/** What a sentence puts behind an address. */
const AFTER_ADDRESS = new Set(')]}.,;:!?\'"');

/** Character by character: an expression would begin anew at each of them. */
const withoutEnd = (address: string): string => {
  let end = address.length;
  while (end > 0 && AFTER_ADDRESS.has(address[end - 1] ?? '')) end -= 1;
  return address.slice(0, end);
};
/** Two digits and less are more often a rank or a count ("the #1 problem", "ticket 3 of 5"). */
const NUMBER = '[1-9]\\d{2,8}';
const HASH = new RegExp(`(?<![\\w&/#.-])#(${NUMBER})(?!\\w)`, 'g');
const NAMED = new RegExp(
  `\\btickets?(?:\\s{1,3}(?:no\\.?|nr\\.?|numbers?))?[\\s:]{0,3}(#?${NUMBER}(?:\\s{0,3}(?:,|&|/|\\+|and|or)\\s{0,3}#?${NUMBER}){0,20})(?!\\w)`,
  'gi',
);
/** A bare number is a ticket's only when nothing else is said. */
const ALONE = /^\s*([1-9]\d{3,5})\s*$/;
const READ_LENGTH = 40_000;

type Found = { readonly at: number; readonly ref: TicketRef };

const byNumber = (at: number, digits: string): Found => ({
  at,
  ref: { by: 'number', number: ticketNumber(Number(digits)) },
});

const pages = (text: string, host: string): readonly Found[] =>
  [...text.matchAll(ADDRESS)].flatMap(({ 0: address, index }) => {
    const ref = parseTicketPage(withoutEnd(address));
    // An address of another Syncro holds an id that may be anybody's here.
    return ref?.by === 'page' && ref.host === host ? [{ at: index, ref }] : [];
  });

const numbers = (text: string): readonly Found[] => [
  ...[...text.matchAll(HASH)].map(({ 1: digits = '', index }) => byNumber(index, digits)),
  ...[...text.matchAll(NAMED)].flatMap(({ 1: list = '', index }) =>
    [...list.matchAll(/\d+/g)].map((digits) => byNumber(index + digits.index, digits[0])),
  ),
  ...[...text.matchAll(new RegExp(ALONE, 'g'))].map(({ 1: digits = '' }) => byNumber(0, digits)),
];

const keyOf = (ref: TicketRef): string => (ref.by === 'number' ? `#${ref.number}` : `${ref.id}`);

/**
 * The tickets that a text names (`#32164`, `ticket 32164`, its page in Syncro), each once, in their order. One ticket may
 * be there by number and by page: the page holds the id.
 * @param host where this account's tickets have their pages
 */
export const ticketMentions = (text: string, host: string): readonly TicketRef[] => {
  const read = text.slice(0, READ_LENGTH);
  // What follows # in an address is a place on a page.
  const words = read.replace(ADDRESS, (address) => ' '.repeat(address.length));
  const found = [...pages(read, host), ...numbers(words)].sort((a, b) => a.at - b.at);
  return [...new Map(found.map(({ ref }) => [keyOf(ref), ref])).values()];
};
