import type { TicketSummary } from '../../../syncro/ticket.ts';
import type { IndexedComment } from '../ports.ts';
import { searchWords } from '../search-words.ts';
import type { SearchDocument } from './word-index.ts';

/** What every engine takes as text: Postgres refuses a zero byte. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

// Only these two write and read the column, from the same type.
export const toTicket = ({ body }: { readonly body: string }): TicketSummary => JSON.parse(body) as TicketSummary;

export const bodyOf = (ticket: TicketSummary): string => {
  const { id, number, subject, status, priority, problemType, customerId, customerName } = ticket;
  const { technicianId, createdAt, updatedAt, dueAt, customerReplied } = ticket;
  return JSON.stringify({
    ...{ id, number, subject, status, priority, problemType, customerId, customerName },
    ...{ technicianId, createdAt, updatedAt, dueAt, customerReplied },
  } satisfies TicketSummary);
};

/** A log of a megabyte in a comment is found by its beginning. */
const COMMENT_LENGTH = 4_000;

export const commentRow = (ticketId: number, { id, hidden, authorName, createdAt, text }: IndexedComment) => ({
  id,
  ticket_id: ticketId,
  hidden: hidden ? 1 : 0,
  author: authorName === null ? null : storable(authorName),
  created_at: createdAt,
  body: storable(text.slice(0, COMMENT_LENGTH)),
});

const wordsOf = (...texts: readonly string[]): string => searchWords(texts.join(' ')).join(' ');

export const documentOf = (ticket: TicketSummary, comments: readonly string[]): SearchDocument => ({
  ticketId: ticket.id,
  updatedAt: ticket.updatedAt ?? 0,
  subject: wordsOf(ticket.subject),
  about: wordsOf(String(ticket.number), ticket.customerName),
  talk: wordsOf(...comments),
  status: ticket.status,
  technicianId: ticket.technicianId,
});
