import { describe, expect, test } from '@jest/globals';
import type { Modal } from '../../../sandbox/slack/slack.ts';
import { customerIds } from '../../../sandbox/syncro/sample-customers.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { fillCache, newTickets, openCreate, receiptOf } from './create-steps.ts';

const start = useWorld();

describe('a text that could mean several customers', () => {
  const several = async (form: Modal): Promise<void> => {
    expect(form.value('Customer')).toBe('');
    expect(form.text()).toContain(
      '2 customers match "john smith": John Smith · Tucson; John Smith · Phoenix. Choose one.',
    );
    expect(form.value('Subject')).toBe('slow computer');
    expect(await form.typeahead('Customer', '')).toEqual(['John Smith · Tucson', 'John Smith · Phoenix']);
  };

  test.each(['never filled', 'filled'])('is asked about, with the cache %s', async (cache) => {
    const world = await start();
    const howard = howardOf(world);
    if (cache === 'filled') await fillCache(world);
    const form = await openCreate(howard, 'john smith slow computer');
    await several(form);
    await form.choose('Customer', 'John Smith · Phoenix');
    expect(form.value('Customer')).toBe('John Smith · Phoenix');
    await form.waitFor('John Smith has 1 open ticket: #32149');
    await form.type('Subject', 'Phone');
    await form.submit('Create');
    await receiptOf(howard);
    expect(newTickets(world)[0]?.customer_id).toBe(customerIds.smithPhoenix);
  });

  test('may still be for somebody else', async () => {
    const world = await start();
    const form = await openCreate(howardOf(world), 'John Smith slow computer');
    expect(await form.typeahead('Customer', 'burger')).toEqual(['Jerry Burger']);
  });

  test('is the whole subject when no name fits', async () => {
    const world = await start();
    const form = await openCreate(howardOf(world), 'printer jams at Acme West');
    expect(form.value('Customer')).toBe('');
    expect(form.value('Subject')).toBe('printer jams at Acme West');
    expect(form.text()).toContain('No customer starts with');
  });

  test('in curly quotes is the customer in them', async () => {
    const world = await start();
    const form = await openCreate(howardOf(world), '“Acme” printer jams');
    expect(form.text()).toContain('2 customers match "Acme": Acme West; Acme East. Choose one.');
    expect(form.value('Subject')).toBe('printer jams');
  });

  test('with the cache never filled and Syncro away opens all the same', async () => {
    const world = await start();
    world.syncro.down(true);
    const howard = howardOf(world);
    await howard.slash('/syncro', 'create Acme West printer jams');
    const form = await howard.modal('New ticket');
    await form.waitFor('Customer', { timeoutMs: 3_000 });
    expect(form.text()).toContain("Syncro didn't answer, so I couldn't look up");
    expect(form.value('Subject')).toBe('Acme West printer jams');
  });
});
