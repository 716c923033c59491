import { type Basis, basisOf, type Changed, changedPeople, type Seen } from '../../runs/rules/basis.ts';
import { type EqualComment, equalComment } from '../../runs/rules/preview-warnings.ts';
import { sameAs } from '../../shared/text.ts';
import { customerNames, isByCustomer } from '../../syncro/customer-reply.ts';
import { type Comment, commentIdsOf, type Ticket } from '../../syncro/ticket.ts';

type NewComment = { readonly author: string; readonly body: string };

/** What the form does not show and the person should know before anything is sent. */
export type SinceOpened = {
  readonly changes: readonly Changed[];
  /** New ones of anybody. */
  readonly comments: readonly NewComment[];
  /** The same words, posted shortly before. */
  readonly equal: EqualComment | null;
};

/** What the form shows of its ticket. @param equal whether it says that the resolution in it was posted shortly before */
export const seenOf = (ticket: Ticket, resolution: string, equal: EqualComment | null): Seen => ({
  ...basisOf(ticket),
  commentIds: commentIdsOf(ticket),
  ...(equal ? { postedBefore: resolution } : {}),
});

const changedStatus = (before: Basis, { status }: Ticket): readonly Changed[] =>
  before.status === status ? [] : [{ kind: 'status', from: before.status, to: status }];

const authorOf = (comment: Comment, ticket: Ticket): string =>
  comment.authorName || (isByCustomer(comment, customerNames(ticket)) ? 'The customer' : 'Somebody');

/** `null`: the form shows the ticket as it is. @param resolution `null`: none */
export const sinceOpened = (seen: Seen, ticket: Ticket, resolution: string | null, now: number): SinceOpened | null => {
  const { commentIds, postedBefore } = seen;
  const changes = [...changedPeople(seen, basisOf(ticket)), ...changedStatus(seen, ticket)];
  const added = commentIds ? ticket.comments.filter(({ id }) => !commentIds.includes(id)) : [];
  const comments = added.map((comment) => ({ author: authorOf(comment, ticket), body: comment.body }));
  const isSaid = resolution === null || (postedBefore !== undefined && sameAs(postedBefore)(resolution));
  const equal = isSaid ? null : equalComment(ticket.comments, resolution, now);
  return changes.length > 0 || comments.length > 0 || equal ? { changes, comments, equal } : null;
};
