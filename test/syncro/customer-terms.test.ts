import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/shared/errors.ts';
import type { Contract } from '../../src/syncro/contract.ts';
import { createCustomerTerms } from '../../src/syncro/customer-terms.ts';
import type { Caller, Page } from '../../src/syncro/ports.ts';
import { aKey, aManualClock } from './scripted-syncro.ts';

const by = (secret: string): Caller => ({ key: aKey(secret), lane: 'person' });

const none: Page<Contract> = { rows: [], page: 1, totalPages: 1 };

/** Whose key asked for contracts, one after the other. */
const asked = (read: (key: string, time: number) => Promise<Page<Contract>>) => {
  const keys: string[] = [];
  const clock = aManualClock();
  const contracts = ({ key }: Caller) => read(key.reveal(), keys.push(key.reveal()));
  const schedules = () => Promise.reject(new Error('nobody asks'));
  return { keys, clock, terms: createCustomerTerms({ contracts, schedules }, clock) };
};

describe('contracts', () => {
  test('that can’t be read are not read to their end again for ten minutes', async () => {
    const { keys, clock, terms } = asked(() => Promise.resolve({ ...none, unread: 1 }));
    for (const who of ['howard', 'mike', 'howard'])
      await expect(terms.contracts(by(who))).rejects.toMatchObject({ code: 'unreadable' });
    expect(keys).toEqual(['howard']);
    clock.at += 10 * 60_000;
    await expect(terms.contracts(by('howard'))).rejects.toMatchObject({ code: 'unreadable' });
    expect(keys).toEqual(['howard', 'howard']);
  });

  test('are asked for again at once where Syncro was away', async () => {
    const away = new AppError('unreachable', 'Syncro is away.');
    const { keys, terms } = asked((_key, time) => (time === 1 ? Promise.reject(away) : Promise.resolve(none)));
    await expect(terms.contracts(by('howard'))).rejects.toBe(away);
    expect(await terms.contracts(by('howard'))).toEqual([]);
    expect(keys).toHaveLength(2);
  });

  test('fail for nobody else where one may not read them', async () => {
    const refusal = new AppError('not_allowed', 'You may not.');
    const { keys, terms } = asked((key) => (key === 'howard' ? Promise.reject(refusal) : Promise.resolve(none)));
    const [howards, mikes, winters] = await Promise.allSettled(
      ['howard', 'mike', 'winter'].map((who) => terms.contracts(by(who))),
    );
    expect(howards).toEqual({ status: 'rejected', reason: refusal });
    expect([mikes, winters]).toEqual([
      { status: 'fulfilled', value: [] },
      { status: 'fulfilled', value: [] },
    ]);
    expect(keys).toEqual(['howard', 'mike']);
  });
});
