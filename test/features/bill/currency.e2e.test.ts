import { afterEach, expect, test } from '@jest/globals';
import { setCurrency } from '../../../src/shared/money.ts';
import { useWorld } from '../../world/use-world.ts';
import { bill, previewBill } from './bill-steps.ts';

const start = useWorld();
afterEach(() => setCurrency('$'));

test('a British account sees its own currency, from the preview to the receipt', async () => {
  const world = await start();
  Object.assign(world.syncro.state.settings, { currency_symbol: '£', time_zone: 'London' });
  const howard = world.slack.person('U012HOWARD');
  const preview = await previewBill(howard, 32159);
  expect(preview.text()).toContain('0.75 h × £150.00 = £112.50');
  expect(preview.text()).toContain('→ total £287.50');
  expect(preview.text()).not.toContain('$');
  await preview.close();
  const receipt = await bill(howard, 32164);
  expect(receipt.text).toContain('invoice #70000: £112.50');
  const prepaid = await previewBill(howard, 32165);
  expect(prepaid.text()).toContain('The invoice total is £0.00.');
});

test('an app that starts in the same process shows dollars until its account says otherwise', async () => {
  setCurrency('£');
  const world = await start();
  Object.assign(world.syncro.state.settings, { currency_symbol: '' });
  const preview = await previewBill(world.slack.person('U012HOWARD'), 32159);
  expect(preview.text()).toContain('→ total $287.50');
  expect(preview.text()).not.toContain('£');
});
