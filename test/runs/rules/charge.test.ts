import { describe, expect, test } from '@jest/globals';
import { chargedLineOf, verifyCharge, verifyEntry } from '../../../src/runs/rules/charge.ts';
import { decide, removalOf } from '../../../src/runs/rules/decide.ts';
import { findDouble } from '../../../src/runs/rules/doubles.ts';
import { chargeable, conclude } from '../../../src/runs/rules/moves.ts';
import { currentStep, type Run } from '../../../src/runs/rules/run.ts';
import { isWrite } from '../../../src/runs/rules/step.ts';
import type { LineItem, TimerEntry } from '../../../src/syncro/ticket.ts';
import { aResent, sending } from './a-run.ts';
import { aLineItem, aTicket, jerrysTicketId, mike, noon, remoteProduct } from './a-ticket.ts';
import { anEntry, aTimePlan, aTimerRun } from './a-timer-run.ts';

const { line } = aTimePlan();
const landed = (id: number) => ({ outcome: 'landed', id, number: null }) as const;
const logged = conclude(sending(aTimerRun()), landed(40), noon);
const charging = chargeable(logged, { id: 40, recorded: false }, noon);

/** The line as Syncro makes it of the charge. */
const aCharged = (fields: Partial<LineItem> = {}): LineItem =>
  aLineItem({
    id: 900,
    productId: remoteProduct.id,
    name: remoteProduct.name,
    description: 'Fixed the sync',
    quantityHundredths: 70,
    rateCents: 15_000,
    createdAt: noon,
    ...fields,
  });

describe('time that is logged', () => {
  test('is an entry that ends when the clock stopped, on a whole second, then its charge, then a check', () => {
    expect(aTimePlan()).toMatchObject({ startedAt: noon - 42 * 60_000, endedAt: noon });
    expect(line).toMatchObject({ quantityHundredths: 70, rateCents: 15_000, amountCents: 10_500, taxable: false });
    expect(aTimerRun().steps.map(({ action }) => action.kind)).toEqual(['timer', 'timer_charge', 'verify_charge']);
  });

  test('cannot be charged before it is known which entry it is', () => {
    const [, charge] = aTimerRun().steps;
    expect(charge && isWrite(charge.action)).toBe(false);
    expect(currentStep(charging)).toMatchObject({ action: { kind: 'timer_charge', timerId: 40 }, tries: 0 });
    expect(isWrite(currentStep(charging)?.action ?? { kind: 'verify_invoice' })).toBe(true);
  });

  test('is not charged again when somebody charged it meanwhile', () => {
    const run = chargeable(logged, { id: 40, recorded: true }, noon);
    expect(run.steps[1]?.state).toEqual({ phase: 'done', id: 40, number: null, how: 'found' });
    expect(run.steps[1]?.tries).toBe(0);
  });

  test('whose notes were refused is checked by the corrected ones', () => {
    const refused = conclude(sending(aTimerRun()), { outcome: 'refused', status: 422, message: 'No.' }, noon);
    const run = decide(refused, { kind: 'correct', step: 0, text: 'Better' }, noon);
    expect(currentStep(run)?.action).toMatchObject({ kind: 'timer', timer: { notes: 'Better' } });
    expect(chargedLineOf(run)?.description).toBe('Better');
  });
});

describe('an entry that is to be charged', () => {
  test('is what was previewed when Syncro counts the same time', () => {
    for (const fields of [{}, { activeSeconds: 2_520 }, { billableTime: 2_520 }, { billableTime: 42 }])
      expect(verifyEntry(line, anEntry(fields))).toEqual({ differences: [], actual: line });
  });

  test.each([
    ['counts a minimum for it', { activeSeconds: 2_520, billableTime: 3_600 }, 100, 15_000],
    ['leaves pauses out', { activeSeconds: 600 }, 16.67, 2_501],
  ])('is not when Syncro %s', (_what, fields, quantityHundredths, amountCents) => {
    expect(verifyEntry(line, anEntry(fields))).toEqual({
      differences: [{ kind: 'entry_hours', line, quantityHundredths }],
      actual: { ...line, quantityHundredths, amountCents },
    });
  });

  test.each([0, 9, 28_800])('is not when Syncro says in no known unit what it will charge: %s', (billableTime) => {
    expect(verifyEntry(line, anEntry({ billableTime }))).toEqual({
      differences: [{ kind: 'entry_unclear', line }],
      actual: null,
    });
  });

  test('is not when nobody is to pay for it', () => {
    expect(verifyEntry(line, anEntry({ billable: false }))).toEqual({
      differences: [{ kind: 'entry_not_billable', line }],
      actual: null,
    });
  });
});

describe('a charged line', () => {
  const differences = (lineItems: LineItem[], timers: TimerEntry[] = [anEntry({ recorded: true })], run = charging) =>
    verifyCharge(run, line, aTicket({ lineItems, timers }), 40).differences;

  test('as previewed has no differences, whatever else is on the ticket', () => {
    const others = [
      aCharged({ id: 901, technicianId: mike.syncroUserId }),
      aCharged({ id: 902, description: 'Something else' }),
    ];
    expect(differences([...others, aCharged()], [anEntry({ lineItemId: 900 })])).toEqual([]);
    expect(differences([aCharged()])).toEqual([]);
  });

  test('keeps Syncro’s own decimals: 20 minutes are 0.3333 h, or 0.33 h', () => {
    const twenty = aTimePlan({}, 20).line;
    expect(twenty).toMatchObject({ quantityHundredths: 33.33, amountCents: 5_000 });
    for (const quantityHundredths of [33.33, 33]) {
      const lineItems = [aCharged({ quantityHundredths })];
      expect(verifyCharge(charging, twenty, aTicket({ lineItems }), 40)).toMatchObject({
        differences: [],
        actual: { quantityHundredths, amountCents: quantityHundredths === 33 ? 4_950 : 5_000 },
      });
    }
  });

  test('of a product that is taxed in Syncro is taxed', () => {
    const taxed = aTimePlan({ product: { ...remoteProduct, taxable: true } }).line;
    const lineItems = [aCharged({ taxable: true })];
    expect(verifyCharge(charging, taxed, aTicket({ lineItems }), 40).differences).toEqual([]);
    const untaxed = aTicket({ lineItems: [aCharged()] });
    expect(verifyCharge(charging, taxed, untaxed, 40).differences).toEqual([{ kind: 'line_untaxed', line: taxed }]);
  });

  test('with a discount differs by it', () => {
    expect(differences([aCharged({ discounted: true })])).toEqual([{ kind: 'line_discounted', line }]);
  });

  test('that was there before is not the one', () => {
    const run: Run = { ...charging, known: { ...charging.known, lineItemIds: [900] } };
    expect(differences([aCharged()], [], run)).toEqual([{ kind: 'line_missing', line }]);
  });

  test.each<[string, Partial<LineItem>, object]>([
    ['price', { rateCents: 15_500 }, { kind: 'line_price', line, rateCents: 15_500 }],
    ['hours', { quantityHundredths: 75 }, { kind: 'line_hours', line, quantityHundredths: 75 }],
    ['tax', { taxable: true }, { kind: 'line_taxed', line }],
  ])('of another %s differs by it', (_what, fields, difference) => {
    expect(differences([aCharged(fields)])).toEqual([difference]);
  });

  test('of another product is found by the link that Syncro keeps', () => {
    const other = aCharged({ productId: 26_118, name: 'Labor - Onsite Business' });
    expect(differences([other], [anEntry({ lineItemId: 900 })])).toEqual([
      { kind: 'line_missing', line },
      { kind: 'line_extra', name: other.name, quantityHundredths: 70, rateCents: 15_000 },
    ]);
  });

  test('that is there twice is told', () => {
    expect(differences([aCharged(), aCharged({ id: 901 })])).toMatchObject([{ kind: 'line_extra' }]);
  });
});

describe('a charge that was sent twice', () => {
  const twice = conclude(sending(aResent(charging), noon + 160_000), landed(40), noon + 161_000);
  const found = (...lineItems: LineItem[]) =>
    findDouble(twice, () => ({ ticket: aTicket({ lineItems, timers: [anEntry({ recorded: true })] }) }));

  test('is doubled when it left two lines; the later one can be removed', () => {
    expect(found(aCharged())).toBeNull();
    const doubled = found(aCharged(), aCharged({ id: 901 }));
    expect(doubled).toEqual({ kind: 'doubled', what: 'timer_charge', kept: 900, extra: [901] });
    expect(doubled && removalOf(twice, doubled)).toEqual({
      kind: 'line_item_remove',
      ticketId: jerrysTicketId,
      lineItemId: 901,
    });
  });

  test('keeps the line that an invoice holds, and removes none when invoices hold all', () => {
    const one = found(aCharged(), aCharged({ id: 901, invoiced: true }));
    expect(one).toEqual({ kind: 'doubled', what: 'timer_charge', kept: 901, extra: [900] });
    const all = found(aCharged({ invoiced: true }), aCharged({ id: 901, invoiced: true }));
    expect(all).toMatchObject({ kept: 900, extra: [901], invoiced: true });
    expect(all && removalOf(twice, all)).toBeNull();
  });

  test('as an entry that is there twice is cured by deleting the one that was not charged', () => {
    const run = conclude(sending(aResent(aTimerRun()), noon + 160_000), landed(41), noon + 161_000);
    const doubled = findDouble(run, () => ({ ticket: aTicket({ timers: [anEntry(), anEntry({ id: 41 })] }) }));
    expect(doubled).toEqual({ kind: 'doubled', what: 'timer', kept: 41, extra: [40] });
    expect(doubled && removalOf(run, doubled)).toMatchObject({ kind: 'timer_delete', timerId: 40 });
  });
});
