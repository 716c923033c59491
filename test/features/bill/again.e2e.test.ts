import { expect, test } from '@jest/globals';
import { useWorld } from '../../world/use-world.ts';
import { bill } from './bill-steps.ts';

const start = useWorld();

test('/syncro again opens the form with the last labor and audience, and never with minutes', async () => {
  const world = await start();
  const howard = world.slack.person('U012HOWARD');
  await howard.slash('/syncro', 'again 32164');
  const first = await howard.modal('Bill #32164');
  await first.waitFor('Invoice');
  expect(['Minutes', 'Labor type', 'Audience'].map((label) => first.value(label))).toEqual([
    '',
    '',
    'Email the customer',
  ]);
  await first.close();
  await bill(howard, 32164, { labor: 'onsite', audience: 'Internal only' });
  await howard.slash('/syncro', 'again 32165');
  const next = await howard.modal('Bill #32165');
  await next.waitFor('Invoice');
  expect(['Minutes', 'Labor type', 'Comment', 'Audience'].map((label) => next.value(label))).toEqual([
    '',
    'onsite $175',
    '',
    'Internal only',
  ]);
});
