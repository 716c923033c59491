import { expect, test } from '@jest/globals';
import { howardOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();
const LONG = `${'word '.repeat(620)}and the very end`;

test.each([
  ['comment 32164', 'Comment on #32164', 'Comment'],
  ['create', 'New ticket', 'Description'],
])('what is typed behind %s and does not fit is said and given back', async (command, title, field) => {
  const howard = howardOf(await start());
  await howard.slash('/syncro', `${command} ${LONG}`);
  const form = await howard.modal(title);
  await form.waitFor(/takes at most 3,000 characters/);
  expect(LONG.startsWith(form.value(field))).toBe(true);
  expect(form.value(field).length).toBeGreaterThan(2_900);
  expect(form.text()).toContain('and the very end');
});
