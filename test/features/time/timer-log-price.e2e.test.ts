import { describe, expect, test } from '@jest/globals';
import { quickConfig } from '../../world/use-world.ts';
import { agree, priced, shop } from '../bill/price-steps.ts';
import { previewLog, readyToLog, stopped, useTimers } from './timer-steps.ts';

const start = useTimers();

/** Every test begins on a Wednesday, at ten o'clock in Phoenix. */
const openOnWednesday = (opens: string, closes: string) => [
  { day: 'Wednesday', start: opens, end: closes, closed: false },
];

describe('Log in Syncro outside business hours', () => {
  test('says so, and how much of the measured time it was', async () => {
    const world = await start({ config: shop() });
    world.syncro.state.settings.business_hours = openOnWednesday('09:33', '17:00');
    const { preview } = await readyToLog(world);
    // From 9:18 to 10:00.
    expect(preview.text()).toMatch(
      /! Worked .* to .*: 15 of 42 min are outside business hours, but remote isn't an after-hours rate\./,
    );
    expect(preview.text()).toContain('0.7 h × $150.00 = $105.00');
  });

  test('says the reverse of an after-hours labor in business hours, and nothing where they agree', async () => {
    const world = await start({ config: shop() });
    world.syncro.state.settings.business_hours = openOnWednesday('09:00', '17:00');
    const { howard, form, message } = await stopped(world, 42);
    await form.close();
    await message.click('Log in Syncro');
    const preview = await previewLog(howard, 'Came at once.', 'emergency');
    expect(preview.text()).toContain('within business hours, but emergency is an after-hours rate.');
    await preview.close();
    expect((await previewLog(howard)).text()).not.toContain('business hours');
  });

  test('says that nobody knows where the account’s hours can’t be read', async () => {
    const world = await start({ config: shop() });
    world.syncro.fault({ kind: '401', method: 'GET', path: '/settings', times: 99 });
    const { preview } = await readyToLog(world);
    expect(preview.text()).toContain(
      "I couldn't read the account's business hours, so I don't know if this was after hours.",
    );
  });
});

describe('Log in Syncro for a customer with a contract', () => {
  test('that covers the labor says so', async () => {
    const world = await start();
    agree(world, { non_billable_product_ids: [1_190_473] });
    const { preview } = await readyToLog(world);
    expect(preview.text()).toContain(
      "! Gold Care covers Labor - Remote Business: under this contract it isn't billable.",
    );
  });

  test('that prices the labor otherwise says so', async () => {
    const world = await start();
    agree(world, priced);
    const { preview } = await readyToLog(world);
    expect(preview.text()).toContain('! Gold Care prices Labor - Remote Business at $120.00 an hour.');
  });

  test('says that contracts can’t be read, unless nobody wants to hear of them', async () => {
    const world = await start();
    world.syncro.fault({ kind: '401', method: 'GET', path: '/contracts', times: 99 });
    expect((await readyToLog(world)).preview.text()).toContain("I couldn't read the customer's contracts");
    const other = await start({ config: quickConfig({ more: 'billing: { contracts: off }' }) });
    agree(other, priced);
    expect((await readyToLog(other)).preview.text()).not.toContain('Gold Care');
  });
});
