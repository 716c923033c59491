import { uniqueById } from '../../syncro/read-pages.ts';
import type { Comment } from '../../syncro/ticket.ts';
import type { Copied, TicketCopy } from '../tickets/ports.ts';
import { type IndexDeps, openIndex } from './ask-index.ts';
import type { IndexedComment } from './ports.ts';

/** As many open tickets as are read from Syncro at most. */
const MOST_OPEN = 750;
const MOST_OWN = 250;

/** The index has a comment as people read it, and not under which user of Syncro's it was written. */
const asComment = ({ id, text, authorName, hidden, createdAt }: IndexedComment): Comment => ({
  ...{ id, authorName, hidden, createdAt, body: text },
  subject: '',
  authorId: null,
});

/**
 * The index as what lists, cards and Homes show until Syncro has answered. As old as a search may be: a quarter of an
 * hour, and any age while Syncro does not answer.
 */
export const createTicketCopy = (deps: IndexDeps): TicketCopy => {
  const { index, clock } = deps;
  const without = { without: deps.doneStatuses };

  const copied = async <T>(read: (from: NonNullable<IndexDeps['index']>) => Promise<T>): Promise<Copied<T> | null> => {
    const opened = await openIndex(deps);
    if (!index || !opened?.fresh) return null;
    return { copy: await read(index), asOf: clock.now() - opened.source.ageMs };
  };

  return {
    open: (technicianId) =>
      copied(async (from) => {
        const all = await from.all(without, MOST_OPEN + 1);
        if (all.length <= MOST_OPEN) return { tickets: all, partial: false };
        const own = await from.of(technicianId, without, MOST_OWN);
        return { tickets: uniqueById([...all.slice(0, MOST_OPEN), ...own]), partial: true };
      }),

    openOf: (technicianId, limit) => copied((from) => from.of(technicianId, without, limit)),

    ticket: async (number) => {
      const found = await copied(async (from) => {
        const ticket = await from.byNumber(number);
        return ticket && { ticket, comments: (await from.commentsOf([ticket.id])).map(asComment) };
      });
      return found?.copy ? { ...found, copy: found.copy } : null;
    },
  };
};
