import { expect, test } from '@jest/globals';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';

const start = useWorld();

test.each([
  ['bill', 'Bill time', 'Bill #32164'],
  ['comment', 'Add to ticket', 'Comment on #32164'],
  ['update', 'Update a ticket', 'Update #32164'],
  ['close', 'Close a ticket', 'Close #32164'],
])('/syncro %s alone asks for the ticket, mine first, and opens its form', async (command, question, title) => {
  const world = await start();
  const howard = howardOf(world);
  await howard.slash('/syncro', command);
  const form = await howard.modal(question);
  const [first] = await form.typeahead('Ticket', '');
  const number = Number(/^#(\d+)/.exec(first ?? '')?.[1]);
  expect(world.syncro.state.tickets.find((ticket) => ticket.number === number)?.user_id).toBe(1750);
  await form.choose('Ticket', '32164');
  await form.submit('Continue');
  await (await howard.modal(title)).waitFor('Own cloud thing again');
  expect(howard.messages()).toEqual([]);
});

test('/syncro search alone opens the form for it', async () => {
  const world = await start();
  const howard = howardOf(world);
  await howard.slash('/syncro', 'search');
  expect((await howard.modal('Search tickets')).text()).toContain('Words');
  expect(howard.messages()).toEqual([]);
});
