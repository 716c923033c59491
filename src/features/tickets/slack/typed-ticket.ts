import { shorten } from '../../../shared/text.ts';
import { type NotUnderstood, notUnderstood, understood } from '../../../slack/feature.ts';
import { fromAnotherTime } from '../../../slack/pressed.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { parseTicketNumber, parseTicketRef, type TicketRef } from '../../../syncro/ticket-ref.ts';

type Understood<Args> = { readonly ok: true; readonly args: Args };

/** Reads the ticket that a command begins with. @param usage an example of it */
export const withTicket = <Args>(
  usage: string,
  words: readonly string[],
  make: (ticket: TicketRef, rest: readonly string[]) => Understood<Args> | NotUnderstood,
): Understood<Args> | NotUnderstood => {
  const ticket = parseTicketRef(words[0]);
  if (ticket) return make(ticket, words.slice(1));
  if (words[0] === undefined) return notUnderstood('Which ticket? A number is missing.', usage);
  return notUnderstood(`"${shorten(words[0], 60)}" is not a ticket number.`, usage);
};

/** A command about one ticket and nothing else. */
export const ticketOnly =
  (usage: string) =>
  (words: readonly string[]): Understood<{ readonly ticket: TicketRef }> | NotUnderstood =>
    withTicket(usage, words, (ticket) => understood({ ticket }));

export const numberOf = (text: string): TicketNumber => {
  const number = parseTicketNumber(text);
  if (number === null) throw fromAnotherTime();
  return number;
};
