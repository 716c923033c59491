import { expect, test } from '@jest/globals';
import { type CommentChoice, createCommenting } from '../../../src/features/comment/prepare.ts';
import { confirmForm } from '../../../src/runs/start-run.ts';
import { aRun } from '../../runs/rules/a-run.ts';
import { howard, jerrysNumber, mike, minute } from '../../runs/rules/a-ticket.ts';
import { aTicketDesk } from '../tickets/a-ticket-desk.ts';

type Desk = Awaited<ReturnType<typeof aTicketDesk>>;

/** @param whileReading happens between a request for the ticket and Syncro's answer */
const commenting = ({ account, deps, clock }: Desk, whileReading: () => Promise<void>) => {
  const reads = {
    findTicket: () => Promise.resolve(account.ticket),
    ticket: async () => {
      await whileReading();
      return account.ticket;
    },
  };
  return createCommenting({ ...deps, reads, clock });
};

const saying = (body: string): CommentChoice => ({ body, audience: 'portal' });

test('a run that ended while the preview was read makes the preview old', async () => {
  const desk = await aTicketDesk();
  const { deps, runs, clock, finish } = desk;
  const { opened } = deps;
  await runs.add(aRun({ id: 'other', formId: 'other', ref: 'MIKES1', technician: mike }));
  const formId = await opened.open(howard, { ticketNumber: jerrysNumber });
  await opened.keepDraft(howard, formId, { comment: 'Fixed', audience: 'portal' });
  const { preview } = commenting(desk, async () => {
    clock.at += 1_000;
    await finish('done');
    clock.at += 1_000;
  });
  await preview(howard, formId, saying('Fixed'));
  clock.at += minute;
  await expect(confirmForm({ ...deps.starting, forms: desk.forms }, howard, formId)).rejects.toMatchObject({
    code: 'stale',
    message: expect.stringContaining('MIKES1'),
  });
});

test('a preview that is ready after the form was sent again with other words is not the one that is confirmed', async () => {
  const desk = await aTicketDesk();
  const { deps, forms, runs } = desk;
  const { opened } = deps;
  const formId = await opened.open(howard, { ticketNumber: jerrysNumber });
  let reads = 0;
  const { preview } = commenting(desk, async () => {
    reads += 1;
    if (reads > 1) return;
    await opened.keepDraft(howard, formId, { comment: 'The second', audience: 'portal' });
    await preview(howard, formId, saying('The second'));
  });
  await opened.keepDraft(howard, formId, { comment: 'The first', audience: 'portal' });
  await expect(preview(howard, formId, saying('The first'))).rejects.toMatchObject({ code: 'stale' });
  const run = await confirmForm({ ...deps.starting, forms }, howard, formId);
  expect((await runs.get(run.id))?.steps[0]?.action).toMatchObject({ body: 'The second' });
});
