import { describe, expect, test } from '@jest/globals';
import { howardOf, newTickets, openCreate, receiptOf, sentTicket } from './create-steps.ts';
import { writes } from './ticket-effects.ts';
import { useWorld } from './use-world.ts';

const start = useWorld();

describe('/syncro create', () => {
  test('with a name and a subject presets both, and creates under one press', async () => {
    const world = await start();
    const howard = howardOf(world);
    const form = await openCreate(howard, 'Acme West printer jams');
    expect(form.value('Customer')).toBe('Acme West');
    expect(form.value('Subject')).toBe('printer jams');
    await form.submit('Create');
    const receipt = await receiptOf(howard);
  });
});
