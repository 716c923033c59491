import { expect, test } from '@jest/globals';
import { createStanding } from '../../src/runs/standing.ts';
import { howard, mike } from './rules/a-ticket.ts';

const settings = new Map([[howard.slackUser, howard]]);
const of = (membership: 'member' | 'outsider' | 'unknown', technician = howard) =>
  createStanding(settings, () => Promise.resolve(membership)).of(technician);

test('who is in the settings and an active member may write', async () => {
  expect(await of('member')).toEqual({ may: 'yes' });
});

test.each([
  ['was taken out of the settings', 'member', mike, 'no longer among the technicians'],
  ['is another Syncro user there now', 'member', { ...howard, syncroUserId: 9 }, 'another Syncro user'],
  ['was deactivated in Slack', 'outsider', howard, 'no longer an active full member'],
] as const)('who %s may not', async (_what, membership, technician, words) => {
  expect(await of(membership, technician)).toMatchObject({ may: 'no', why: expect.stringContaining(words) });
});

test('where Slack can’t be asked, nobody knows', async () => {
  expect(await of('unknown')).toEqual({ may: 'unknown' });
});
