import { describe, expect, test } from '@jest/globals';
import { createAccountLists } from '../../src/app/account-lists.ts';
import type { Caller } from '../../src/app/ports.ts';
import { AppError } from '../../src/errors.ts';
import { howard } from '../domain/a-ticket.ts';
import { aKey, aManualClock } from './scripted-syncro.ts';

const caller: Caller = { key: aKey('k'), lane: 'person' };

const listsOf = (timeZone: string | null, ownZone?: string) =>
  createAccountLists(
    {
      ticketSettings: () => Promise.reject(new Error('not asked for')),
      settings: () =>
        timeZone === 'away'
          ? Promise.reject(new AppError('not_allowed', 'No.'))
          : Promise.resolve({ priorities: [], problemTypes: [], timeZone, currencySymbol: null }),
    },
    aManualClock(),
    { timeZone: ownZone ?? null },
  );

describe('the account’s time zone', () => {
  test.each([
    ['as Rails calls it', 'London', undefined, 'Europe/London'],
    ['as Syncro says, whatever the settings say', 'Arizona', 'Europe/London', 'America/Phoenix'],
    ['as the settings say where nobody knows it', 'Atlantis', 'Europe/London', 'Europe/London'],
    ['as the settings say where Syncro says none', null, 'Europe/London', 'Europe/London'],
    ['as the settings say where it can’t be read', 'away', 'Europe/London', 'Europe/London'],
    ['not known', 'Atlantis', undefined, null],
    ['not known where it can’t be read', 'away', undefined, null],
  ])('is %s', async (_how, named, own, zone) => {
    expect(await listsOf(named, own).timeZone(caller)).toBe(zone);
  });

  test('keeps a name that nobody knows for whoever tells it', async () => {
    expect(await listsOf('Atlantis').settings(caller)).toMatchObject({ timeZone: 'Atlantis' });
  });
});

test('a time zone that was known stays known when Syncro tells it no more', async () => {
  const answers: Array<string | null> = ['Sydney', null, 'away'];
  const clock = aManualClock();
  const settings = () => {
    const timeZone = answers.shift() ?? null;
    if (timeZone === 'away') return Promise.reject(new AppError('not_allowed', 'No.'));
    return Promise.resolve({ priorities: [], problemTypes: [], timeZone, currencySymbol: null });
  };
  const lists = createAccountLists(
    { ticketSettings: () => Promise.reject(new Error('not asked for')), settings },
    clock,
  );
  for (const _ of [1, 2, 3]) {
    expect(await lists.timeZone(caller)).toBe('Australia/Sydney');
    clock.at += 11 * 60_000;
  }
  expect(answers).toEqual([]);
});

const namesOf = async (technicians: ReadonlyArray<{ id: number; name: string }>, users = true) => {
  const reads = {
    ticketSettings: () => Promise.resolve({ statuses: [], technicians, defaultLaborProductId: null }),
    settings: () => Promise.reject(new Error('not asked')),
    users: () =>
      users ? Promise.resolve([{ id: 1737, name: 'Winter Hale' }]) : Promise.reject(new Error('not allowed')),
  };
  const lists = createAccountLists(reads, aManualClock(), { technicians: [howard] });
  return (await lists.ticketSettings(caller)).technicians.map(({ id, name }) => `${id} ${name}`);
};

test('a technician whose name the account leaves out is called by the settings’ name, else by that of its users', async () => {
  expect(
    await namesOf([
      { id: 1750, name: '' },
      { id: 1737, name: ' ' },
    ]),
  ).toEqual(['1750 Howard Enos', '1737 Winter Hale']);
});

test('the account’s own name goes first, and who is missing in its list is there by the settings', async () => {
  expect(await namesOf([{ id: 1750, name: 'Howard J. Enos' }])).toEqual(['1750 Howard J. Enos']);
  expect(await namesOf([{ id: 1, name: 'Rob' }])).toEqual(['1 Rob', '1750 Howard Enos']);
});

test('users that can’t be read take nothing away', async () => {
  expect(await namesOf([{ id: 1737, name: '' }], false)).toEqual(['1737 ', '1750 Howard Enos']);
});
