import type { TicketMemory } from '../../runs/ports.ts';
import type { SyncroReads } from '../../syncro/ports.ts';

/** The numbers on every list that a person reads are known before they are typed or pressed. */
export const rememberingListed = <Reads extends Pick<SyncroReads, 'tickets'>>(
  reads: Reads,
  memory: Pick<TicketMemory, 'rememberAll'>,
): Reads => ({
  ...reads,
  tickets: async (caller, filter) => {
    const page = await reads.tickets(caller, filter);
    // What is read in the background is thousands, and nobody is about to type them.
    if (caller.lane === 'person') await memory.rememberAll(page.rows);
    return page;
  },
});
