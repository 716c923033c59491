import type { Kysely } from 'kysely';
import type { TicketMemory } from '../app/ports.ts';
import { ticketId, ticketNumber } from '../domain/ticket.ts';
import type { Database } from './schema.ts';

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
    const values = {
      ticket_id: ticket.id,
      subject: ticket.subject,
      customer_id: ticket.customerId,
      customer_name: ticket.customerName,
    };
    await db
      .insertInto('ticket_numbers')
      .values({ number: ticket.number, ...values })
      .onConflict((oc) => oc.column('number').doUpdateSet(values))
      .execute();
  },
  forget: async (number) => {
    await db.deleteFrom('ticket_numbers').where('number', '=', number).execute();
  },
});
