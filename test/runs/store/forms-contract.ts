import { describe, expect, test } from '@jest/globals';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import type { Form } from '../../../src/runs/ports.ts';
import { billWork } from '../../../src/runs/rules/work.ts';
import { createForms, oldForms } from '../../../src/runs/store/forms.ts';
import { type KnownTicket, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { eachTest, type NewStore, prune } from '../../database/contract.ts';
import { aPlan } from '../rules/a-bill.ts';
import { author } from '../rules/a-run.ts';
import { aTicket, hour, howard, jerrysNumber, noon } from '../rules/a-ticket.ts';

const aForm = (fields: Partial<Form> = {}): Form => ({
  id: 'form-1',
  technician: howard.slackUser,
  ticketNumber: jerrysNumber,
  draft: null,
  previewing: false,
  previewed: null,
  createdAt: noon,
  ...fields,
});

/** What an opened form keeps, whatever the engine. */
export const formsContract = (newStore: NewStore): void => {
  describe('forms', () => {
    const { open } = eachTest(newStore);

    test('come back as they were put, also for another process', async () => {
      const form = aForm({
        draft: { minutes: '45m', labor: 'remote', comment: '“Fixed” <b>&amp; 😀', audience: 'email' },
        previewing: false,
        previewed: { work: billWork(aTicket(), aPlan(), author, noon), at: noon },
      });
      await createForms(await open()).put(form);
      expect(await createForms(await open()).get('form-1')).toEqual(form);
    });

    test('hold what was put last', async () => {
      const forms = createForms(await open());
      await forms.put(aForm({ previewed: { work: billWork(aTicket(), aPlan(), author, noon), at: noon } }));
      await forms.put(aForm());
      expect(await forms.get('form-1')).toEqual(aForm());
    });

    test('lose nothing that was put while something in them was changed', async () => {
      const [one, other] = [createForms(await open()), createForms(await open())];
      await one.put(aForm());
      const puts: Array<Promise<void>> = [];
      await one.change('form-1', (form) => {
        if (puts.length === 0) puts.push(other.put(aForm({ previewing: true })));
        return { ...form, draft: { minutes: '45' } };
      });
      await Promise.all(puts);
      expect(await one.get('form-1')).toMatchObject({ previewing: true });
      await one.change('form-1', (form) => ({ ...form, draft: { minutes: '30' } }));
      await one.change('form-1', (form) => form);
      await one.change('no', () => aForm());
      expect(await one.get('form-1')).toEqual(aForm({ previewing: true, draft: { minutes: '30' } }));
      expect(await one.get('no')).toBeNull();
    });

    test('that were never opened are none', async () => {
      expect(await createForms(await open()).get('no')).toBeNull();
    });

    test('older than a week go', async () => {
      const forms = createForms(await open());
      const week = 7 * 24 * hour;
      await forms.put(aForm({ id: 'old' }));
      await forms.put(aForm({ id: 'new', createdAt: noon + week }));
      expect(await prune(await open(), oldForms, noon + week)).toBe(0);
      expect(await prune(await open(), oldForms, noon + week + 1)).toBe(1);
      expect(await forms.get('old')).toBeNull();
      expect(await forms.get('new')).not.toBeNull();
    });
  });
};

const known = (number: number, id: number, fields: Partial<KnownTicket> = {}): KnownTicket => ({
  id: ticketId(id),
  number: ticketNumber(number),
  subject: 'Own cloud thing again',
  customerId: 9_001,
  customerName: 'Burger Barn',
  ...fields,
});

/** What stands behind a ticket number, whatever the engine. */
export const ticketMemoryContract = (newStore: NewStore): void => {
  describe('the memory of ticket numbers', () => {
    const { open } = eachTest(newStore);

    test('recalls what was remembered, also for another process', async () => {
      await createTicketMemory(await open()).remember(known(32_164, 110_251_904));
      expect(await createTicketMemory(await open()).recall(ticketNumber(32_164))).toEqual(known(32_164, 110_251_904));
    });

    test('never takes a number for another ticket’s id', async () => {
      const memory = createTicketMemory(await open());
      await memory.remember(known(500, 32_164));
      expect(await memory.recall(ticketNumber(32_164))).toBeNull();
      await memory.remember(known(32_164, 110_251_904));
      expect((await memory.recall(ticketNumber(32_164)))?.id).toBe(110_251_904);
      expect((await memory.recall(ticketNumber(500)))?.id).toBe(32_164);
      await memory.forget(ticketNumber(32_164));
      expect((await memory.recall(ticketNumber(500)))?.id).toBe(32_164);
    });

    test('holds what was remembered last', async () => {
      const memory = createTicketMemory(await open());
      await memory.remember(known(32_164, 1));
      await memory.remember(known(32_164, 2, { subject: 'Merged', customerId: 9_002, customerName: 'Fries' }));
      expect(await memory.recall(ticketNumber(32_164))).toEqual(
        known(32_164, 2, { subject: 'Merged', customerId: 9_002, customerName: 'Fries' }),
      );
    });

    test('remembers a page at once, also what was known or stands there twice', async () => {
      const memory = createTicketMemory(await open());
      await memory.remember(known(32_164, 1));
      await memory.rememberAll([]);
      await memory.rememberAll([known(32_164, 2), known(32_165, 3), known(32_165, 4, { subject: 'Moved' })]);
      expect(await memory.recall(ticketNumber(32_164))).toEqual(known(32_164, 2));
      expect(await memory.recall(ticketNumber(32_165))).toEqual(known(32_165, 4, { subject: 'Moved' }));
    });

    test('forgets', async () => {
      const memory = createTicketMemory(await open());
      await memory.remember(known(32_164, 1));
      await memory.forget(ticketNumber(32_164));
      expect(await memory.recall(ticketNumber(32_164))).toBeNull();
    });
  });
};
