import { plainDigits } from '../shared/typed-text.ts';
import { type TicketId, type TicketNumber, ticketId, ticketNumber } from './ticket.ts';

/** A ticket's page in Syncro, whose address holds the id. */
export type TicketPage = { readonly by: 'page'; readonly host: string; readonly id: TicketId };

/** A ticket as people point at it. */
export type TicketRef = { readonly by: 'number'; readonly number: TicketNumber } | TicketPage;

/** What a sentence, a quotation or a formatted text puts around a number or an address. */
const AROUND = ['[\\s([{<"\'`*_~«]{0,4}', '[\\s)\\]}>"\'`*_~».,;:!?…。،؛؟]{0,6}'] as const;

const NUMBER = new RegExp(`^${AROUND[0]}[#＃]?(\\d{1,9})${AROUND[1]}$`);

const PAGE = new RegExp(
  `^${AROUND[0]}(?:https?://)?([a-z0-9.-]{1,253}(?::\\d{1,5})?)/tickets/(\\d{1,12})(?:[/?#|]\\S*)?${AROUND[1]}$`,
  'i',
);

const LONGEST_PAGE = 2_000;

/** `32164`, `#32164`, `(#32164)`, `32164.`; in digits of any writing. */
export const parseTicketNumber = (text: string | undefined): TicketNumber | null => {
  const match = text !== undefined && text.length < 60 ? plainDigits(text).match(NUMBER) : null;
  return match ? ticketNumber(Number(match[1])) : null;
};

/** The address of a ticket's page. */
export const parseTicketPage = (text: string | undefined): TicketPage | null => {
  const match = text !== undefined && text.length < LONGEST_PAGE ? text.match(PAGE) : null;
  return match?.[1] && match[2] ? { by: 'page', host: match[1].toLowerCase(), id: ticketId(Number(match[2])) } : null;
};

/** A ticket as people point at it; `null`: this is none. */
export const parseTicketRef = (text: string | undefined): TicketRef | null => {
  const number = parseTicketNumber(text);
  return number === null ? parseTicketPage(text) : { by: 'number', number };
};
