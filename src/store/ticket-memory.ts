import type { Kysely } from 'kysely';
import type { KnownTicket, TicketMemory } from '../app/ports.ts';
import { ticketId, ticketNumber } from '../domain/ticket.ts';
import type { Database } from './schema.ts';

const valuesOf = (ticket: KnownTicket) => ({
  ticket_id: ticket.id,
  subject: ticket.subject,
  customer_id: ticket.customerId,
  customer_name: ticket.customerName,
});

/** Which id stands behind a ticket number; it never changes, so it is kept for good. */
export const createTicketMemory = (db: Kysely<Database>): TicketMemory => ({
  recall: async (number) => {
    const row = await db.selectFrom('ticket_numbers').selectAll().where('number', '=', number).executeTakeFirst();
    if (!row) return null;
    return {
      id: ticketId(row.ticket_id),
      number: ticketNumber(row.number),
      subject: row.subject,
      customerId: row.customer_id,
      customerName: row.customer_name,
    };
  },
  remember: async (ticket) => {
    const values = valuesOf(ticket);
    await db
      .insertInto('ticket_numbers')
      .values({ number: ticket.number, ...values })
      .onConflict((oc) => oc.column('number').doUpdateSet(values))
      .execute();
  },
  rememberAll: async (tickets) => {
    // Twice in one statement would be an error on some engines.
    const unique = [...new Map(tickets.map((ticket) => [ticket.number, ticket])).values()];
    if (unique.length === 0) return;
    await db
      .insertInto('ticket_numbers')
      .values(unique.map((ticket) => ({ number: ticket.number, ...valuesOf(ticket) })))
      .onConflict((oc) =>
        oc.column('number').doUpdateSet((eb) => ({
          ticket_id: eb.ref('excluded.ticket_id'),
          subject: eb.ref('excluded.subject'),
          customer_id: eb.ref('excluded.customer_id'),
          customer_name: eb.ref('excluded.customer_name'),
        })),
      )
      .execute();
  },
  forget: async (number) => {
    await db.deleteFrom('ticket_numbers').where('number', '=', number).execute();
  },
});
