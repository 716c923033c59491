import { describe, expect, test } from '@jest/globals';
import { notBillableWork, planNotBillable, reasonText, withReason } from '../../../src/features/bill/not-billable.ts';
import { findDouble } from '../../../src/runs/rules/doubles.ts';
import { conclude, intend } from '../../../src/runs/rules/moves.ts';
import { checkedNotBillable } from '../../../src/runs/rules/not-billable.ts';
import { currentStep, madeBeside, type Run } from '../../../src/runs/rules/run.ts';
import { runOf } from '../../../src/runs/rules/work.ts';
import { minutesIn } from '../../../src/runs/timer-runs.ts';
import type { TimerEntry } from '../../../src/syncro/ticket.ts';
import type { WriteOutcome } from '../../../src/syncro/write.ts';
import { author, settings } from './a-run.ts';
import { aComment, aTicket, howard, minute, noon, remoteLabor } from './a-ticket.ts';

const aPlan = (workedMinutes = 45) =>
  planNotBillable(
    { ticket: aTicket(), busyWith: null, endedAt: noon + 321, now: noon },
    { workedMinutes, labor: remoteLabor, comment: 'Fixed it again', audience: 'internal' },
  );

/** Just confirmed, for warranty. */
const confirmed = (): Run =>
  runOf(withReason('warranty')(notBillableWork(aTicket(), aPlan(), author, 'timer-1')), {
    ...{ id: 'run-1', formId: 'form-1', ref: 'K7Q2MX', technician: howard, now: noon },
  });

const entry: TimerEntry = {
  ...{ id: 40, startedAt: noon - 45 * minute, endedAt: noon, notes: 'Not billable: warranty\nFixed it again' },
  ...{ recorded: false, billable: false, technicianId: howard.syncroUserId, lineItemId: null },
};

const sent = (run: Run, outcome: WriteOutcome): Run => conclude(intend(run, author, noon, settings), outcome, noon);
const landed = (run: Run, id: number | null): Run => sent(run, { outcome: 'landed', id, number: null });
/** Comment and entry are there; the check is next. */
const logged = (): Run => landed(landed(confirmed(), 500), 40);
const restOf = (run: Run) => run.steps.filter(({ state }) => state.phase !== 'done').map(({ action }) => action.kind);

const billable = { ...entry, billable: true };
/** Marked in vain: the entry is to go. */
const unmarked = (): Run =>
  checkedNotBillable(
    sent(checkedNotBillable(logged(), billable, noon), { outcome: 'refused', status: 422, message: 'No.' }),
    billable,
    noon,
  );
const markedIn = (status: number): Run =>
  sent(checkedNotBillable(logged(), billable, noon), { outcome: 'refused', status, message: 'No.' });
const takenOut = (): Run => landed(unmarked(), null);

describe('work that nobody pays for', () => {
  test('is logged as it was worked, to whole seconds, with the reason beside each write', () => {
    expect(confirmed()).toMatchObject({
      ...{ kind: 'not_billable', reason: 'warranty', quantityHundredths: 75, note: 'not billable: warranty' },
      steps: [
        { action: { kind: 'comment', subject: 'Resolution', body: 'Fixed it again', audience: 'internal' } },
        {
          action: {
            kind: 'timer',
            timer: {
              ...{ startedAt: noon - 45 * minute, endedAt: noon, billable: false, productId: remoteLabor.productId },
              notes: 'Not billable: warranty\nFixed it again',
            },
          },
        },
        { action: { kind: 'verify_not_billable' } },
      ],
    });
  });

  test.each([
    ['warranty', '', 'warranty'],
    ['contract', 'Gold', 'covered by contract, Gold'],
    ['other', 'a favor', 'a favor'],
  ] as const)('for %s with "%s" is called %s', (reason, details, words) => {
    expect(reasonText(reason, details)).toBe(words);
  });

  test.each<[string, Run, readonly string[], Run['state']]>([
    ['is through where the entry is kept so', checkedNotBillable(logged(), entry, noon), [], 'done'],
    [
      'is marked where the entry could be billed',
      checkedNotBillable(logged(), billable, noon),
      ['timer_billable', 'verify_not_billable'],
      'open',
    ],
    ['is taken out where it can not be marked', unmarked(), ['timer_delete', 'comment'], 'open'],
    [
      'is asked about where Syncro charged it by itself',
      checkedNotBillable(logged(), { ...entry, recorded: true }, noon),
      ['verify_not_billable'],
      'asking',
    ],
  ])('%s', (_what, run, rest, state) => {
    expect([restOf(run), run.state]).toEqual([rest, state]);
  });

  test.each([
    [401, 'open', ['verify_not_billable']],
    [403, 'open', ['verify_not_billable']],
    [404, 'open', ['verify_not_billable']],
    [422, 'open', ['verify_not_billable']],
    [400, 'asking', ['timer_billable', 'verify_not_billable']],
  ] as const)('goes on without the mark after a %d: %s', (status, state, rest) => {
    expect([markedIn(status).state, restOf(markedIn(status))]).toEqual([state, rest]);
  });

  test('puts hours and reason into an internal comment where the entry is taken out', () => {
    expect(currentStep(takenOut())?.action).toMatchObject({
      ...{ kind: 'comment', audience: 'internal', subject: 'Not billable' },
      body: '0.75 h remote, not billable: warranty',
    });
  });

  test('knows its own first comment from the second one', () => {
    const run = takenOut();
    const step = currentStep(run);
    expect(step && madeBeside(run, step)).toEqual([500]);
    const [first] = run.steps;
    expect(first && madeBeside(run, first)).toEqual([]);
  });

  test('whose first comment arrived twice is told so, though a clock was set an hour back and the second is newer', () => {
    const of = (id: number) => aComment({ id, body: 'Fixed it again', hidden: true, createdAt: noon - 60 * minute });
    const run = { ...landed(takenOut(), 510), known: { ...takenOut().known, commentIds: [490] } };
    const twice = { ...run, steps: run.steps.map((step, i) => (i === 0 ? { ...step, tries: 2 } : step)) };
    const comments = [of(490), of(500), of(505), { ...of(510), subject: 'Not billable' }];
    expect(findDouble(twice, () => ({ comments }))).toMatchObject({ what: 'comment', kept: 500, extra: [505] });
  });

  test('is there once too often when an entry comes back that was taken out', () => {
    const run = landed(takenOut(), 501);
    const twice = { ...run, steps: run.steps.map((step, i) => (i === 1 ? { ...step, tries: 2 } : step)) };
    const reading = (timers: readonly TimerEntry[]) => () => ({ ticket: aTicket({ timers }) });
    expect(findDouble(twice, reading([]))).toBeNull();
    expect(findDouble(twice, reading([{ ...billable, id: 41 }]))).toMatchObject({
      what: 'timer',
      extra: [41],
      gone: true,
    });
  });
});

describe('the minutes of a timer', () => {
  const stopped = (run: Run): Run => ({ ...run, state: 'stopped', finishedAt: noon });
  test.each([
    ['that are logged as not billable are used', checkedNotBillable(logged(), entry, noon), 'held'],
    ['come back when it is stopped before the entry', stopped(landed(confirmed(), 500)), 'free'],
    ['are used when it is stopped after the entry', stopped(logged()), 'held'],
    ['come back when it is stopped after the entry was taken out', stopped(takenOut()), 'free'],
    ['are used when the comment stands for them', stopped(landed(takenOut(), 501)), 'held'],
    [
      'may be there while nobody knows of the comment',
      stopped(sent(takenOut(), { outcome: 'unclear', why: 'no answer' })),
      'unknown',
    ],
  ])('%s', (_what, run, where) => {
    expect(minutesIn(run)).toBe(where);
  });
});
