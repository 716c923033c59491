import type { Kysely } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import type { TicketMemory } from '../../../runs/ports.ts';
import { AppError } from '../../../shared/errors.ts';
import { type KnownTicket, ticketId, ticketNumber } from '../../../syncro/ticket.ts';

const valuesOf = (ticket: KnownTicket) => ({
  ticket_id: ticket.id,
  subject: ticket.subject,
  customer_id: ticket.customerId,
  customer_name: ticket.customerName,
});

/** What can't be kept now is asked of Syncro again: whoever read it has it, and need not hear of a locked database. */
const ifItCan = (error: unknown): void => {
  if (!(error instanceof AppError) || error.code !== 'no_database') throw error;
};

/** Which id stands behind a ticket number; it never changes, so it is kept for good. */
export const createTicketMemory = (db: Kysely<Database>): TicketMemory => {
  const rememberAll: TicketMemory['rememberAll'] = async (tickets) => {
    // Twice in one statement would be an error on some engines.
    const unique = [...new Map(tickets.map((ticket) => [ticket.number, ticket])).values()];
    if (unique.length === 0) return;
    await db
      .insertInto('ticket_numbers')
      .values(unique.map((ticket) => ({ number: ticket.number, ...valuesOf(ticket) })))
      .onConflict((oc) =>
        oc
          .column('number')
          .doUpdateSet((set) => ({
            ticket_id: set.ref('excluded.ticket_id'),
            subject: set.ref('excluded.subject'),
            customer_id: set.ref('excluded.customer_id'),
            customer_name: set.ref('excluded.customer_name'),
          }))
          // Postgres would write what is the same, and wait for the disk.
          .where((w) =>
            w.or([
              w('ticket_numbers.ticket_id', '!=', w.ref('excluded.ticket_id')),
              w('ticket_numbers.subject', '!=', w.ref('excluded.subject')),
              w('ticket_numbers.customer_id', '!=', w.ref('excluded.customer_id')),
              w('ticket_numbers.customer_name', '!=', w.ref('excluded.customer_name')),
            ]),
          ),
      )
      .execute()
      .catch(ifItCan);
  };
  return {
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
    remember: (ticket) => rememberAll([ticket]),
    rememberAll,
    forget: async (number) => {
      await db.deleteFrom('ticket_numbers').where('number', '=', number).execute();
    },
  };
};
