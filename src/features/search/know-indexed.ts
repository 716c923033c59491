import type { TicketMemory } from '../../runs/ports.ts';
import type { TicketIndex } from './ports.ts';

/**
 * Whose number is in the index need not be looked up. Like everything remembered it is a hint: `readTicket` compares it
 * with what Syncro says, and what turns out to be wrong or gone leaves the index as well.
 */
export const knowingIndexed = (
  memory: TicketMemory,
  index: Pick<TicketIndex, 'byNumber' | 'forget'>,
): TicketMemory => ({
  ...memory,
  recall: async (number) => (await memory.recall(number)) ?? index.byNumber(number),
  forget: async (number) => {
    await memory.forget(number);
    await index.forget(number);
  },
});
