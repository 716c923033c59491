import { describe, expect, test } from '@jest/globals';
import { chargedLineOf, verifyCharge } from '../../../src/runs/rules/charge.ts';
import { toRead } from '../../../src/runs/rules/check-basis.ts';
import { decide, removalOf } from '../../../src/runs/rules/decide.ts';
import { findDouble } from '../../../src/runs/rules/doubles.ts';
import { conclude, verified } from '../../../src/runs/rules/moves.ts';
import { calledOf, doing } from '../../../src/runs/rules/purpose.ts';
import { currentStep } from '../../../src/runs/rules/run.ts';
import type { LineItem } from '../../../src/syncro/ticket.ts';
import { aCharge, sentCharge, theLine } from './a-charge.ts';
import { aResent, aRun, sending } from './a-run.ts';
import { aTicket, noon } from './a-ticket.ts';

const kindsOf = (run: ReturnType<typeof aCharge>) => run.steps.map(({ action }) => action.kind);
const { line } = aCharge().plan;

describe('a bill that is invoiced later', () => {
  test('is a comment, a line, its check and its status, and is called a charge', () => {
    expect(kindsOf(aCharge())).toEqual(['comment', 'line_item', 'verify_charge', 'ticket_update']);
    expect(aCharge().steps.at(-1)?.action).toMatchObject({ fields: { status: 'Resolved' } });
    expect(doing(aCharge())).toEqual({ now: 'Charging', past: 'Charged', passive: 'charged' });
    expect([calledOf(aCharge()), calledOf(aRun())]).toEqual(['charge', 'bill']);
  });

  test('leaves the status as it is where none is set', () => {
    expect(kindsOf(aCharge({ status: null }))).toEqual(['comment', 'line_item', 'verify_charge']);
  });

  test('does not ask whether somebody invoiced the ticket: its line waits for another invoice', () => {
    const clock = { now: noon, setAt: 0 };
    expect(toRead({ ...aRun(), checkedAt: noon, checkedBy: 0 }, clock)).toEqual({ ticket: false, invoices: true });
    expect(toRead({ ...aCharge(), checkedAt: noon, checkedBy: 0 }, clock)).toEqual({ ticket: false, invoices: false });
    expect(toRead({ ...aCharge(), checkedAt: null }, clock)).toEqual({ ticket: true, invoices: false });
  });

  const differences = (...lineItems: LineItem[]) =>
    verifyCharge(sentCharge(), line, aTicket({ lineItems }), null).differences;

  test('is right when its own line waits on the ticket, beside an equal one of somebody’s', () => {
    expect(differences(theLine())).toEqual([]);
    expect(verifyCharge(sentCharge(), line, aTicket({ lineItems: [theLine()] }), null).actual).toMatchObject({
      id: 900,
      amountCents: 11_250,
    });
    expect(differences(theLine({ id: 899, rateCents: 9_000, technicianId: 9 }), theLine())).toEqual([]);
  });

  test.each([
    ['is gone', [], 'line_missing'],
    ['costs something else', [theLine({ rateCents: 9_000 })], 'line_price'],
    ['is on an invoice already', [theLine({ invoiced: true })], 'line_invoiced'],
    ['is taxed', [theLine({ taxable: true })], 'line_taxed'],
  ] as const)('stops when its line %s', (_what, lineItems, kind) => {
    expect(differences(...lineItems).map((difference) => difference.kind)).toEqual([kind]);
  });

  test('is checked by its own line, not by one that somebody put right beside it', () => {
    const found = differences(theLine({ rateCents: 9_000 }), theLine({ id: 901 }));
    expect(found.map(({ kind }) => kind)).toEqual(['line_price', 'line_extra']);
  });

  test('goes on with Syncro’s line on a person’s word', () => {
    const actual = { ...line, id: 900, quantityHundredths: 100, amountCents: 15_000 };
    const asks = verified(sentCharge(), [{ kind: 'line_hours', line, quantityHundredths: 100 }], noon, actual);
    expect(asks.state).toBe('asking');
    const run = decide(asks, { kind: 'accept', step: 2 }, noon);
    expect(currentStep(run)?.action.kind).toBe('ticket_update');
    expect(chargedLineOf(run)).toEqual(actual);
  });

  test('is checked for doubles like every bill', () => {
    const ticket = aTicket({ lineItems: [theLine(), theLine({ id: 901 })] });
    const commented = conclude(sending(aCharge()), { outcome: 'landed', id: 800, number: null }, noon);
    const resent = conclude(sending(aResent(commented)), { outcome: 'landed', id: 900, number: null }, noon);
    expect(findDouble(resent, () => ({ ticket }))).toMatchObject({ what: 'line_item', kept: 900, extra: [901] });
  });

  test('that was doubled keeps the line that an invoice holds by now', () => {
    const commented = conclude(sending(aCharge()), { outcome: 'landed', id: 800, number: null }, noon);
    const resent = conclude(sending(aResent(commented)), { outcome: 'landed', id: 900, number: null }, noon);
    const found = (...lineItems: LineItem[]) => findDouble(resent, () => ({ ticket: aTicket({ lineItems }) }));
    const one = found(theLine(), theLine({ id: 901, invoiced: true }));
    expect(one).toMatchObject({ kept: 901, extra: [900] });
    const both = found(theLine({ invoiced: true }), theLine({ id: 901, invoiced: true }));
    expect(both && removalOf(resent, both)).toBeNull();
    expect(found(theLine({ id: 899 }), theLine())).toMatchObject({ kept: 900, extra: [899] });
  });
});
