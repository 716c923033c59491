import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { addLine } from '../correct/correct-steps.ts';
import { addMonthly } from '../later/later-steps.ts';
import { ticketByNumber } from '../tickets/ticket-effects.ts';
import { fillIn, openBillForm, previewBill, SAMPLE_COMMENT, sent } from './bill-steps.ts';
import { agree, priced, setBlock, shop } from './price-steps.ts';

const start = useWorld();

/** Wednesday, March 4, 2026, 17:00 in Phoenix, when the sample's account closes; every test begins at ten o'clock. */
const CLOSING = Date.parse('2026-03-05T00:00:00Z');
const DAY = 24 * 3_600_000;
const lastNight = CLOSING - DAY + 2 * 3_600_000;

const howard = (world: World) => world.slack.person('U012HOWARD');

const openFilledIn = async (world: World, labor: string, endedAt?: number, minutes = '45') => {
  const form = await openBillForm(howard(world), 32164);
  await form.type('Minutes', minutes);
  await form.choose('Labor type', labor);
  await form.type('Comment', SAMPLE_COMMENT);
  if (endedAt !== undefined) await form.pickTime('Ended', endedAt);
  await form.submit('Preview');
  const preview = await howard(world).modal('Check and bill');
  await preview.waitFor(/\[(Bill|Charge) /);
  return preview;
};

const contractsRead = (world: World) => world.syncro.requests.filter(({ path }) => path.split('?')[0] === '/contracts');

const lineOf = (world: World) => {
  const line = world.syncro.state.lines.findLast(({ ticket_id }) => ticket_id === ticketByNumber(world, 32164).id);
  return line && { product: line.product_id, hours: line.quantity, cents: line.retail_cents };
};

describe('work after hours', () => {
  test('is told with the other price, switches by a button and back, and the audit says so', async () => {
    const world = await start({ config: shop() });
    const preview = await openFilledIn(world, 'remote', lastNight);
    expect(preview.text()).toMatch(/! Worked .* to .*, outside business hours, but remote isn't an after-hours rate\./);
    await preview.click('Switch to emergency-remote · $168.75');
    await preview.waitFor('[Bill $168.75]');
    expect(preview.text()).toContain('0.75 h × $225.00 = $168.75, Labor - Emergency or After Hours Business');
    expect(preview.text()).toContain('You chose emergency-remote instead of remote.');
    expect(preview.text()).toContain("Rate: remote's $150.00 × 1.5.");
    expect(preview.text()).not.toContain('outside business hours');
    await preview.click('Back to remote · $112.50');
    await preview.waitFor('[Bill $112.50]');
    await preview.click('Switch to emergency-remote · $168.75');
    await preview.waitFor('[Bill $168.75]');
    await preview.submit('Bill $168.75');
    await howard(world).message(/Billed #32164/);
    expect(lineOf(world)).toEqual({ product: 26_184, hours: 0.75, cents: 22_500 });
    await howard(world).slash('/syncro', 'audit 32164');
    await howard(world).message(/emergency-remote instead of remote/);
  });

  test('is told and billed where the product of the other word can’t be read', async () => {
    const world = await start({ config: shop() });
    const { products } = world.syncro.state;
    products.splice(
      products.findIndex(({ id }) => id === 26_184),
      1,
    );
    const preview = await openFilledIn(world, 'remote', lastNight);
    expect(preview.text()).toContain("outside business hours, but remote isn't an after-hours rate.");
    expect(preview.text()).toContain('[Bill $112.50]');
    expect(preview.text()).not.toContain('[Switch to');
  });

  test('by its own word, done in business hours, is told the other way round', async () => {
    const world = await start({ config: shop() });
    const preview = await openFilledIn(world, 'emergency-remote', CLOSING - DAY);
    expect(preview.text()).toContain('within business hours, but emergency-remote is an after-hours rate.');
    await preview.click('Switch to remote · $112.50');
    await preview.waitFor('[Bill $112.50]');
    expect(preview.text()).toContain('You chose remote instead of emergency-remote.');
  });

  test('by a premium with a price of its own, done in business hours, offers what it may be by day', async () => {
    const world = await start({ config: shop() });
    const preview = await openFilledIn(world, 'emergency $262.50', CLOSING - DAY);
    expect(preview.text()).toContain('within business hours, but emergency is an after-hours rate.');
    expect(preview.text()).toContain('[Switch to project · $112.50]');
    await preview.click('Switch to onsite · $131.25');
    await preview.waitFor('[Bill $131.25]');
    expect(preview.text()).toContain('[Back to emergency · $196.88]');
  });

  test('onsite is offered the one premium that belongs to no word; in part outside is counted', async () => {
    const world = await start({ config: shop() });
    const preview = await openFilledIn(world, 'onsite', CLOSING - DAY + 15 * 60_000, '60');
    expect(preview.text()).toContain(
      ": 15 of 60 min are outside business hours, but onsite isn't an after-hours rate.",
    );
    expect(preview.text()).toContain('[Switch to emergency · $262.50]');
  });

  test('is nothing to speak of where it ends now, in the forenoon; nor where nobody keeps hours', async () => {
    const world = await start({ config: shop() });
    expect((await openFilledIn(world, 'remote')).text()).not.toContain('business hours');
    world.syncro.state.settings.business_hours_enabled = false;
    const other = await start({ config: shop(), syncro: { data: 'tiny' } });
    other.syncro.state.settings.business_hours_enabled = false;
    expect((await openFilledIn(other, 'remote', lastNight)).text()).not.toContain('business hours');
  });

  test('is said not to be known where the account’s settings can’t be read', async () => {
    const world = await start({ config: shop() });
    world.syncro.fault({ kind: '401', method: 'GET', path: '/settings', times: 99 });
    expect((await openFilledIn(world, 'remote', lastNight)).text()).toContain(
      "I couldn't read the account's business hours, so I don't know if this was after hours.",
    );
  });

  test('is said not to be known where one day of the account’s hours can’t be read', async () => {
    const world = await start({ config: shop() });
    const odd = { day: 'Saturday', start: null, end: null, closed: false };
    world.syncro.state.settings.business_hours = [odd];
    expect((await openFilledIn(world, 'remote', lastNight)).text()).toContain(
      "I couldn't read the account's business hours, so I don't know if this was after hours.",
    );
  });

  test('that is yet to end is no work, and what was typed stays', async () => {
    const world = await start({ config: shop() });
    const form = await openBillForm(howard(world), 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: 'Done.' });
    await form.pickTime('Ended', Date.now() + 3_600_000);
    await form.submit('Preview');
    const problem = await howard(world).modal('Check and bill');
    await problem.waitFor('Ended is in the future. Go back and choose when the work ended.');
    expect(sent(world, /./)).toBe(0);
  });

  test('goes back to the form with nothing chosen', async () => {
    const world = await start({ config: shop() });
    agree(world, priced);
    const preview = await openFilledIn(world, 'remote', lastNight, '5');
    expect(preview.text()).toContain('Minimum for remote: 15 min.');
    await preview.click('Bill the 5 min worked · $12.50');
    await preview.waitFor('[Bill $12.50]');
    expect(preview.text()).toContain('[Bill the minimum · $37.50]');
    await preview.click('Switch to emergency-remote · $18.74');
    await preview.waitFor('[Bill $18.74]');
    await preview.close();
    const form = await howard(world).modal('Bill #32164');
    await form.submit('Preview');
    const again = await howard(world).modal('Check and bill');
    await again.waitFor('[Bill $37.50]');
    await again.click('Price of Gold Care · $30.00');
    await again.waitFor('[Bill $30.00]');
    expect(again.text()).not.toContain('instead of');
  });
});

test('a preview without a form below keeps who reads the comment when the price is chosen, and the price when that is', async () => {
  const world = await start({ config: shop() });
  await howard(world).slash('/syncro', 'bill 32164 5m remote Reset the cloud thing.');
  const preview = await howard(world).modal('Check and bill');
  await preview.waitFor('[Bill $37.50]');
  await preview.choose('Audience', 'Internal only');
  await preview.waitFor('Only your team sees it');
  await preview.click('Bill the 5 min worked · $12.50');
  await preview.waitFor('[Bill $12.50]');
  expect(preview.text()).toContain('Only your team sees it');
  await preview.choose('Audience', 'Customer portal, no email');
  await preview.waitFor('Customer portal, no email:');
  expect(preview.text()).toContain('[Bill $12.50]');
});

describe('a contract', () => {
  test('that prices the labor otherwise is told, and its price is one press away', async () => {
    const world = await start();
    agree(world, priced);
    const preview = await previewBill(howard(world), 32164);
    expect(preview.text()).toContain('! Gold Care prices Labor - Remote Business at $120.00 an hour.');
    await preview.click('Price of Gold Care · $90.00');
    await preview.waitFor('[Bill $90.00]');
    expect(preview.text()).toContain('You chose the price of Gold Care, usually $150.00.');
    expect(preview.text()).toContain('[Back to the usual price · $112.50]');
    await preview.submit('Bill $90.00');
    await howard(world).message(/Billed #32164/);
    expect(lineOf(world)).toEqual({ product: 1_190_473, hours: 0.75, cents: 12_000 });
    await howard(world).slash('/syncro', 'audit 32164');
    await howard(world).message(/contract Gold Care's price, usually \$150\.00/);
  });

  test('whose price is nothing is not called Syncro’s rate once it is chosen', async () => {
    const world = await start();
    agree(world, { product_price_overrides: [{ product_id: 1_190_473, blacklisted: false, price: 0 }] });
    const preview = await previewBill(howard(world), 32164);
    expect(preview.text()).not.toContain('The rate of');
    await preview.click('Price of Gold Care · $0.00');
    await preview.waitFor('[Bill $0.00]');
    expect(preview.text()).toContain('! The rate of Labor - Remote Business is $0.00.');
    expect(preview.text()).not.toContain('in Syncro');
  });

  test('that covers the labor is told, and billing it all the same stands in the audit', async () => {
    const world = await start();
    agree(world, { non_billable_product_ids: [1_190_473] });
    const preview = await previewBill(howard(world), 32164);
    expect(preview.text()).toContain(
      "! Gold Care covers Labor - Remote Business: under this contract it isn't billable.",
    );
    await preview.submit('Bill $112.50');
    await howard(world).message(/Billed #32164/);
    await howard(world).slash('/syncro', 'audit 32164');
    await howard(world).message(/billed although contract Gold Care makes it not billable/);
  });

  test('that covers the labor leads to time that is not billable, with that reason', async () => {
    const world = await start();
    agree(world, { non_billable_product_ids: [1_190_473] });
    const preview = await previewBill(howard(world), 32164);
    await preview.click('Not billable: covered by Gold Care');
    await preview.waitFor('(•) Covered by contract');
  });

  test('and its renewal that both cover the labor, each told, lead there by one button', async () => {
    const world = await start();
    agree(world, { non_billable_product_ids: [1_190_473], end_date: '2026-03-04' });
    agree(world, {
      ...{ id: 9_101, name: 'Gold Care 2026', non_billable_product_ids: [1_190_473], start_date: '2026-03-04' },
    });
    const preview = await previewBill(howard(world), 32164);
    expect(preview.text()).toContain('! Gold Care covers Labor - Remote Business');
    expect(preview.text()).toContain('! Gold Care 2026 covers Labor - Remote Business');
    expect(preview.text()).toContain('[Bill $112.50]');
    expect(preview.text().match(/\[Not billable: covered by [^\]]*\]/g)).toEqual([
      '[Not billable: covered by Gold Care]',
    ]);
  });

  test.each([
    ['has ended', { ...priced, status: 'Expired' }],
    ['is somebody else’s', { ...priced, customer_id: 1 }],
  ])('that %s says nothing', async (_what, terms) => {
    const world = await start();
    agree(world, terms);
    expect((await previewBill(howard(world), 32164)).text()).not.toContain('Gold Care');
  });

  test('a part of which can’t be read is told, for it may say anything', async () => {
    const world = await start();
    agree(world, { non_billable_product_ids: [Number.NaN] });
    const preview = await previewBill(howard(world), 32164);
    expect(preview.text()).toContain(
      "! I couldn't read all of Gold Care, so I don't know if it changes the price of Labor - Remote Business.",
    );
  });

  test.each<[string, Record<string, unknown>, boolean]>([
    ['another customer’s', { id: 'x', customer_id: 1 }, false],
    ['nobody’s, and not signed yet', { customer_id: null, status: 'Opportunity' }, false],
    ['nobody’s, and over', { customer_id: null, end_date: '2026-03-03' }, false],
    ['nobody knows whose', { customer_id: null }, true],
    ['nobody knows which', { id: 'x' }, true],
  ])('counts beside one that can’t be read: %s', async (_whose, odd, isTold) => {
    const world = await start();
    agree(world, priced);
    agree(world, { id: 9_101, name: 'Odd', ...odd } as Parameters<typeof agree>[1]);
    const preview = await previewBill(howard(world), 32164);
    expect(preview.text()).toContain('! Gold Care prices Labor - Remote Business at $120.00 an hour.');
    expect(preview.text()).toContain('[Price of Gold Care · $90.00]');
    expect(preview.text().includes("I couldn't read one of the contracts in Syncro. It may be this customer's")).toBe(
      isTold,
    );
    expect(preview.text()).not.toContain("the customer's contracts");
  });

  test('that can’t be read stops nobody, and is told', async () => {
    const world = await start();
    world.syncro.fault({ kind: '401', method: 'GET', path: '/contracts', times: 99 });
    const preview = await previewBill(howard(world), 32164);
    expect(preview.text()).toContain("I couldn't read the customer's contracts");
    expect(preview.text()).toContain('[Bill $112.50]');
    await preview.close();
    await previewBill(howard(world), 32160);
    // Whoever may not read them is not refused at each preview.
    expect(contractsRead(world)).toHaveLength(1);
  });

  test('is not asked for where the settings say so', async () => {
    const world = await start({ config: quickConfig({ more: 'billing: { contracts: off }' }) });
    agree(world, priced);
    expect((await previewBill(howard(world), 32164)).text()).not.toContain('Gold Care');
    expect(contractsRead(world)).toEqual([]);
  });
});

describe('a prepaid block', () => {
  test('is debited the hours of the premium; fewer are one press away, and back', async () => {
    const world = await start({ config: shop() });
    setBlock(world, '6.5');
    const preview = await openFilledIn(world, 'emergency $262.50', lastNight, '60');
    expect(preview.text()).toContain('Prepaid hours: 1.0 h × 1.5.');
    expect(preview.text()).toContain('6.50 h → 5.00 h of the block.');
    await preview.click('Bill 1.0 h · 1.0 h prepaid');
    await preview.waitFor('6.50 h → 5.50 h of the block.');
    expect(preview.text()).toContain('You chose plain hours, not × 1.5.');
    await preview.click('Bill 1.5 h · 1.5 h prepaid');
    await preview.waitFor('6.50 h → 5.00 h of the block.');
    await preview.submit(/^Bill /);
    await howard(world).message(/Billed #32164/);
    expect(lineOf(world)).toEqual({ product: 26_184, hours: 1.5, cents: 26_250 });
  });

  test('is debited to the third decimal, and the invoice that says so is right', async () => {
    const world = await start({ config: shop() });
    setBlock(world, '6.5');
    const preview = await openFilledIn(world, 'emergency-remote', lastNight);
    expect(preview.text()).toContain('1.125 h × $150.00 = $168.75');
    await preview.submit(/^Bill /);
    await howard(world).message(/Billed #32164[\s\S]*Sent once, confirmed/);
    expect(lineOf(world)).toEqual({ product: 26_184, hours: 1.125, cents: 15_000 });
  });

  test('that has too few for it is debited the plain hours, and that is told', async () => {
    const world = await start({ config: shop() });
    setBlock(world, '1.2');
    const preview = await openFilledIn(world, 'emergency $262.50', lastNight, '60');
    expect(preview.text()).toContain(
      "! The prepaid block has only 1.2 h, less than the 1.5 h that this premium takes. I'm billing 1.0 h: whatever the block doesn't cover is charged at a rate that already includes the premium.",
    );
    expect(preview.text()).toContain('1.0 h × $262.50 = $262.50');
    // Nobody knows what Syncro makes of the rest.
    await preview.click('Bill 1.5 h · at $262.50 an hour');
    await preview.waitFor("less than the 1.5 h that this premium takes. I'm billing 1.5 h: whatever");
  });

  test('that has too few for plain hours leaves no choice', async () => {
    const world = await start({ config: shop() });
    setBlock(world, '0.9');
    const preview = await openFilledIn(world, 'emergency $262.50', lastNight, '60');
    expect(preview.text()).not.toContain('[Bill 1.5 h');
  });

  test('that may be gone when it is invoiced is debited the plain hours, and that is told', async () => {
    const world = await start({ config: shop() });
    addMonthly(world, '2026-04-01');
    setBlock(world, '6.5');
    const preview = await openFilledIn(world, 'emergency $262.50', lastNight, '60');
    expect(preview.text()).toContain(
      "! The prepaid block has 6.5 h now but may have less by the time this is invoiced, and this premium takes 1.5 h. I'm billing 1.0 h: whatever the block doesn't cover is charged at a rate that already includes the premium.",
    );
    await preview.click('Bill 1.5 h · 1.5 h prepaid');
    await preview.waitFor(
      '6.50 h → 5.00 h of the block. The block covers it when it is invoiced, if it still has the hours.',
    );
    expect(preview.text()).toContain(
      "and this premium takes 1.5 h. I'm billing 1.5 h: whatever the block doesn't cover",
    );
    await preview.click('Bill 1.0 h · 1.0 h prepaid');
    await preview.waitFor('6.50 h → 5.50 h of the block.');
  });

  test('that older lines take from is debited the plain hours, and that is told', async () => {
    const world = await start({ config: shop() });
    setBlock(world, '2');
    addLine(world, { product_id: 1_190_473, quantity: 1 });
    const preview = await openFilledIn(world, 'emergency $262.50', lastNight, '60');
    expect(preview.text()).toContain(
      "! The prepaid block has only 1.0 h left after this ticket's other lines, less than the 1.5 h that this premium takes. I'm billing 1.0 h: whatever the block doesn't cover is charged at a rate that already includes the premium.",
    );
  });
});
