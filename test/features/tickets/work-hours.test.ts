import { describe, expect, test } from '@jest/globals';
import { createPricing } from '../../../src/features/bill/pricing.ts';
import { businessHoursOf, oddHours } from '../../../src/features/tickets/work-hours.ts';
import type { LaborType } from '../../../src/shared/labor.ts';
import type { AccountSettings, Caller } from '../../../src/syncro/ports.ts';
import { aRequest, byTheMinute } from '../../runs/rules/a-bill.ts';
import { hour, howard, jerrysNumber, minute, remoteLabor, remoteProduct } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from '../../syncro/scripted-syncro.ts';

const nineToFive = { timeZone: 'America/Phoenix', week: [[], ...Array(5).fill([{ from: 540, to: 1_020 }]), []] };
/** Wednesday, 18:00 in Phoenix. */
const evening = Date.parse('2026-03-05T01:00:00Z');
const atSix = { startedAt: evening - hour, endedAt: evening };

const word = (name: string, rules: Partial<LaborType> = {}): LaborType => ({ ...remoteLabor, word: name, ...rules });
const [remote, onsite] = [word('remote'), word('onsite', { productId: 26_118 })];
const emergency = word('emergency', { productId: 26_184, afterHours: true });
const night = word('night', {
  ...{ productId: 26_184, afterHours: true },
  rate: { of: 'remote', productId: remoteLabor.productId, times: 1.5 },
});

describe('the labor that the hours speak for', () => {
  const others = (chosen: LaborType, labor: readonly LaborType[], work = atSix) =>
    oddHours(chosen, [work], nineToFive, labor)?.others.map((one) => one.word);
  const holiday = word('holiday', { afterHours: true });

  test('is the word that costs a multiple of the chosen one, else each premium with a price of its own', () => {
    expect(others(remote, [remote, onsite, emergency, night])).toEqual(['night']);
    expect(others(onsite, [remote, onsite, emergency, night])).toEqual(['emergency']);
    expect(others(onsite, [remote, onsite, night])).toEqual([]);
    expect(others(onsite, [onsite, emergency, holiday])).toEqual(['emergency', 'holiday']);
    expect(others(remote, [remote, night, { ...night, word: 'eve' }])).toEqual(['night', 'eve']);
  });

  test('is by day whatever would be this premium after hours, three at most', () => {
    const byDay = { startedAt: evening - 3 * hour, endedAt: evening - 2 * hour };
    const all = [remote, onsite, word('project'), emergency, night];
    expect(others(night, all, byDay)).toEqual(['remote']);
    expect(others(emergency, all, byDay)).toEqual(['onsite', 'project']);
    expect(others(emergency, [onsite, word('a'), word('b'), word('c'), emergency], byDay)).toEqual([
      'onsite',
      'a',
      'b',
    ]);
    expect(others(emergency, [emergency], byDay)).toEqual([]);
  });

  test('is not asked for where no word is for after hours, or nobody keeps hours', () => {
    expect(oddHours(remote, [atSix], nineToFive, [remote, onsite])).toBeNull();
    expect(oddHours(remote, [atSix], null, [remote, night])).toBeNull();
    expect(oddHours(night, [atSix], nineToFive, [remote, night])).toBeNull();
  });

  test('of work in part outside is the premium; a premium for it is not called wrong', () => {
    const partly = { startedAt: evening - 90 * minute, endedAt: evening - 45 * minute };
    expect(oddHours(remote, [partly], nineToFive, [remote, night])).toMatchObject({
      kind: 'after_hours',
      work: { outside: 15, all: 45 },
    });
    expect(oddHours(night, [partly], nineToFive, [remote, night])).toBeNull();
  });
});

test('business hours are the settings’, or the account’s where it keeps some and its zone is known', () => {
  const days = [
    { weekday: 1, opens: '09:00', closes: '12:00' },
    { weekday: 1, opens: '13:00', closes: '24:00' },
  ];
  const account = { businessHours: days, timeZone: 'Arizona' };
  expect(businessHoursOf('off', account)).toBeNull();
  expect(businessHoursOf(nineToFive, account)).toBe(nineToFive);
  expect(businessHoursOf('account', null)).toBe('unread');
  expect(businessHoursOf('account', { ...account, businessHours: null })).toBeNull();
  expect(businessHoursOf('account', { timeZone: null, businessHours: null })).toBeNull();
  expect(businessHoursOf('account', { ...account, businessHours: 'unread' })).toBe('unread');
  expect(businessHoursOf('account', { ...account, timeZone: 'Mars' })).toBe('unread');
  expect(businessHoursOf('account', { ...account, timeZone: null })).toBe('unread');
  expect(businessHoursOf('account', account)).toEqual({
    timeZone: 'America/Phoenix',
    week: [
      [],
      [
        { from: 540, to: 720 },
        { from: 780, to: 1_440 },
      ],
      [],
      [],
      [],
      [],
      [],
    ],
  });
});

test('hours over midnight end on the day after', () => {
  const late = (weekday: number) => ({ weekday, opens: '18:00', closes: '02:00' });
  const hours = businessHoursOf('account', { businessHours: [late(3), late(6)], timeZone: 'Arizona' });
  expect(hours).toMatchObject({
    week: [[{ from: 0, to: 120 }], [], [], [{ from: 1_080, to: 1_440 }], [{ from: 0, to: 120 }], [], [{ from: 1_080 }]],
  });
  if (hours === null || hours === 'unread') throw new Error('no hours');
  // 18:30 to 19:30 on a Wednesday; 01:30 to 02:30 on the Thursday is outside for half of it.
  const seven = { startedAt: evening + 30 * minute, endedAt: evening + 90 * minute };
  const two = { startedAt: evening + 7.5 * hour, endedAt: evening + 8.5 * hour };
  expect(oddHours(remote, [seven], hours, [remote, night])).toBeNull();
  expect(oddHours(remote, [two], hours, [remote, night])).toMatchObject({ work: { outside: 30, all: 60 } });
});

const now = evening + 5 * hour;
const caller: Caller = { key: aKey('howards-key'), lane: 'person' };

describe('hours of the account that can’t be read', () => {
  const unreadWith = async (settings: Partial<AccountSettings>, labor: readonly LaborType[]) => {
    const none = { priorities: [], problemTypes: [], timeZone: 'Arizona', currencySymbol: null, businessHours: null };
    const read = createPricing({
      product: (_caller, ids) => Promise.resolve(new Map(ids.map((id) => [id, { ...remoteProduct, id }]))),
      terms: { contracts: () => Promise.resolve([]) },
      timers: { get: () => Promise.resolve(null) },
      lists: { settings: () => Promise.resolve({ ...none, ...settings }) },
      ...{ labor, clock: aManualClock(), policy: { ...byTheMinute, businessHours: 'account' } },
    });
    const at = { timerId: null, now, looking: { formId: 'form', ticketNumber: jerrysNumber } };
    return (await read(howard, caller, aRequest({ labor: remote }), at)).hoursUnread;
  };
  const days = [{ weekday: 1, opens: '09:00', closes: '17:00' }];

  test('are told, where a word is for work after hours', async () => {
    expect(await unreadWith({ businessHours: 'unread' }, [remote, night])).toBe(true);
    expect(await unreadWith({ businessHours: 'unread' }, [remote, onsite])).toBe(false);
    expect(await unreadWith({ businessHours: days, timeZone: 'Mars' }, [remote, night])).toBe(true);
    expect(await unreadWith({ businessHours: days }, [remote, night])).toBe(false);
    expect(await unreadWith({}, [remote, night])).toBe(false);
  });
});

describe('when the work was done', () => {
  const read = createPricing({
    product: (_caller, ids) => Promise.resolve(new Map(ids.map((id) => [id, { ...remoteProduct, id }]))),
    terms: { contracts: () => Promise.resolve([]) },
    timers: {
      get: (id) =>
        Promise.resolve({
          startedAt: evening - hour,
          stoppedAt: id === 'runs' ? null : evening,
          earlier: id === 'resumed' ? [{ startedAt: evening - 9 * hour, endedAt: evening - 8 * hour }] : [],
        }),
    },
    lists: { settings: () => Promise.reject(new Error('asked for the account')) },
    labor: [remote, night],
    clock: aManualClock(),
    policy: { ...byTheMinute, businessHours: nineToFive },
  });
  const workOf = async (timerId: string | null, endedAt: number | null = null) => {
    const looking = { formId: 'form', ticketNumber: jerrysNumber };
    const { odd } = await read(howard, caller, aRequest({ labor: remote, endedAt }), { timerId, now, looking });
    return odd && { from: odd.work.startedAt, to: odd.work.endedAt };
  };

  test('is what its timer measured, unless the person says when; else it ends now', async () => {
    expect(await workOf('stopped')).toEqual({ from: evening - hour, to: evening });
    expect(await workOf('stopped', evening + hour)).toEqual({ from: evening + 15 * minute, to: evening + hour });
    expect(await workOf('runs')).toEqual({ from: now - 45 * minute, to: now });
    expect(await workOf(null)).toEqual({ from: now - 45 * minute, to: now });
    expect(await workOf(null, evening - 3 * hour)).toBeNull();
  });

  test('of a timer that was resumed is each time that it ran, not the pause between', async () => {
    expect(await workOf('resumed')).toEqual({ from: evening - 9 * hour, to: evening });
    const twice = [
      { startedAt: evening - 9 * hour, endedAt: evening - 8 * hour },
      { startedAt: evening - 90 * minute, endedAt: evening - 45 * minute },
    ];
    expect(oddHours(remote, twice, nineToFive, [remote, night])).toMatchObject({ work: { outside: 15, all: 105 } });
  });
});
