import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { mayBeOf } from './asked-for.ts';
import { unreadable } from './failures.ts';
import type { Caller, SyncroReads } from './ports.ts';
import type { Query } from './reader.ts';
import { isoTime, pageOf, type Resource, rowsOf } from './rows.ts';
import type { TicketSummary } from './ticket.ts';
import { comment, listedTicket, ticketDetail, ticketRow, timer } from './ticket-from-wire.ts';
import { optionalId } from './wire.ts';

const MOST_MENTIONS_PAGES = 5;

const parent = z.object({ ticket_id: optionalId });

type TicketReads = Pick<SyncroReads, 'findTicket' | 'ticket' | 'tickets' | 'listedTickets' | 'comments' | 'timers'>;

export const ticketReads = ({ read, readPage, readRecord, log }: Resource): TicketReads => {
  type Match = { readonly exact: TicketSummary | null; readonly others: boolean; readonly isLast: boolean };
  const matching = async (caller: Caller, query: Query, wanted: string): Promise<Match> => {
    const { rows, page, totalPages } = await readPage(caller, 'tickets', query, ticketRow, `ticket #${wanted}`);
    const exact = rows.filter((row) => String(row.number) === wanted);
    const ids = new Set(exact.map((row) => row.id));
    if (ids.size > 1) {
      throw new AppError('unreadable', `Syncro has more than one ticket #${wanted}.`, { subject: `ticket #${wanted}` });
    }
    return { exact: exact[0] ?? null, others: rows.length > exact.length, isLast: page >= totalPages };
  };

  /** For an account that ignores the number: what mentions it is looked through. @throws AppError unreadable */
  const amongMentions = async (caller: Caller, wanted: string, first: Match): Promise<TicketSummary | null> => {
    let { isLast } = first;
    for (let page = 2; !isLast; page++) {
      if (page > MOST_MENTIONS_PAGES)
        throw new AppError('unreadable', `Syncro does not say which ticket is #${wanted}: too many mention it.`, {
          subject: `ticket #${wanted}`,
        });
      const next = await matching(caller, { query: wanted, page }, wanted);
      if (next.exact) return next.exact;
      ({ isLast } = next);
    }
    return null;
  };

  return {
    // Never GET /tickets/{number}: on old accounts with low ids it opens somebody else's ticket.
    findTicket: async (caller, number) => {
      const wanted = String(number);
      // The second: "closed tickets won't appear in default list" (one client, unproved). The third: the number filter
      // may be missing on an account. All three are compared exactly, as unknown parameters are silently ignored.
      const attempts: readonly Query[] = [{ number }, { number, status: 'Resolved' }, { query: wanted }];
      let isIgnored = false;
      for (const query of attempts) {
        const found = await matching(caller, query, wanted);
        if (found.exact) return found.exact;
        if (query.query !== undefined) return isIgnored ? amongMentions(caller, wanted, found) : null;
        isIgnored ||= found.others;
      }
      return null;
    },

    ticket: async (caller, id) => {
      const subject = `ticket with id ${id}`;
      const ticket = await readRecord(caller, `tickets/${id}`, ticketDetail, subject);
      // Old notes say that a path may take the number too; another record than the one asked for is none.
      if (ticket.id !== id) throw new AppError('not_found', `Syncro has no ${subject}.`, { subject });
      // Kinds only: the contents are customers' data.
      if (ticket.unread.length > 0)
        log.warn({ subject, unread: ticket.unread.map(({ kind }) => kind) }, 'parts of a ticket that cannot be read');
      return ticket;
    },

    tickets: (caller, { query, status, customerId, technicianId, mine, updatedSince, page }) => {
      const asked: Query = {
        ...{ query, status, customer_id: customerId, user_id: technicianId },
        ...{ mine: mine || undefined, since_updated_at: isoTime(updatedSince), page },
      };
      return readPage(caller, 'tickets', asked, ticketRow);
    },

    listedTickets: (caller, { updatedSince, page }) =>
      readPage(caller, 'tickets', { since_updated_at: isoTime(updatedSince), page }, listedTicket),

    comments: async (caller, id, { perPage, page }) => {
      const query: Query = { sort_by: 'created_at', sort_direction: 'DESC', per_page: perPage, page };
      const subject = `ticket with id ${id}`;
      const json = await read(caller, `tickets/${id}/comments`, query, subject);
      // Of an answer about another ticket nothing can be concluded, least of all that ours has no such comment.
      const parents = rowsOf(json, 'comments', parent, log);
      if (!parents.every(({ ticket_id: of }) => mayBeOf(of, id))) throw unreadable(`the comments of ${subject}`, 200);
      return pageOf(json, 'comments', comment, log);
    },

    timers: (caller, { page }) => readPage(caller, 'ticket_timers', { page }, timer, 'timers'),
  };
};
