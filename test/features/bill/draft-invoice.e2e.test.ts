import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { countAll, expectBilledOnce, statusOf } from '../tickets/ticket-effects.ts';
import { bill, previewBill, sent } from './bill-steps.ts';
import { FORGOTTEN, previewInvoice } from './invoice-steps.ts';

const start = useWorld();

const CONVERT = /\/convert_to_draft$/;
const NUMBER = 32164;
const AS_DRAFT = { shop: { more: 'billing: { invoice_as: draft }' } };

const starting = async (hasDrafts: boolean, options: Parameters<typeof start>[0] = AS_DRAFT): Promise<World> => {
  const world = await start(options);
  world.syncro.state.settings.has_drafts = hasDrafts;
  return world;
};
const invoiceOf = (world: World) => world.syncro.state.invoices.at(-1);

describe('a bill whose invoice is to be a draft', () => {
  test('makes it one once it is checked, and says so before and after', async () => {
    const world = await starting(true);
    const before = countAll(world);
    const preview = await previewBill(howardOf(world), NUMBER);
    expect(preview.text()).toContain('New draft invoice, 1 line. Status changes to Invoiced.');
    await preview.submit(/^Bill /);
    const receipt = await howardOf(world).message(/Billed #32164/);
    expect(receipt.text).toContain('draft invoice #70000: $112.50');
    expect(receipt.text).toContain('Sent once, confirmed.');
    expectBilledOnce(world, NUMBER, before);
    expect(invoiceOf(world)?.is_draft).toBe(true);
  });

  test('stays final where the account has no drafts, and goes on', async () => {
    const world = await starting(false);
    const before = countAll(world);
    const receipt = await bill(howardOf(world), NUMBER);
    expect(receipt.text).toContain('· invoice #70000: $112.50');
    expect(receipt.text).toContain('! The invoice is final, not a draft. This Syncro account has no drafts.');
    expect(receipt.text).toContain('Sent once, confirmed.');
    expectBilledOnce(world, NUMBER, before);
    expect(sent(world, CONVERT)).toBe(1);
  });

  test('stays final where it was paid meanwhile, in Syncro’s words', async () => {
    const world = await starting(true);
    world.syncro.onChange(({ kind }) => {
      const invoice = invoiceOf(world);
      if (kind === 'invoice' && invoice) invoice.is_paid = true;
    });
    const receipt = await bill(howardOf(world), NUMBER);
    expect(receipt.text).toContain('The invoice is final, not a draft. Syncro says: "Invoice has payments"');
    expect(statusOf(world, NUMBER)).toBe('Invoiced');
  });

  test.each(['cut-after', 'cut-before'] as const)('is asked for again where the answer is lost (%s)', async (kind) => {
    const world = await starting(true);
    const before = countAll(world);
    world.syncro.fault({ kind, method: 'POST', path: CONVERT });
    const receipt = await bill(howardOf(world), NUMBER);
    expect(receipt.text).toContain('draft invoice #70000');
    expectBilledOnce(world, NUMBER, before);
    expect(invoiceOf(world)?.is_draft).toBe(true);
    expect(sent(world, CONVERT)).toBe(2);
  });

  test('is not certain to be final where a first request got no answer', async () => {
    const world = await starting(true);
    world.syncro.fault({ kind: 'cut-after', method: 'POST', path: CONVERT });
    world.syncro.fault({ kind: '422', method: 'POST', path: CONVERT, body: { error: 'Already a draft' } });
    const receipt = await bill(howardOf(world), NUMBER);
    expect(receipt.text).toContain('! See in Syncro whether the invoice is a draft. Syncro says: "Already a draft"');
  });
});

test('an invoice of what is there is made a draft, too', async () => {
  const world = await starting(true);
  const preview = await previewInvoice(howardOf(world), FORGOTTEN);
  expect(preview.text()).toContain('New draft invoice, 1 line.');
  await preview.submit(/^Invoice /);
  await howardOf(world).message(/Invoiced #32160 [^$£]*draft invoice #\d+: \$175\.00/);
  expect(invoiceOf(world)?.is_draft).toBe(true);
});

test('nothing is said of drafts, or done about them, where the settings don’t ask for them', async () => {
  const world = await starting(true, {});
  const receipt = await bill(howardOf(world), NUMBER);
  expect(receipt.text).not.toContain('draft');
  expect(sent(world, CONVERT)).toBe(0);
});
