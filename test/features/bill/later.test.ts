import { describe, expect, test } from '@jest/globals';
import { billedNow, chargedLater, createLaterOf, laterOf, presetOf } from '../../../src/features/bill/later.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { Schedule } from '../../../src/syncro/schedule.ts';
import { aPlan } from '../../runs/rules/a-bill.ts';
import { monthly } from '../../runs/rules/a-charge.ts';
import { aCustomer, aLineItem, aTicket, howard, mike, noon } from '../../runs/rules/a-ticket.ts';
import { aManualClock } from '../../syncro/scripted-syncro.ts';

const aSchedule = (fields: Partial<Schedule> = {}): Schedule => ({
  ...{ id: 31, customerId: 9_001, name: 'Monthly managed', frequency: 'Monthly' },
  ...{ nextRun: '2026-12-01', paused: false, takesCharges: true },
  ...fields,
});

const none = (why: string, name: string | null = 'Monthly managed') => ({ by: 'none', why, name });

describe('the recurring invoice that takes a charge', () => {
  test('is the first one that takes charges', () => {
    const all = [
      aSchedule({ id: 30, nextRun: '2027-01-01' }),
      aSchedule(),
      aSchedule({ id: 32, nextRun: '2026-11-24', takesCharges: false }),
      aSchedule({ id: 33, nextRun: '2026-11-25', paused: true }),
    ];
    expect(laterOf(all, noon)).toEqual(monthly);
  });

  test('is one that is days late, and none whose day is long ago: it has come to its end', () => {
    const [ended, late] = [aSchedule({ id: 30, nextRun: '2019-01-01' }), aSchedule({ id: 32, nextRun: '2026-11-20' })];
    expect(laterOf([ended, aSchedule()], noon)).toEqual(monthly);
    expect(laterOf([aSchedule(), late], noon)).toMatchObject({ scheduleId: 32 });
    expect(laterOf([ended], noon)).toEqual(none('no_day'));
    expect(presetOf({ invoice: 'ask', chargedStatus: null }, laterOf([ended], noon))).toBe('now');
    // Noon of Nov 23 less four days.
    expect(laterOf([aSchedule({ nextRun: '2026-11-19' })], noon)).toMatchObject({ day: '2026-11-19' });
    expect(laterOf([aSchedule({ nextRun: '2026-11-18' })], noon)).toEqual(none('no_day'));
  });

  test.each([
    ['there is none', [], none('no_schedule', null)],
    ['it is paused', [aSchedule({ paused: true })], none('paused')],
    ['it takes no charges', [aSchedule({ takesCharges: false })], none('no_charges')],
    ['nobody knows when it runs', [aSchedule({ nextRun: null })], none('no_day')],
    ['they can’t be read', null, none('unread', null)],
  ] as const)('is nothing where %s', (_why, all, later) => {
    expect(laterOf(all, noon)).toEqual(later);
  });

  test('presets the form, unless the settings say otherwise', () => {
    const nothing = laterOf([], noon);
    const presets = (invoice: 'ask' | 'now' | 'later') =>
      [monthly, nothing].map((later) => presetOf({ invoice, chargedStatus: null }, later));
    expect(presets('ask')).toEqual(['later', 'now']);
    expect(presets('now')).toEqual(['now', 'now']);
    expect(presets('later')).toEqual(['later', 'later']);
  });

  test.each([
    ['may not see it', 'not_allowed', 2],
    ['got no answer', 'unreachable', 3],
  ] as const)('is asked for by whoever %s, and then as often as that helps', async (_who, code, times) => {
    let asked = 0;
    const schedules = () => {
      asked += 1;
      return Promise.reject(new AppError(code, 'No.'));
    };
    const laterFor = createLaterOf({ schedules }, aManualClock());
    const caller = { key: { reveal: () => 'key' }, lane: 'person' } as const;
    for (const who of [howard, howard, mike]) expect(await laterFor(who, caller, 9_001)).toEqual(none('unread', null));
    expect(asked).toBe(times);
  });
});

test('a bill that is invoiced now says that recurring invoices could not be read, where they decide', () => {
  const kinds = (all: readonly Schedule[] | null, invoice: 'ask' | 'now') =>
    billedNow(aPlan(), laterOf(all, noon), { invoice, chargedStatus: null }).warnings.map(({ kind }) => kind);
  expect(kinds(null, 'ask')).toEqual(['schedules_unread']);
  expect([...kinds([], 'ask'), ...kinds(null, 'now')]).toEqual([]);
});

describe('a bill that is charged for later', () => {
  const statuses = ['New', 'Resolved'];
  const later = (chargedStatus: string | null, plan = aPlan(), by = laterOf([aSchedule()], noon)) =>
    chargedLater(plan, by, { invoice: 'ask', chargedStatus }, statuses);

  test('sets the status of the settings, or none', () => {
    expect(later('Resolved')).toMatchObject({ status: 'Resolved', later: monthly, warnings: [] });
    expect(later(null)).toMatchObject({ status: null, warnings: [] });
    expect(later('Charged')).toMatchObject({ status: null, warnings: [{ kind: 'no_status', status: 'Charged' }] });
  });

  test('warns of nothing that only an invoice has', () => {
    const lineItems = [{ rateCents: -1 }, { rateCents: 0 }, { discounted: true }].map(aLineItem);
    const plan = aPlan({ statuses: ['New'], timeZone: null, ticket: aTicket({ lineItems }) });
    const kinds = ['negative_line', 'free_line', 'discounted_line', 'no_status', 'no_time_zone'];
    expect(plan.warnings.map(({ kind }) => kind)).toEqual(kinds);
    expect(later(null, plan).warnings).toEqual([]);
  });

  test('leaves older lines alone, so its total is its own', () => {
    const plan = aPlan({ ticket: aTicket({ lineItems: [aLineItem()] }), customer: aCustomer() });
    expect(plan.olderLines).toHaveLength(1);
    expect(later(null, plan)).toMatchObject({ olderLines: [], expectedTotalCents: 11_250 });
  });

  test('warns where nothing will invoice it', () => {
    const warned = later(null, aPlan(), laterOf([aSchedule({ paused: true })], noon)).warnings;
    expect(warned).toEqual([{ kind: 'never_invoiced', why: 'paused', name: 'Monthly managed' }]);
  });
});
