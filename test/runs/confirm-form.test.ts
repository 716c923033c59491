import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../src/database/sqlite.ts';
import { createTimers } from '../../src/features/time/store/timers.ts';
import type { Form, Runs } from '../../src/runs/ports.ts';
import { decide } from '../../src/runs/rules/decide.ts';
import { conclude } from '../../src/runs/rules/moves.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { plannedStep } from '../../src/runs/rules/step.ts';
import { billWork, invoiceWork } from '../../src/runs/rules/work.ts';
import type { Standing } from '../../src/runs/standing.ts';
import { confirmForm } from '../../src/runs/start-run.ts';
import { createForms } from '../../src/runs/store/forms.ts';
import { createRuns } from '../../src/runs/store/runs.ts';
import type { Write } from '../../src/syncro/write.ts';
import { aManualClock, everybodyMay } from '../syncro/scripted-syncro.ts';
import { aPlan, aPlanToInvoice } from './rules/a-bill.ts';
import { anInvoiceRun, aRun, aRunFor, author, billActions, sending } from './rules/a-run.ts';
import { aTicket, howard, jerrysNumber, jerrysTicketId, mike, minute, noon } from './rules/a-ticket.ts';

const plan = aPlan();

const aPreviewedForm = (fields: Partial<Form> = {}): Form => ({
  id: 'form-1',
  technician: howard.slackUser,
  ticketNumber: jerrysNumber,
  draft: null,
  previewing: false,
  previewed: { work: billWork(aTicket(), plan, author, noon), at: noon },
  createdAt: noon,
  ...fields,
});

/** Howard looks at a preview. */
const previewed = async (form: Form = aPreviewedForm()) => {
  const db = await openSqlite(':memory:');
  const [forms, runs, clock] = [createForms(db), createRuns(db), aManualClock()];
  await forms.put(form);
  let [ids, nudges] = [0, 0];
  const deps = {
    forms,
    runs,
    timers: createTimers(db),
    standing: everybodyMay,
    clock,
    ids: {
      id: () => {
        ids += 1;
        return `run-${ids}`;
      },
      ref: () => 'K7Q2MX',
    },
    nudge: () => {
      nudges += 1;
    },
  };
  const count = async () => Number((await db.selectFrom('runs').selectAll().execute()).length);
  return { deps, forms, runs, clock, count, nudges: () => nudges };
};

describe('confirming a bill', () => {
  test('dates the invoice by the account’s calendar: the evening of a month’s last day is not the next month', async () => {
    const { deps, clock } = await previewed();
    clock.at = Date.parse('2026-11-30T18:30:00-07:00');
    await deps.forms.put(
      aPreviewedForm({ previewed: { work: billWork(aTicket(), plan, author, clock.at), at: clock.at } }),
    );
    const run = await confirmForm(deps, howard, 'form-1');
    expect(run.steps.flatMap(({ action }) => (action.kind === 'invoice' ? [action.date] : []))).toEqual(['2026-11-30']);
  });

  test('stores a run with what was previewed and its steps in order, and wakes the runner', async () => {
    const { deps, runs, nudges } = await previewed();
    const run = await confirmForm(deps, howard, 'form-1');
    expect(run).toMatchObject({ formId: 'form-1', ref: 'K7Q2MX', technician: howard, author, plan, known: plan.seen });
    expect(run.steps).toEqual(billActions(plan).map(plannedStep));
    expect(run).toMatchObject({ state: 'open', wakeAt: noon, createdAt: noon });
    expect(await runs.get(run.id)).toEqual(run);
    expect(nudges()).toBe(1);
  });

  test('leaves out the status that the account does not have', async () => {
    const noStatus = aPlan({ statuses: [] });
    const { deps } = await previewed(
      aPreviewedForm({ previewed: { work: billWork(aTicket(), noStatus, author, noon), at: noon } }),
    );
    const run = await confirmForm(deps, howard, 'form-1');
    expect(run.steps.map(({ action }) => action.kind)).toEqual(['comment', 'line_item', 'invoice', 'verify_invoice']);
  });

  test('twice, one after the other or at once, is one run', async () => {
    const { deps, count } = await previewed();
    const first = await confirmForm(deps, howard, 'form-1');
    const rest = await Promise.all([1, 2, 3].map(() => confirmForm(deps, howard, 'form-1')));
    expect(rest).toEqual([first, first, first]);
    expect(await count()).toBe(1);
  });

  test('at the same moment from two presses is one run', async () => {
    const { deps, count } = await previewed();
    const [one, other] = await Promise.all([confirmForm(deps, howard, 'form-1'), confirmForm(deps, howard, 'form-1')]);
    expect(one).toEqual(other);
    expect(await count()).toBe(1);
  });

  test('again after the preview became old still finds the run', async () => {
    const { deps, clock } = await previewed();
    const first = await confirmForm(deps, howard, 'form-1');
    clock.at += 60 * minute;
    expect(await confirmForm(deps, howard, 'form-1')).toEqual(first);
  });

  test('a preview of over 5 minutes is refused, one of 5 is not', async () => {
    const { deps, clock, count } = await previewed();
    clock.at += 5 * minute + 1;
    await expect(confirmForm(deps, howard, 'form-1')).rejects.toMatchObject({
      code: 'stale',
      message: 'This preview is over 5 minutes old. Go back for a fresh one.',
    });
    expect(await count()).toBe(0);
    clock.at -= 1;
    await expect(confirmForm(deps, howard, 'form-1')).resolves.toMatchObject({ id: expect.any(String) });
  });

  test.each([
    ['an unknown form', 'no', aPreviewedForm()],
    ['a form without a preview', 'form-1', aPreviewedForm({ previewed: null })],
    ['another technician’s form', 'form-1', aPreviewedForm({ technician: mike.slackUser })],
  ])('of %s is refused', async (_what, id, form) => {
    const { deps, count } = await previewed(form);
    await expect(confirmForm(deps, howard, id)).rejects.toMatchObject({ code: 'stale' });
    expect(await count()).toBe(0);
  });

  test('of another technician’s form is refused also when that form is a run already', async () => {
    const { deps } = await previewed();
    await confirmForm(deps, howard, 'form-1');
    await expect(confirmForm(deps, mike, 'form-1')).rejects.toMatchObject({ code: 'stale' });
  });

  test('while another run holds the ticket is refused, naming who and which', async () => {
    const { deps, forms, count, nudges } = await previewed();
    await confirmForm(deps, howard, 'form-1');
    await forms.put(aPreviewedForm({ id: 'form-2', technician: mike.slackUser }));
    await expect(confirmForm(deps, mike, 'form-2')).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('#32164 is being billed right now by Howard Enos (ref K7Q2MX)'),
    });
    expect([await count(), nudges()]).toEqual([1, 1]);
  });

  /** Mike bills the ticket and is through with it at this time. */
  const billedByMike = async (runs: Runs, finishedAt: number, state: 'done' | 'stopped' = 'done') => {
    const run = aRun({ id: 'other', formId: 'other', ref: 'MIKES1', technician: mike, createdAt: noon - minute });
    await runs.add(run);
    const claim = await runs.claim('alpha', noon, minute);
    if (!claim) throw new Error('Nothing to claim');
    await runs.save(claim.lease, { ...run, state, finishedAt });
  };

  test.each(['done', 'stopped'] as const)('is refused when another run was %s since the preview', async (state) => {
    const { deps, runs, count } = await previewed();
    await billedByMike(runs, noon + 1, state);
    await expect(confirmForm(deps, howard, 'form-1')).rejects.toMatchObject({
      code: 'stale',
      message: 'Mike Swain billed #32164 while you were looking (ref MIKES1). Go back for a fresh preview.',
    });
    expect(await count()).toBe(1);
  });

  test('is refused when the other run ends in the moment between the look and the storing', async () => {
    const { deps, runs, count, nudges } = await previewed();
    const add: Runs['add'] = async (run, lookedAt) => {
      if (run.formId === 'form-1' && !(await runs.get('other'))) await billedByMike(runs, noon + 1);
      return runs.add(run, lookedAt);
    };
    await expect(confirmForm({ ...deps, runs: { ...runs, add } }, howard, 'form-1')).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining('MIKES1'),
    });
    expect([await count(), nudges()]).toEqual([1, 0]);
  });

  test('is refused when a line was corrected or removed since, and not for a change of status', async () => {
    const ended = (action: Write) => ({
      ...{ id: action.kind, formId: action.kind, technician: mike, steps: [plannedStep(action)] },
      ...({ state: 'done', createdAt: noon, finishedAt: noon + 1 } as const),
    });
    const ticketId = jerrysTicketId;
    for (const action of [
      { kind: 'line_item_remove', ticketId, lineItemId: 700 },
      { kind: 'timer_delete', ticketId, timerId: 40 },
    ] as const) {
      const { deps, runs } = await previewed();
      await runs.add(aRunFor('update', ended(action)));
      await expect(confirmForm(deps, howard, 'form-1')).rejects.toMatchObject({ code: 'stale' });
    }
    const { deps, runs } = await previewed();
    await runs.add(aRunFor('update', ended({ kind: 'ticket_update', ticketId, fields: { status: 'New' } })));
    await expect(confirmForm(deps, howard, 'form-1')).resolves.toMatchObject({ state: 'open' });
  });

  test('is refused also when somebody changed the status after that', async () => {
    const { deps, runs } = await previewed();
    await billedByMike(runs, noon + 1);
    const steps = [plannedStep({ kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'New' } })];
    const updated = { state: 'done', createdAt: noon + 2, finishedAt: noon + 3, steps } as const;
    await runs.add(aRunFor('update', { id: 'update', formId: 'update', ...updated }));
    await expect(confirmForm(deps, howard, 'form-1')).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining('MIKES1'),
    });
  });

  test('is not refused for a run that was finished when the preview was made', async () => {
    const { deps, runs, count } = await previewed();
    await billedByMike(runs, noon);
    await confirmForm(deps, howard, 'form-1');
    expect(await count()).toBe(2);
  });

  test('again after its own run was finished still finds that run', async () => {
    const { deps, runs } = await previewed();
    const run = await confirmForm(deps, howard, 'form-1');
    const claim = await runs.claim('alpha', noon, minute);
    if (!claim) throw new Error('Nothing to claim');
    const finished: Run = { ...run, state: 'done', finishedAt: noon + 1 };
    await runs.save(claim.lease, finished);
    expect(await confirmForm(deps, howard, 'form-1')).toEqual(finished);
  });
});

describe('confirming an invoice of what is there', () => {
  test('stores a run of invoice, check and status, to be looked into once more before the send', async () => {
    const waiting = aPlanToInvoice();
    const work = invoiceWork(aTicket(), waiting, author, noon);
    const { deps, runs } = await previewed(aPreviewedForm({ previewed: { work, at: noon } }));
    const run = await confirmForm(deps, howard, 'form-1');
    expect(run).toMatchObject({ kind: 'invoice', plan: waiting, known: waiting.seen, checkedAt: null });
    expect(run.steps).toEqual(
      billActions(plan)
        .filter(({ kind }) => kind !== 'comment' && kind !== 'line_item')
        .map(plannedStep),
    );
    expect(await confirmForm(deps, howard, 'form-1')).toEqual(run);
    expect(await runs.unfinishedOf(howard.slackUser)).toHaveLength(1);
  });

  test('that ended by itself before it sent anything, whoever previewed the ticket before that may go on', async () => {
    const { deps, runs } = await previewed();
    const overtakenBy = [{ kind: 'invoice', id: 9, number: '70009', totalCents: 17_500 }] as const;
    const ended = { state: 'stopped', finishedAt: noon + 1, overtakenBy } as const;
    await runs.add(anInvoiceRun({ id: 'other', formId: 'other', technician: mike, ...ended }));
    expect(await confirmForm(deps, howard, 'form-1')).toMatchObject({ kind: 'bill', state: 'open' });
  });
});

describe('confirming a bill of a ticket whose work waits for an answer of Mike', () => {
  const why = 'Mike Swain is no longer an active full member of this Slack workspace.';
  const gone: Standing = { of: () => Promise.resolve({ may: 'no', why }) };

  /** Syncro refused Mike's comment, sent an hour before the preview unless told otherwise; a runner is there. */
  const waiting = async (standing: Standing, sentAt = noon - 60 * minute) => {
    const { deps, runs } = await previewed();
    const asking = conclude(
      sending(aRun({ id: 'other', formId: 'other', ref: 'MIKES1', technician: mike, createdAt: sentAt }), sentAt),
      { outcome: 'landed', id: 7, number: null },
      sentAt,
    );
    const refused = { outcome: 'refused', status: 422, message: 'No.' } as const;
    await runs.add(conclude(sending(asking, sentAt), refused, sentAt));
    const stopping: Runs['decide'] = async (id, decision) => {
      await runs.decide(id, decision);
      const claim = await runs.claim('alpha', noon, minute);
      const held = claim && (await runs.load(claim.lease));
      if (!claim || !held?.decision) throw new Error('Nothing to claim');
      await runs.save(claim.lease, decide(held.run, held.decision, noon + 1), { decided: held.decision });
      return true;
    };
    return { deps: { ...deps, standing, runs: { ...runs, decide: stopping } }, runs };
  };

  test('stops that work when Mike is gone, and goes on', async () => {
    const { deps, runs } = await waiting(gone);
    const run = await confirmForm(deps, howard, 'form-1');
    expect(await runs.get(run.id)).toMatchObject({ state: 'open', technician: howard });
    expect(await runs.get('other')).toMatchObject({ state: 'stopped', stoppedBecause: why, finishedAt: noon + 1 });
  });

  test('has to be previewed again when something that was sent may have arrived after it was read', async () => {
    const { deps, runs } = await waiting(gone, noon - minute);
    await expect(confirmForm(deps, howard, 'form-1')).rejects.toMatchObject({
      code: 'stale',
      message:
        "Mike Swain's work on #32164 was stopped while you were looking (ref MIKES1). Go back for a fresh preview.",
    });
    expect(await runs.get('other')).toMatchObject({ state: 'stopped' });
  });

  test.each([
    ['may answer', everybodyMay],
    ['may be away: nobody can say', { of: () => Promise.resolve({ may: 'unknown' }) }],
  ] satisfies ReadonlyArray<readonly [string, Standing]>)('is refused while Mike %s', async (_what, standing) => {
    const { deps, runs } = await waiting(standing);
    await expect(confirmForm(deps, howard, 'form-1')).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('Billing #32164 is waiting for Mike Swain'),
    });
    expect(await runs.get('other')).toMatchObject({ state: 'asking' });
  });
});
