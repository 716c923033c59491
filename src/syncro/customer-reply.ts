import { comparable } from '../shared/text.ts';
import type { Comment, Ticket, TicketId, TicketNumber } from './ticket.ts';

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

/** The name that Syncro gives to what a customer answers by email or in the portal. */
const REPLY_SUBJECT = 'customer reply';
/** With this a ticket begins: it is new, and nobody replied. */
const FIRST_SUBJECT = 'initial issue';

const isNamed = (comment: Comment, subject: string): boolean => comment.subject.trim().toLowerCase() === subject;

/** Who wrote a comment that carries no user, in Syncro's own words. */
const MARKED = /^customer[- ]reply$/i;

/** The names of the customer and of the ticket's contact. */
export const customerNames = ({
  customerName,
  contact,
}: Pick<Ticket, 'customerName' | 'contact'>): ReadonlySet<string> =>
  new Set([customerName, contact?.name ?? ''].filter(Boolean));

/** As people read names: small letters and stray blanks make nobody somebody else. */
const isOneOf = (name: string | null, names: ReadonlySet<string>): boolean => {
  const read = comparable(name ?? '');
  return read !== '' && [...names].some((one) => comparable(one) === read);
};

export type People = {
  /** The names that the account's users have. */
  readonly technicians: ReadonlySet<string>;
  /** See `customerNames`. */
  readonly customers: ReadonlySet<string>;
};

/**
 * No flag says it. Comments of users carry a user; one without may also be a monitor's, an automation's or a
 * technician's from elsewhere, so it is the customer's only where its subject or its author says so. Syncro puts a
 * technician's name on a customer's reply, too.
 */
export const isByCustomer = (comment: Comment, customers: ReadonlySet<string>): boolean => {
  if (comment.authorId !== null) return false;
  const { authorName } = comment;
  return isNamed(comment, REPLY_SUBJECT) || MARKED.test(authorName?.trim() ?? '') || isOneOf(authorName, customers);
};

const isByTechnician = ({ authorId, authorName }: Comment, technicians: ReadonlySet<string>): boolean =>
  authorId !== null || isOneOf(authorName, technicians);

const newestFirst = (a: Comment, b: Comment): number => (b.createdAt ?? 0) - (a.createdAt ?? 0) || b.id - a.id;

/**
 * What the customer wrote that no technician has answered yet, oldest first. Internal comments answer nobody.
 * @param since older ones are no news, whatever was notified
 */
export const unansweredReplies = (
  comments: readonly Comment[],
  { since, technicians, customers }: People & { readonly since: number },
): ReadonlyArray<Comment & { readonly createdAt: number }> => {
  const visible = comments.filter(({ hidden }) => !hidden).toSorted(newestFirst);
  const theirs = (comment: Comment): boolean => isByCustomer(comment, customers);
  const answered = visible.findIndex((comment) => !theirs(comment) && isByTechnician(comment, technicians));
  const open = answered === -1 ? visible : visible.slice(0, answered);
  return open
    .filter(theirs)
    .flatMap((comment) => {
      const { createdAt } = comment;
      const isNews = createdAt !== null && createdAt >= since && !isNamed(comment, FIRST_SUBJECT);
      return isNews ? [{ ...comment, createdAt }] : [];
    })
    .reverse();
};
