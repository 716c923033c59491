import type { Caller, SyncroReads } from './ports.ts';
import { readSince } from './read-pages.ts';
import type { Comment, TicketId } from './ticket.ts';

const PER_PAGE = 50;

/** Every comment of a ticket, on however many pages. @throws AppError also when one can't be read */
export const readAllComments = (
  reads: Pick<SyncroReads, 'comments'>,
  caller: Caller,
  id: TicketId,
): Promise<readonly Comment[]> =>
  readSince(0, 'comments', (page) => reads.comments(caller, id, { perPage: PER_PAGE, page }));
