import { expect, test } from '@jest/globals';
import { createDeletion, type DeletionDeps, lostText } from '../../../src/features/correct/deletion.ts';
import { howard } from '../../runs/rules/a-ticket.ts';

test.each(['technician', 'biller'] as const)('a %s deletes no ticket: nothing is read for them', async (role) => {
  const { mustBeAdmin, look } = createDeletion({} as DeletionDeps);
  expect(() => mustBeAdmin({ ...howard, role })).toThrow('Only an admin of this app can delete a ticket.');
  await expect(look({ ...howard, role }, 'form-1')).rejects.toMatchObject({ code: 'not_allowed' });
});

test.each([
  [{ comments: 0, lines: 0, linesCents: 0, timeEntries: 0 }, 'no comments, no lines, no time entries'],
  [{ comments: 1, lines: 1, linesCents: 11_250, timeEntries: 1 }, '1 comment, 1 line ($112.50), 1 time entry'],
  [{ comments: 2, lines: 2, linesCents: 0, timeEntries: 2 }, '2 comments, 2 lines ($0.00), 2 time entries'],
])('what goes with it is counted: %j', (lost, text) => {
  expect(lostText(lost)).toBe(text);
});
