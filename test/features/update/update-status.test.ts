import { describe, expect, test } from '@jest/globals';
import { createUpdating, type Updated } from '../../../src/features/update/update-status.ts';
import { anInvoice, aTicket, howard, jerrysNumber, jerrysTicketId, mike } from '../../runs/rules/a-ticket.ts';
import { aTicketDesk } from '../tickets/a-ticket-desk.ts';

const desk = async () => {
  const it = await aTicketDesk();
  return { ...it, updating: createUpdating(it.deps) };
};

const runOf = (updated: Updated) => {
  if (updated.result !== 'started') throw new Error(updated.result);
  return updated.run;
};

describe('a status by its words', () => {
  test('becomes a run of one step that says what changes, and is told where it was asked for', async () => {
    const { updating } = await desk();
    const run = runOf(await updating.byWords(howard, jerrysNumber, 'wait c'));
    expect(run).toMatchObject({
      kind: 'update',
      told: 'here',
      author: { id: 1750, name: 'Howard Enos' },
      changes: [{ field: 'status', from: 'In Progress', to: 'Waiting on Customer' }],
    });
    expect(run.steps.map(({ action }) => action)).toEqual([
      { kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Waiting on Customer' } },
    ]);
  });

  test.each([
    ['wait', 'several'],
    ['frobnicate', 'none'],
    ['in p', 'same'],
    ['inv', 'no_invoice'],
  ])('%s: %s, and nothing is stored', async (typed, result) => {
    const { updating, stored } = await desk();
    expect(await updating.byWords(howard, jerrysNumber, typed)).toMatchObject({ result });
    expect(await stored()).toBe(0);
  });

  test('says Invoiced only of a ticket with an invoice of its own', async () => {
    const { updating, account } = await desk();
    account.invoices = [anInvoice({ ticketId: aTicket().id }), anInvoice({ id: 2 })].map((one) => ({
      ...one,
      ticketId: 77 as typeof jerrysTicketId,
    }));
    expect(await updating.byWords(howard, jerrysNumber, 'inv')).toMatchObject({ result: 'no_invoice' });
    account.invoices.push(anInvoice());
    expect(await updating.byWords(howard, jerrysNumber, 'inv')).toMatchObject({ result: 'started' });
  });
});

describe('the same wish twice', () => {
  test('about the same state of the ticket is one run', async () => {
    const { updating, stored } = await desk();
    const [first, second] = await Promise.all([
      updating.toStatus(howard, jerrysNumber, 'Resolved'),
      updating.toStatus(howard, jerrysNumber, 'Resolved'),
    ]);
    expect(runOf(second)).toEqual(runOf(first));
    expect(await stored()).toBe(1);
  });

  test('after the first was stopped begins anew', async () => {
    const { updating, finish, stored } = await desk();
    await updating.toStatus(howard, jerrysNumber, 'Resolved');
    await finish('stopped');
    expect(runOf(await updating.toStatus(howard, jerrysNumber, 'Resolved')).state).toBe('open');
    expect(await stored()).toBe(2);
  });

  test('after the first was done, on a ticket that is not so all the same, begins anew', async () => {
    const { updating, finish, clock } = await desk();
    await updating.toStatus(howard, jerrysNumber, 'Resolved');
    await finish('done');
    clock.at += 1;
    expect(runOf(await updating.toStatus(howard, jerrysNumber, 'Resolved')).state).toBe('open');
  });

  test('while the first ends between reading and sending joins it', async () => {
    const { updating, finish, stored, clock } = await desk();
    await updating.toStatus(howard, jerrysNumber, 'Resolved');
    clock.at += 10;
    await finish('done');
    expect(runOf(await updating.toStatus(howard, jerrysNumber, 'Resolved')).state).toBe('done');
    expect(await stored()).toBe(1);
  });

  test('by somebody else is told that the ticket is busy', async () => {
    const { updating } = await desk();
    await updating.toStatus(howard, jerrysNumber, 'Resolved');
    await expect(updating.toStatus(mike, jerrysNumber, 'Resolved')).rejects.toMatchObject({ code: 'busy' });
  });

  test('for something else is told that the ticket is busy', async () => {
    const { updating } = await desk();
    await updating.toStatus(howard, jerrysNumber, 'Resolved');
    await expect(updating.toStatus(howard, jerrysNumber, 'New')).rejects.toMatchObject({ code: 'busy' });
  });
});

describe('taking a ticket', () => {
  test('assigns it to the technician, and names whose it was', async () => {
    const { updating, account } = await desk();
    account.ticket = aTicket({ technicianId: mike.syncroUserId, technicianName: null });
    const run = runOf(await updating.take(howard, jerrysNumber));
    expect(run.kind === 'update' && run.changes).toEqual([{ field: 'technician', from: mike.name, to: howard.name }]);
    expect(run.steps[0]?.action).toMatchObject({ fields: { technicianId: 1750 } });
  });

  test('that is one’s own already stores nothing', async () => {
    const { updating, stored } = await desk();
    expect(await updating.take(howard, jerrysNumber)).toMatchObject({ result: 'same' });
    expect(await stored()).toBe(0);
  });
});

test('an offered status that the account has no more is not guessed at', async () => {
  const { updating, account } = await desk();
  account.statuses = ['New', 'Waiting on Customer'];
  expect(await updating.toStatus(howard, jerrysNumber, 'Waiting')).toMatchObject({ result: 'none' });
});
