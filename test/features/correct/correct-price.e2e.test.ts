import { expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { fillIn, openBillForm, SAMPLE_COMMENT } from '../bill/bill-steps.ts';
import { agree, priced, setBlock, shop } from '../bill/price-steps.ts';
import { addMonthly } from '../later/later-steps.ts';
import { ask } from '../tickets/ticket-steps.ts';
import { addEntry, addLine, NUMBER, openCorrect, preview } from './correct-steps.ts';

const start = useWorld();

const EMERGENCY = { product_id: 26_184, name: 'Labor - Emergency', quantity: 1.5, retail_cents: 26_250 };

/** What Howard charges for the recurring invoice; it stays on the ticket until that is made. */
const charge = async (world: World, labor: string, minutes: string): Promise<void> => {
  addMonthly(world, '2026-04-01');
  const howard = howardOf(world);
  const form = await openBillForm(howard, NUMBER);
  await fillIn(form, { minutes, labor, comment: SAMPLE_COMMENT, audience: 'Internal only' });
  await form.submit('Preview');
  const check = await howard.modal('Check and bill');
  await check.waitFor('[Charge ');
  await check.submit(/^Charge /);
  await howard.message(/Charged #32164/);
};

const lineOf = ({ syncro }: World) => {
  const line = syncro.state.lines.findLast(({ user_id }) => user_id === 1750);
  return line && { product: line.product_id, hours: line.quantity, cents: line.retail_cents };
};

test('a premium that a block’s hours have is taken out with its labor, minimums are put on, and each correction knows the last', async () => {
  const world = await start({ config: shop() });
  setBlock(world, '6.5');
  await charge(world, 'emergency-remote', '60');
  expect(lineOf(world)).toEqual({ product: 26_184, hours: 1.5, cents: 15_000 });
  const howard = howardOf(world);

  const form = await openCorrect(howard);
  expect([form.value('Minutes'), form.value('Labor type')]).toEqual(['60', 'emergency-remote']);
  await form.choose('Labor type', 'remote');
  const first = await preview(howard, form);
  expect(first.text()).toContain('1.5 h × $150.00 = $225.00 → 1.0 h × $150.00 = $150.00');
  expect(first.text()).not.toContain('Minutes:');
  await first.submit('Save $150.00');
  await howard.message(/Corrected #32164/);
  expect(lineOf(world)).toEqual({ product: 1_190_473, hours: 1, cents: 15_000 });

  const again = await openCorrect(howard);
  expect([again.value('Minutes'), again.value('Labor type')]).toEqual(['60', 'remote']);
  await again.type('Minutes', '5');
  const second = await preview(howard, again);
  expect(second.text()).toContain('Minutes: 60 min → 5 min');
  expect(second.text()).toContain('1.0 h × $150.00 = $150.00 → 0.25 h × $150.00 = $37.50');
  expect(second.text()).toContain('Minimum for remote: 15 min.');
  await second.click('Bill the 5 min worked · 0.0833 h prepaid');
  await second.waitFor('[Save $12.50]');
  await second.submit('Save $12.50');
  await howard.message(/Corrected #32164[\s\S]*0\.0833 h/);
  expect(lineOf(world)).toEqual({ product: 1_190_473, hours: 0.0833, cents: 15_000 });
  const audit = await ask(howard, `audit ${NUMBER}`, /Audit of #32164/);
  expect(audit.text).toContain('without the minimum of 15 min');

  const third = await openCorrect(howard);
  expect(third.value('Minutes')).toBe('5');
  await third.choose('Labor type', 'emergency');
  const last = await preview(howard, third);
  expect(last.text()).toContain('0.0833 h × $150.00 = $12.50 → 0.0833 h × $262.50 = $21.87');
  expect(last.text()).toContain('may have less by the time this is invoiced');
  await last.click('Bill 0.125 h · 0.125 h prepaid');
  await last.waitFor('[Save $32.81]');
  await last.submit('Save $32.81');
  await howard.message(/Corrected #32164[\s\S]*0\.125 h/);
  const fourth = await openCorrect(howard);
  expect([fourth.value('Minutes'), fourth.value('Labor type')]).toEqual(['5', 'emergency']);
  expect(fourth.text()).toContain('Time worked. The preview shows what will be billed.');
});

test('a block that other lines on the ticket take from does not cover a premium', async () => {
  const world = await start({ config: shop() });
  setBlock(world, '2');
  addLine(world, { quantity: 1, user_id: 1737 });
  addLine(world, { quantity: 1 });
  const howard = howardOf(world);
  const form = await openCorrect(howard);
  await form.choose('Labor type', 'emergency');
  const shown = await preview(howard, form);
  expect(shown.text()).toContain(
    "! The prepaid block has only 1.0 h left after this ticket's other lines, less than the 1.5 h that this premium takes.",
  );
  expect(shown.text()).toContain('1.0 h × $150.00 = $150.00 → 1.0 h × $262.50 = $262.50');
});

test('a contract’s price is told and one press away; Back to the form begins without it', async () => {
  const world = await start({ config: shop() });
  agree(world, priced);
  addLine(world);
  const howard = howardOf(world);
  const form = await openCorrect(howard);
  await form.type('Minutes', '60');
  const shown = await preview(howard, form);
  expect(shown.text()).toContain('! Gold Care prices Labor - Remote Business at $120.00 an hour.');
  await shown.click('Price of Gold Care · $120.00');
  await shown.waitFor('[Save $120.00]');
  await shown.close();
  const back = await howard.modal(`Correct #${NUMBER}`);
  const once = await preview(howard, back);
  expect(once.text()).toContain('[Save $150.00]');
  await once.click('Price of Gold Care · $120.00');
  await once.waitFor('[Save $120.00]');
  await once.submit('Save $120.00');
  await howard.message(/Corrected #32164/);
  expect(lineOf(world)).toEqual({ product: 1_190_473, hours: 1, cents: 12_000 });
  // It is what the line costs now: the next correction keeps it.
  const next = await openCorrect(howard);
  await next.type('Minutes', '30');
  const kept = await preview(howard, next);
  expect(kept.text()).toContain('1.0 h × $120.00 = $120.00 → 0.5 h × $120.00 = $60.00');
  await kept.click('Back to the usual price · $75.00');
  await kept.waitFor('[Save $75.00]');
});

test('hours of a line by hand that may have a premium in them are billed as typed, and get no other labor', async () => {
  const world = await start({ config: shop() });
  setBlock(world, '6.5');
  addLine(world, EMERGENCY);
  const howard = howardOf(world);
  const form = await openCorrect(howard);
  expect([form.value('Minutes'), form.value('Labor type')]).toEqual(['90', 'emergency']);
  expect(form.text()).toContain('As it will be billed.');
  await form.type('Minutes', '60');
  const shown = await preview(howard, form);
  expect(shown.text()).toContain('1.5 h × $262.50 = $393.75 → 1.0 h × $262.50 = $262.50');
  expect(shown.text()).toContain("I can't tell if these hours already include emergency's × 1.5");
  await shown.close();
  const again = await howard.modal(`Correct #${NUMBER}`);
  await again.choose('Labor type', 'emergency-remote');
  await again.submit('Preview');
  await (await howard.modal('Check and correct')).waitFor('Remove the line and bill the work again.');
});

test('logged time says what a bill would do to it', async () => {
  const world = await start({ config: shop() });
  addEntry(world);
  const howard = howardOf(world);
  const form = await openCorrect(howard);
  await form.type('Minutes', '20');
  const shown = await preview(howard, form);
  expect(shown.text()).toContain('Time is logged as worked, 20 min; a bill would round it up to 30.');
  await shown.close();
  const again = await howard.modal(`Correct #${NUMBER}`);
  await again.choose('Labor type', 'emergency');
  expect((await preview(howard, again)).text()).toContain('Logged time takes prepaid hours once, not × 1.5.');
});

test('of a line whose only word has no premium the text is changed without a look at its product', async () => {
  const world = await start();
  addLine(world);
  world.syncro.state.products.splice(0);
  const howard = howardOf(world);
  const form = await openCorrect(howard);
  await form.type('Comment', 'Reset the cloud thing, twice.');
  await (await preview(howard, form)).submit('Save $112.50');
  await howard.message(/Corrected #32164/);
});
