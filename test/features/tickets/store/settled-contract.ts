import { describe, expect, test } from '@jest/globals';
import { createSettledTickets } from '../../../../src/features/tickets/store/settled-tickets.ts';
import { ticketId } from '../../../../src/syncro/ticket.ts';
import { eachTest, type NewStore } from '../../../database/contract.ts';
import { hour, noon } from '../../../runs/rules/a-ticket.ts';

/** Tickets that need no second look while they don't change, whatever the engine. */
export const settledContract = (newStore: NewStore): void => {
  describe('settled tickets', () => {
    const { open } = eachTest(newStore);
    const at = (id: number, updatedAt: number | null) => ({ id: ticketId(id), updatedAt });

    test('are known, also to another process, until they change', async () => {
      const settled = createSettledTickets(await open());
      await settled.add(at(1, noon));
      await settled.add(at(2, null));
      const other = createSettledTickets(await open());
      expect(await other.among([at(1, noon), at(2, null), at(3, noon)])).toEqual(new Set([1, 2]));
      expect(await other.among([at(1, noon + hour)])).toEqual(new Set());
      expect(await other.among([])).toEqual(new Set());
    });

    test('are settled anew after a change', async () => {
      const settled = createSettledTickets(await open());
      await settled.add(at(1, noon));
      await settled.add(at(1, noon + hour));
      expect(await settled.among([at(1, noon)])).toEqual(new Set());
      expect(await settled.among([at(1, noon + hour)])).toEqual(new Set([1]));
    });
  });
};
