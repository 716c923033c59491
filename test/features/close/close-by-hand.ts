import { randomUUID } from 'node:crypto';
import type { Person, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { runOf, type Work } from '../../../src/runs/rules/work.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import { ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { ticketByNumber } from '../tickets/ticket-effects.ts';

/**
 * Puts a close of a ticket into the journal, as a confirmed form does, and waits for its receipt.
 * @param database the file that the world was started with
 */
export const closeByHand = async (
  world: World,
  database: string,
  person: Person,
  number: number,
  resolution = 'Reset the cloud thing.',
): Promise<SeenMessage> => {
  const row = ticketByNumber(world, number);
  const id = ticketId(row.id);
  const work: Work = {
    kind: 'close',
    author: { id: 1750, name: person.name },
    ticket: {
      id,
      number: ticketNumber(number),
      subject: row.subject,
      customerId: row.customer_id,
      customerName: 'Jerry Burger',
    },
    known: {
      commentIds: world.syncro.state.comments.filter(({ ticket_id }) => ticket_id === row.id).map((one) => one.id),
      lineItemIds: [],
      invoiceIds: [],
    },
    emailTo: null,
    actions: [
      { kind: 'comment', ticketId: id, subject: 'Resolution', body: resolution, audience: 'internal' },
      { kind: 'ticket_update', ticketId: id, fields: { status: 'Resolved' } },
    ],
  };
  const technician = { slackUser: person.id, name: person.name, syncroUserId: 1750, role: 'technician' } as const;
  const db = await openSqlite(database);
  const now = Date.now();
  await createRuns(db).add(runOf(work, { id: randomUUID(), formId: randomUUID(), ref: 'CLOSE1', technician, now }));
  await db.destroy();
  return person.message(new RegExp(`Closed #${number}`), { timeoutMs: 8_000 });
};
