import type { TicketMemory } from '../../runs/ports.ts';
import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { SyncroReads } from '../../syncro/ports.ts';
import type { Ticket, TicketId } from '../../syncro/ticket.ts';
import type { ShownLinks } from './ports.ts';

/** What a link to a ticket shows: nothing of what was written or charged. */
export type LinkedTicket = Pick<Ticket, 'id' | 'number' | 'subject' | 'status' | 'customerName'> & {
  /** `null`: nobody. */
  readonly assignee: string | null;
};

export type LinkedDeps = {
  readonly identity: Pick<Identity, 'reader'>;
  readonly reads: Pick<SyncroReads, 'ticket'>;
  readonly memory: Pick<TicketMemory, 'remember'>;
  readonly lists: Pick<AccountLists, 'assignee'>;
  readonly shown: ShownLinks;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * The tickets whose links somebody put into a channel, as this person may see them; without those that were shown there
 * a short while ago and those that can't be read.
 */
export const readLinkedTickets = async (
  deps: LinkedDeps,
  technician: Technician,
  channel: string,
  ids: readonly TicketId[],
): Promise<readonly LinkedTicket[]> => {
  const { identity, reads, memory, lists, shown, clock, log } = deps;

  const read = async (id: TicketId): Promise<LinkedTicket | null> => {
    const takenAt = clock.now();
    if (!(await shown.take(channel, id, takenAt))) return null;
    try {
      const caller = await identity.reader(technician, 'background');
      const ticket = await reads.ticket(caller, id);
      const { number, subject, status, customerName } = ticket;
      await memory.remember(ticket);
      return { id, number, subject, status, customerName, assignee: await lists.assignee(caller, ticket) };
    } catch (error) {
      await shown.putBack(channel, id, takenAt);
      log.debug({ id, err: error }, 'a linked ticket could not be read, so nothing is shown');
      return null;
    }
  };

  const found = await Promise.all(ids.map(read));
  return found.filter((ticket) => ticket !== null);
};
