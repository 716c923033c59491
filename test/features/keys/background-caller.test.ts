import { describe, expect, test } from '@jest/globals';
import { createBackgroundCaller } from '../../../src/features/keys/background-caller.ts';
import type { ApiKey } from '../../../src/syncro/ports.ts';
import { howard, mike } from '../../runs/rules/a-ticket.ts';

const key = (secret: string): ApiKey => ({ reveal: () => secret });
const admin = { ...mike, role: 'admin' as const };

const secretOf = async (own: Readonly<Record<string, string>>, shared: string | null): Promise<string> => {
  const keys = {
    own: ({ slackUser }: { slackUser: string }) => Promise.resolve(own[slackUser] ? key(own[slackUser]) : null),
    shared: () => Promise.resolve(shared === null ? null : key(shared)),
  };
  const caller = await createBackgroundCaller(keys, [howard, admin])();
  expect(caller.lane).toBe('background');
  return caller.key.reveal();
};

describe('what is read for nobody in particular', () => {
  const both = { [howard.slackUser]: 'howards', [admin.slackUser]: 'mikes' };

  test('is read with the shared key, else an admin’s, else anybody’s', async () => {
    expect(await secretOf(both, 'shared')).toBe('shared');
    expect(await secretOf(both, null)).toBe('mikes');
    expect(await secretOf({ [howard.slackUser]: 'howards' }, null)).toBe('howards');
  });

  test('is not read when nobody has one', async () => {
    await expect(secretOf({}, null)).rejects.toMatchObject({ code: 'no_key' });
  });
});
