import { sameAs } from '../../shared/text.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Comment, Ticket } from '../../syncro/ticket.ts';

/** A comment of the same words that was posted shortly before, by anybody. */
export type EqualComment = { readonly author: string | null; readonly createdAt: number | null };

const RECENT_MS = 24 * 3_600_000;

/** None of the subjects by which Syncro moves a ticket's status (Diagnosis, Parts Arrival, Parts Order). */
export const commentSubject = (audience: Audience): string => (audience === 'internal' ? 'Internal Note' : 'Update');

/** Where Syncro mails a comment: to the ticket's contact, else to the customer. */
export const mailAddress = (ticket: Ticket): string | null => ticket.contact?.email ?? ticket.customerEmail;

export const equalComment = (comments: readonly Comment[], body: string, now: number): EqualComment | null => {
  const isSame = sameAs(body);
  const equal = comments.find(
    ({ createdAt, body: other }) => createdAt !== null && now - createdAt < RECENT_MS && isSame(other),
  );
  return equal ? { author: equal.authorName, createdAt: equal.createdAt } : null;
};
