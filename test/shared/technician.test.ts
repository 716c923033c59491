import { expect, test } from '@jest/globals';
import { assigneeName } from '../../src/shared/technician.ts';

const list = [{ id: 1750, name: 'Howard Enos' }];

test.each([
  ['the ticket’s own word for it', { technicianId: 1750, technicianName: 'H. Enos' }, 'H. Enos'],
  ['the account’s list where the ticket has none', { technicianId: 1750, technicianName: null }, 'Howard Enos'],
  ['the id where nobody knows the name', { technicianId: 4711, technicianName: null }, 'Syncro user 4711'],
  ['nobody, whatever name came along', { technicianId: null, technicianName: 'The caller' }, null],
])('whose ticket it is: %s', (_what, ticket, name) => {
  expect(assigneeName(ticket, list)).toBe(name);
});
