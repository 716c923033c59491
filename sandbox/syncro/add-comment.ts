import type { Behaviour } from './behaviour.ts';
import { looksRich } from './comment-json.ts';
import { flagOr, iso, keptOr, textOr } from './fields.ts';
import type { Change } from './route.ts';
import type { CommentRow, TicketRow, UserRow } from './rows.ts';
import { nextId, type SyncroState } from './state.ts';

/** Subjects that move the status by themselves. */
const moves: Readonly<Record<string, string>> = {
  Diagnosis: 'In Progress',
  'Parts Arrival': 'In Progress',
  'Parts Order': 'Waiting for Parts',
};

type Scene = {
  readonly state: SyncroState;
  readonly behaviour: Behaviour;
  readonly user: UserRow;
  readonly now: number;
  readonly changed: (change: Change) => void;
};

/** Where mail about a ticket goes: its contact, else its customer; null = nobody is mailed. */
export const mailAddress = (state: SyncroState, ticket: TicketRow): string | null => {
  const customer = state.customers.find((row) => row.id === ticket.customer_id);
  if (!customer || customer.no_email) return null;
  return state.contacts.find((row) => row.id === ticket.contact_id)?.email ?? customer.email;
};

/**
 * Stores a comment that is known to be valid, as written by the key's owner: `tech` changes the shown name only.
 * It emails the customer unless it is hidden or told not to.
 */
export const addComment = (scene: Scene, ticket: TicketRow, body: Readonly<Record<string, unknown>>): CommentRow => {
  const { state, user, now } = scene;
  const at = iso(now);
  const text = keptOr({ body, behaviour: scene.behaviour }, 'body', '');
  const row: CommentRow = {
    id: nextId(state),
    ticket_id: ticket.id,
    subject: textOr(body, 'subject', ''),
    body: text,
    tech: textOr(body, 'tech', user.full_name),
    hidden: flagOr(body, 'hidden', false),
    user_id: user.id,
    is_rich_text: looksRich(text),
    created_at: at,
    updated_at: at,
  };
  state.comments.push(row);
  ticket.updated_at = at;
  ticket.status = moves[row.subject] ?? ticket.status;
  if (!row.hidden) ticket.customer_reply = false;
  const to = mailAddress(state, ticket);
  if (!row.hidden && !flagOr(body, 'do_not_email', false) && to !== null) {
    state.outbox.push({ to, ticketId: ticket.id, commentId: row.id });
  }
  scene.changed({ kind: 'comment', action: 'created', id: row.id, ticketId: ticket.id });
  return row;
};
