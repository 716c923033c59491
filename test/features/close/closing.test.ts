import { describe, expect, test } from '@jest/globals';
import { createClosing } from '../../../src/features/close/closing.ts';
import { NOTHING_PROMISED } from '../../../src/features/tickets/unbilled.ts';
import type { Timer } from '../../../src/features/time/ports.ts';
import { isToldHere } from '../../../src/runs/rules/purpose.ts';
import { ticketNumber } from '../../../src/syncro/ticket.ts';
import {
  aComment,
  aTicket,
  howard,
  jerrysNumber,
  jerrysTicketId,
  mike,
  minute,
  noon,
} from '../../runs/rules/a-ticket.ts';
import { aTicketDesk } from '../tickets/a-ticket-desk.ts';

const desk = async () => {
  const it = await aTicketDesk();
  const closing = createClosing({
    ...it.deps,
    promised: { on: () => Promise.resolve(NOTHING_PROMISED) },
  });
  const open = () => it.deps.opened.open(howard, { ticketNumber: jerrysNumber });
  return { ...it, closing, open };
};

const choice = { resolution: 'Fixed.', audience: 'email' } as const;

const aTimer = (fields: Partial<Timer> = {}): Timer => ({
  id: 'timer-1',
  technician: howard.slackUser,
  ticketNumber: jerrysNumber,
  subject: '',
  customerName: '',
  startedAt: noon - 42 * minute,
  stoppedAt: null,
  ticketId: jerrysTicketId,
  ...fields,
});

describe('what stands over the form', () => {
  test('is who gets the mail, the account’s own status, and who writes', async () => {
    const { closing } = await desk();
    expect(await closing.header(howard, jerrysNumber)).toMatchObject({
      emailTo: 'jerry@burger.example',
      status: 'Resolved',
      isClosed: false,
      author: { name: 'Howard Enos' },
    });
  });

  test('names the technician’s own timers on this ticket that nobody has billed', async () => {
    const { closing, account } = await desk();
    const stopped = aTimer({ id: 'timer-2', stoppedAt: noon });
    account.timers = [
      aTimer(),
      stopped,
      aTimer({ id: 'timer-4', ticketNumber: ticketNumber(1) }),
      aTimer({ id: 'timer-5', technician: mike.slackUser }),
    ];
    const { unbilled } = await closing.header(howard, jerrysNumber);
    expect(unbilled.flatMap((one) => (one.kind === 'timer' ? [one.timer] : []))).toEqual([aTimer(), stopped]);
  });

  test('is a clear failure when the account has no such status', async () => {
    const { closing, account } = await desk();
    account.statuses = ['New', 'Done'];
    await expect(closing.header(howard, jerrysNumber)).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining('set tickets.close_as to one of: New, Done.'),
    });
  });
});

describe('closing', () => {
  test('is the resolution, then the status, compared with the comments that are there', async () => {
    const { closing, open, account, runs } = await desk();
    account.ticket = aTicket({ comments: [aComment()] });
    const formId = await open();
    const closed = await closing.close(howard, formId, choice);
    const run = await runs.byForm(formId);
    expect(closed).toEqual({ result: 'started', run });
    expect(run).toMatchObject({ kind: 'close', emailTo: 'jerry@burger.example', known: { commentIds: [500] } });
    expect(run && isToldHere(run)).toBe(false);
    expect(run?.steps.map(({ action }) => action)).toEqual([
      { kind: 'comment', ticketId: jerrysTicketId, subject: 'Resolution', body: 'Fixed.', audience: 'email' },
      { kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Resolved' } },
    ]);
  });

  test('twice is one run, also after it ended', async () => {
    const { closing, open, stored, finish, account, clock } = await desk();
    const formId = await open();
    await closing.close(howard, formId, choice);
    clock.at += 10;
    await finish('done');
    account.ticket = aTicket({ status: 'Resolved' });
    expect(await closing.close(howard, formId, { ...choice, resolution: null })).toMatchObject({ result: 'started' });
    expect(await stored()).toBe(1);
  });

  test('what is closed already without a word sends nothing', async () => {
    const { closing, open, stored, account } = await desk();
    account.ticket = aTicket({ status: 'Resolved' });
    const result = await closing.close(howard, await open(), { ...choice, resolution: null });
    expect(result).toEqual({ result: 'nothing', status: 'Resolved' });
    expect(await stored()).toBe(0);
  });

  test('somebody else’s form is refused', async () => {
    const { closing, open, stored } = await desk();
    await expect(closing.close(mike, await open(), choice)).rejects.toMatchObject({ code: 'stale' });
    expect(await stored()).toBe(0);
  });
});
