import { describe, expect, test } from '@jest/globals';
import { createAccountLists } from '../../src/app/account-lists.ts';
import type { Caller } from '../../src/app/ports.ts';
import { AppError } from '../../src/errors.ts';
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
    ownZone,
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
