import type { Comment, TicketId, TicketNumber } from './ticket.ts';

/** What a customer wrote on a ticket. */
export type CustomerReply = {
  readonly commentId: number;
  readonly body: string;
  readonly at: number;
  readonly ticket: {
    readonly id: TicketId;
    readonly number: TicketNumber;
    readonly subject: string;
    readonly customerName: string;
  };
};

/** The name that Syncro gives to what a customer answers by e-mail or in the portal. */
const REPLY_SUBJECT = 'customer reply';
/** With this a ticket begins: it is new, and nobody replied. */
const FIRST_SUBJECT = 'initial issue';

const isNamed = (comment: Comment, subject: string): boolean => comment.subject.trim().toLowerCase() === subject;

/**
 * No flag says it. Comments of users carry a user; where the API leaves it out, the name on it is that of a technician,
 * which it may also put on a customer's reply.
 */
const isByCustomer = (comment: Comment, technicians: ReadonlySet<string>): boolean => {
  if (comment.authorId !== null) return false;
  return isNamed(comment, REPLY_SUBJECT) || comment.authorName === null || !technicians.has(comment.authorName);
};

const newestFirst = (a: Comment, b: Comment): number => (b.createdAt ?? 0) - (a.createdAt ?? 0) || b.id - a.id;

/**
 * What the customer wrote that no technician has answered yet, oldest first. Internal comments answer nobody.
 * @param since older ones are no news, whatever was notified
 * @param technicians the names that the account's users have
 */
export const unansweredReplies = (
  comments: readonly Comment[],
  { since, technicians }: { readonly since: number; readonly technicians: ReadonlySet<string> },
): ReadonlyArray<Comment & { readonly createdAt: number }> => {
  const visible = comments.filter(({ hidden }) => !hidden).toSorted(newestFirst);
  const answered = visible.findIndex((comment) => !isByCustomer(comment, technicians));
  const open = answered === -1 ? visible : visible.slice(0, answered);
  return open
    .flatMap((comment) => {
      const { createdAt } = comment;
      const isNews = createdAt !== null && createdAt >= since && !isNamed(comment, FIRST_SUBJECT);
      return isNews ? [{ ...comment, createdAt }] : [];
    })
    .reverse();
};
