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

test.each([
  [
    'bill 45m remote fixed it',
    'Bill time',
    'Bill #32164',
    { Minutes: '45m', 'Labor type': 'remote', Comment: 'fixed it' },
  ],
  ['bill fixed  the\nprinter', 'Bill time', 'Bill #32164', { Minutes: '', Comment: 'fixed  the\nprinter' }],
  ['comment hello <!channel>', 'Add to ticket', 'Comment on #32164', { Comment: 'hello <!channel>', Audience: '' }],
  ['update wait c', 'Update a ticket', 'Update #32164', { Status: 'Waiting on Customer' }],
  ['update frobnicate', 'Update a ticket', 'Update #32164', { Status: 'New' }],
  ['close Fixed it.', 'Close a ticket', 'Close #32164', { Resolution: 'Fixed it.' }],
])('/syncro %s asks for the ticket and keeps what was typed', async (text, question, title, fields) => {
  const world = await start();
  const howard = howardOf(world);
  await howard.slash('/syncro', text);
  const chooser = await howard.modal(question);
  expect(chooser.text().replaceAll('\n| ', '\n')).toContain(`\n${text.replace(/^\S+ /, '')}\n`);
  await chooser.choose('Ticket', '32164');
  await chooser.submit('Continue');
  const form = await howard.modal(title);
  await form.waitFor('Own cloud thing again');
  await form.waitFor(Object.keys(fields)[0] ?? '');
  for (const [label, value] of Object.entries(fields)) expect([label, form.value(label)]).toEqual([label, value]);
  expect(howard.messages()).toEqual([]);
});

test('/syncro search alone opens the form for it', async () => {
  const world = await start();
  const howard = howardOf(world);
  await howard.slash('/syncro', 'search');
  expect((await howard.modal('Search tickets')).text()).toContain('Words');
  expect(howard.messages()).toEqual([]);
});
