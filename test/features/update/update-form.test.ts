import { describe, expect, test } from '@jest/globals';
import { createUpdateForm } from '../../../src/features/update/update-form.ts';
import { isToldHere } from '../../../src/runs/rules/purpose.ts';
import { aTicket, howard, jerrysNumber, mike } from '../../runs/rules/a-ticket.ts';
import { aTicketDesk } from '../tickets/a-ticket-desk.ts';

const desk = async () => {
  const it = await aTicketDesk();
  it.account.ticket = aTicket({ dueAt: Date.parse('2026-12-01T00:00:00-07:00') });
  const form = createUpdateForm(it.deps);
  const formId = await it.deps.opened.open(howard, { ticketNumber: jerrysNumber });
  return { ...it, form, formId };
};

test('the form is preset with the due day of the account’s zone and the technician’s name', async () => {
  const { form, account } = await desk();
  expect(await form.facts(howard, jerrysNumber)).toMatchObject({ due: '2026-12-01', technicianName: 'Howard Enos' });
  account.ticket = aTicket({ technicianId: mike.syncroUserId, technicianName: null });
  expect(await form.facts(howard, jerrysNumber)).toMatchObject({ due: null, technicianName: mike.name });
  account.ticket = aTicket({ technicianId: 4711, technicianName: null });
  expect(await form.facts(howard, jerrysNumber)).toMatchObject({ technicianName: 'Syncro user 4711' });
});

describe('saving', () => {
  test('sends what differs, and says it in names; its message tells the outcome', async () => {
    const { form, formId, runs } = await desk();
    const wish = { status: 'In Progress', priority: '1 High', technicianId: mike.syncroUserId, due: '2026-12-24' };
    expect(await form.save(howard, formId, wish)).toEqual({ result: 'started' });
    const run = await runs.byForm(formId);
    expect(run && isToldHere(run)).toBe(false);
    expect(run?.kind === 'update' && run.changes).toEqual([
      { field: 'priority', from: 'Normal', to: '1 High' },
      { field: 'technician', from: howard.name, to: mike.name },
      { field: 'due', from: '2026-12-01', to: '2026-12-24' },
    ]);
    expect(run?.steps.map(({ action }) => action)).toMatchObject([
      {
        fields: {
          priority: '1 High',
          technicianId: mike.syncroUserId,
          dueDate: '2026-12-24',
          timeZone: 'America/Phoenix',
        },
      },
    ]);
  });

  test.each([
    [
      { status: 'In Progress', due: '2026-12-01' },
      { field: 'status', problem: 'unchanged' },
    ],
    [{ status: 'Invoiced' }, { field: 'status', problem: 'no_invoice' }],
    [{ status: 'Waiting' }, { field: 'status', problem: 'gone' }],
    [{ priority: 'high' }, { field: 'priority', problem: 'gone' }],
    [{ technicianId: 4711 }, { field: 'technician', problem: 'gone' }],
  ])('%j is refused on its field', async (wish, wrong) => {
    const { form, formId, stored } = await desk();
    expect(await form.save(howard, formId, wish)).toEqual({ result: 'wrong', wrong });
    expect(await stored()).toBe(0);
  });

  test('twice is one run, also when the first has ended before the second looks', async () => {
    const { form, formId, finish, account, stored } = await desk();
    await form.save(howard, formId, { status: 'Resolved' });
    await finish('done');
    account.ticket = aTicket({ status: 'Resolved' });
    expect(await form.save(howard, formId, { status: 'Resolved' })).toEqual({ result: 'started' });
    expect(await stored()).toBe(1);
  });

  test('somebody else’s form is refused', async () => {
    const { form, formId, stored } = await desk();
    await expect(form.save(mike, formId, { status: 'Resolved' })).rejects.toMatchObject({ code: 'stale' });
    expect(await stored()).toBe(0);
  });
});
