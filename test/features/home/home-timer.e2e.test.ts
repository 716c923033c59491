import { expect, test } from '@jest/globals';
import { useWorld } from '../../world/use-world.ts';

const start = useWorld();

test('a running timer is stopped from the Home and stays there until it is billed', async () => {
  const world = await start();
  const howard = world.slack.person('U012HOWARD');
  await howard.slash('/syncro', 'timer start 32155');
  await howard.message(/started/);
  const home = await howard.openHome();
  await home.waitFor('Connected as');
  expect(home.text()).toMatch(/▸ 0:0\d {2}#32155 Printer offline · Acme West\n\[Stop timer\]/);
  await home.click('Stop timer');
  const form = await howard.modal('Bill #32155');
  expect(form.value('Minutes')).toMatch(/^\d+$/);
  await home.waitFor(/Not billed yet\n! 0:0\d {2}#32155/);
  await form.close();
  await home.click(/Bill \d+ min/.exec(home.text())?.[0] ?? '');
  await howard.modal('Bill #32155');
});
