import type { SyncroSandbox } from './syncro/start-syncro.ts';

const SHOWN_REQUESTS = 25;

const nameOf = (syncro: SyncroSandbox, id: number | null): string =>
  syncro.state.users.find((user) => user.id === id)?.full_name ?? 'nobody';

/** The last requests that reached Syncro, with the technician whose key they carried. */
export const describeRequests = (syncro: SyncroSandbox): string =>
  syncro.requests
    .slice(-SHOWN_REQUESTS)
    .map(({ at, method, path, technician, status }) => {
      const time = new Date(at).toISOString().slice(11, 23);
      return `  ${time}  ${method.padEnd(5)} ${path}  ${status || 'no answer'}  ${nameOf(syncro, technician)}`;
    })
    .join('\n') || '  Nothing went to Syncro yet.';

/** What Syncro itself knows of a ticket now. */
export const describeTicket = (syncro: SyncroSandbox, number: number): string => {
  const { tickets, comments, lines, invoices, outbox } = syncro.state;
  const ticket = tickets.find((row) => row.number === number);
  if (!ticket) return `  Syncro has no ticket #${number}.`;
  const of = <Row extends { ticket_id: number | null }>(rows: readonly Row[]) =>
    rows.filter((row) => row.ticket_id === ticket.id);
  return [
    `  #${ticket.number} ${ticket.subject} · ${ticket.status}`,
    ...of(comments).map(
      (c) =>
        `  comment  ${c.hidden ? 'internal' : outbox.some((mail) => mail.commentId === c.id) ? 'e-mailed' : 'portal'}  ${c.tech ?? 'customer'}: ${c.body.slice(0, 70)}`,
    ),
    ...of(lines).map(
      (l) =>
        `  line     ${l.quantity} × ${l.name} at $${(l.retail_cents / 100).toFixed(2)}  ${nameOf(syncro, l.user_id)}`,
    ),
    ...of(invoices).map((i) => `  invoice  #${i.number}  ${nameOf(syncro, i.user_id)}`),
  ].join('\n');
};

/** The customer of a ticket answers by e-mail. */
export const customerWrites = (syncro: SyncroSandbox, number: number, body: string): string => {
  const ticket = syncro.state.tickets.find((row) => row.number === number);
  if (!ticket) return `  Syncro has no ticket #${number}.`;
  syncro.customerReply(ticket.id, body);
  return `  The customer of #${number} wrote; ${nameOf(syncro, ticket.user_id)} has the ticket.`;
};

export const FAULT_HELP = `  fault cut        Syncro does the next thing it is sent, then cuts the line without an answer
  fault lose       the next write is lost on the way, without an answer
  fault refuse     Syncro refuses the next write
  fault limit      Syncro says 429 to the next write
  fault down / up  Syncro is away, and back`;

/** Breaks the next write as ordered; `null`: not an order that is known. */
export const orderFault = (syncro: SyncroSandbox, what: string): string | null => {
  const method = 'POST';
  switch (what.toLowerCase()) {
    case 'cut':
      syncro.fault({ method, kind: 'cut-after' });
      return '  The next write will land, and its answer will be lost.';
    case 'lose':
      syncro.fault({ method, kind: 'cut-before' });
      return '  The next write will be lost.';
    case 'refuse':
      syncro.fault({ method, kind: '422', body: { success: false, message: ["Body can't be that"] } });
      return '  The next write will be refused.';
    case 'limit':
      syncro.fault({ method, kind: '429', retryAfter: 5 });
      return '  The next write meets the rate limit.';
    case 'down':
      syncro.down(true);
      return '  Syncro is away.';
    case 'up':
      syncro.down(false);
      return '  Syncro is back.';
    default:
      return null;
  }
};
