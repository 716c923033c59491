import { iso } from './fields.ts';
import type { Change } from './route.ts';
import type { CommentRow } from './rows.ts';
import { nextId, type SyncroState } from './state.ts';

/**
 * The customer answers by email: the comment belongs to no user and the ticket moves to "Customer Reply".
 * @throws when there is no such ticket
 */
export const customerReplies = (
  state: SyncroState,
  now: number,
  changed: (change: Change) => void,
  ticketId: number,
  body: string,
): CommentRow => {
  const ticket = state.tickets.find((row) => row.id === ticketId);
  if (!ticket) throw new Error(`no ticket with id ${ticketId}`);
  const at = iso(now);
  const row: CommentRow = {
    id: nextId(state),
    ticket_id: ticketId,
    subject: 'Customer Reply',
    body,
    tech: null,
    hidden: false,
    user_id: null,
    is_rich_text: false,
    created_at: at,
    updated_at: at,
  };
  state.comments.push(row);
  ticket.status = 'Customer Reply';
  ticket.customer_reply = true;
  ticket.updated_at = at;
  changed({ kind: 'comment', action: 'created', id: row.id, ticketId });
  return row;
};
