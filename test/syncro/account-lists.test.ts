import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/shared/errors.ts';
import { createAccountLists } from '../../src/syncro/account-lists.ts';
import type { Caller } from '../../src/syncro/ports.ts';
import { howard } from '../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from './scripted-syncro.ts';

const caller: Caller = { key: aKey('k'), lane: 'person' };

const listsOf = (timeZone: string | null, ownZone?: string) =>
  createAccountLists(
    {
      ticketSettings: () => Promise.reject(new Error('not asked for')),
      settings: () =>
        timeZone === 'away'
          ? Promise.reject(new AppError('not_allowed', 'No.'))
          : Promise.resolve({ priorities: [], problemTypes: [], timeZone, currencySymbol: null, businessHours: null }),
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
    return Promise.resolve({ priorities: [], problemTypes: [], timeZone, currencySymbol: null, businessHours: null });
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

describe('what people are called', () => {
  const winter = { id: 1737, name: 'Winter Hale' };
  const rob = { id: 1760, name: 'Rob Keane' };
  const peopleOf = async (ids: ReadonlyArray<number | null>, away: 'settings' | 'users' | null = null) => {
    const asked: string[] = [];
    const answer = <T>(name: string, value: T): Promise<T> => {
      asked.push(name);
      return name === away ? Promise.reject(new AppError('invalid', 'no')) : Promise.resolve(value);
    };
    const clock = aManualClock();
    const lists = createAccountLists(
      {
        ticketSettings: () => answer('settings', { statuses: [], technicians: [winter], defaultLaborProductId: null }),
        settings: () => Promise.reject(new Error('not asked')),
        users: () => answer('users', [winter, rob]),
      },
      clock,
      { technicians: [howard] },
    );
    const named = async (id: number | null) => lists.assignee(caller, { technicianId: id, technicianName: null });
    const names = await Promise.all((await lists.people(caller, ids)).map(({ id }) => named(id)));
    for (const id of ids) names.push(`${id}: ${await named(id)}`);
    return { names, asked, lists, clock };
  };

  test('is what the account’s list says; nobody else is asked', async () => {
    const { names, asked } = await peopleOf([1737, null]);
    expect(names).toEqual(['Winter Hale', 'Howard Enos', '1737: Winter Hale', 'null: null']);
    expect(asked).toEqual(['settings']);
  });

  test('is what the users say of who has left, who is not offered', async () => {
    const { names, asked, lists, clock } = await peopleOf([1760]);
    expect(names.at(-1)).toBe('1760: Rob Keane');
    expect(asked).toEqual(['settings', 'users']);
    expect((await lists.ticketSettings(caller)).technicians.map(({ id }) => id)).toEqual([1737, 1750]);
    clock.at += 10 * 60_000;
    await lists.people(caller, [1760]);
    expect(asked).toEqual(['settings', 'users', 'settings', 'users']);
  });

  test('is what the settings say where the account’s list can’t be read', async () => {
    expect((await peopleOf([1750], 'settings')).names.at(-1)).toBe('1750: Howard Enos');
    expect((await peopleOf([1760], 'settings')).names.at(-1)).toBe('1760: Rob Keane');
  });

  test('is a number where nobody tells', async () => {
    expect((await peopleOf([1760, 1737], 'users')).names).toContain('1760: Syncro user 1760');
    expect((await peopleOf([1760, 1737], 'users')).names).toContain('1737: Winter Hale');
    expect((await peopleOf([4711])).names.at(-1)).toBe('4711: Syncro user 4711');
  });

  test('asks nobody where the ticket itself says it, or it is nobody’s', async () => {
    const { lists, asked } = await peopleOf([]);
    expect(await lists.assignee(caller, { technicianId: 1760, technicianName: 'R. Keane' })).toBe('R. Keane');
    expect(await lists.assignee(caller, { technicianId: null, technicianName: null })).toBeNull();
    expect(asked).toEqual(['settings']);
  });
});
