import { describe, expect, test } from '@jest/globals';
import { withAudit } from '../../../src/runs/rules/audit.ts';
import { decide } from '../../../src/runs/rules/decide.ts';
import { delay, keyProblem, tryLater, unverifiable } from '../../../src/runs/rules/delays.ts';
import {
  checkedDoubles,
  conclude,
  intend,
  looked,
  lookedBeforeSending,
  resume,
  sendAgain,
  settling,
  verified,
} from '../../../src/runs/rules/moves.ts';
import type { Reconciled } from '../../../src/runs/rules/reconcile.ts';
import { currentIndex, currentStep, type Run } from '../../../src/runs/rules/run.ts';
import { plannedStep, type Question } from '../../../src/runs/rules/step.ts';
import type { Write } from '../../../src/syncro/write.ts';
import {
  anUnclear,
  aResent,
  aRun,
  aRunAt,
  aRunCommenting,
  author,
  lookUntilItGivesUp,
  sending,
  settings,
  stateOf,
  unclear,
} from './a-run.ts';
import { jerrysTicketId, minute, noon } from './a-ticket.ts';

const second = 1_000;
const absent: Reconciled = { result: 'absent' };
const there: Reconciled = { result: 'landed', id: 501, number: null };
const landed = { outcome: 'landed', id: 501, number: null } as const;

/** A run of one write that is about to be sent. */
const aRunOf = (write: Write): Run => aRun({ steps: [plannedStep(write)] });

const kindsOf = (run: Run) => run.steps.map(({ action }) => action.kind);

describe('recording the intent', () => {
  test('says when, under whose name, and until when the request may land', () => {
    const run = intend(aRun(), author, noon, settings);
    expect(stateOf(run)).toMatchObject({
      phase: 'sending',
      intent: { at: noon, settledAt: noon + 150 * second, author },
    });
    expect(currentStep(run)?.tries).toBe(1);
  });

  test('a second time keeps the first one beside the last one', () => {
    const run = intend(aResent(aRunAt('line_item')), author, noon + 160 * second, settings);
    expect(currentStep(run)).toMatchObject({
      tries: 2,
      firstIntent: { at: noon },
      lastIntent: { at: noon + 160 * second, settledAt: noon + 310 * second },
    });
  });
});

describe('the answer to a send', () => {
  test('answered with what was there before is unclear', () => {
    const run = { ...aRun(), known: { commentIds: [501], lineItemIds: [], invoiceIds: [] } };
    const after = conclude(sending(run), { outcome: 'landed', id: 501, number: null }, noon);
    expect(stateOf(after)).toMatchObject({ phase: 'unclear', intent: { at: noon } });
  });

  test('landed: the step is done and the next one is due at once', () => {
    const run = conclude(sending(aRun()), landed, noon + second);
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: 501, number: null, how: 'answered' });
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + second, finishedAt: null });
    expect(currentIndex(run)).toBe(1);
  });

  test('landed for the last step: the run is done', () => {
    const run = conclude(sending(aRunAt('ticket_update')), landed, noon + second);
    expect(run).toMatchObject({ state: 'done', finishedAt: noon + second });
  });

  test('refused: the person is asked, with Syncro’s words', () => {
    const run = conclude(sending(aRun()), { outcome: 'refused', status: 422, message: 'Body is blank' }, noon);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({
      phase: 'asking',
      question: { kind: 'refused', status: 422, message: 'Body is blank' },
      intent: null,
    });
    expect(currentStep(run)).toMatchObject({ tries: 0, firstIntent: null, lastIntent: null });
  });

  test('refused after an unanswered send: that one is still unknown and still counts', () => {
    const again = sending(sendAgain(anUnclear(aRun()), { at: noon, settledAt: noon, author }, noon), noon + second);
    const run = conclude(again, { outcome: 'refused', status: 422, message: 'No.' }, noon + second);
    expect(stateOf(run)).toMatchObject({ phase: 'asking', intent: { at: noon } });
    expect(currentStep(run)).toMatchObject({ tries: 1, firstIntent: { at: noon } });
  });

  const removals: readonly Write[] = [
    { kind: 'line_item_remove', ticketId: jerrysTicketId, lineItemId: 700 },
    { kind: 'timer_delete', ticketId: jerrysTicketId, timerId: 1 },
    { kind: 'invoice_delete', invoiceId: 3_000 },
    { kind: 'ticket_delete', ticketId: jerrysTicketId },
  ];

  test.each(removals)('not found: what was to be removed is gone ($kind)', (write) => {
    const run = conclude(sending(aRunOf(write)), { outcome: 'refused', status: 404, message: 'Not found' }, noon);
    expect(run.state).toBe('done');
    expect(run.steps[0]?.state).toMatchObject({ phase: 'done', how: 'found' });
    const refused = conclude(sending(aRunOf(write)), { outcome: 'refused', status: 422, message: 'Paid' }, noon);
    expect(refused.state).toBe('asking');
  });

  test('not found: what was to be written is refused', () => {
    const run = conclude(sending(aRun()), { outcome: 'refused', status: 404, message: 'Not found' }, noon);
    expect(stateOf(run)).toMatchObject({ question: { kind: 'refused', status: 404 } });
  });

  test('limited: the step waits as long as Syncro says, and the send does not count', () => {
    const run = conclude(sending(aRun()), { outcome: 'limited', retryAfterMs: 60 * second }, noon);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + minute });
    expect(stateOf(run)).toMatchObject({ phase: 'planned', delay: { reason: 'limited', until: noon + minute } });
    expect(currentStep(run)?.tries).toBe(0);
  });

  test('not sent: the step waits a little, and the send does not count', () => {
    const run = conclude(sending(aRun()), { outcome: 'not_sent', why: 'woke up too late' }, noon);
    expect(run.wakeAt).toBe(noon + 5 * second);
    expect(stateOf(run)).toMatchObject({ phase: 'planned', delay: { reason: 'unreachable' } });
    expect(currentStep(run)?.tries).toBe(0);
  });

  test('unclear: the first look is due at once, nothing is sent again', () => {
    const run = anUnclear(aRun(), noon + 20 * second);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + 20 * second });
    expect(stateOf(run)).toMatchObject({ phase: 'unclear', why: 'no answer within 20 s', looks: [] });
  });

  test('to a step that is not being sent changes nothing', () => {
    const run = aRun();
    expect(conclude(run, landed, noon)).toBe(run);
    const finished = conclude(sending(aRunAt('ticket_update')), landed, noon);
    expect(conclude(finished, unclear, noon)).toBe(finished);
  });
});

describe('looking after an unclear answer', () => {
  test('begins anew to settle when the clock was set ahead meanwhile, once', () => {
    const earlier = looked(anUnclear(aRun(), noon), absent, noon + second, settings);
    const setAt = noon + 3_600 * second;
    const run = settling(earlier, { now: setAt + second, setAt }, settings);
    const intent = { at: noon, settledAt: setAt + settings.settleMs, author };
    expect(stateOf(run)).toMatchObject({ phase: 'unclear', looks: [], intent });
    expect(currentStep(run)?.lastIntent).toEqual(intent);
    expect(settling(run, { now: setAt + 9 * second, setAt }, settings)).toBe(run);
    expect(settling(earlier, { now: noon + 9 * second, setAt: noon - 9 * second }, settings)).toBe(earlier);
  });

  test('waits no hour for a clock that was set back by one', () => {
    const setAt = noon - 3_600 * second;
    const run = settling(anUnclear(aRun(), noon), { now: setAt + second, setAt }, settings);
    expect(stateOf(run)).toMatchObject({ intent: { at: setAt + second, settledAt: setAt + settings.settleMs } });
    expect(settling(run, { now: setAt + 9 * second, setAt }, settings)).toBe(run);
  });

  test('finding it counts at once', () => {
    const run = looked(anUnclear(aRun()), there, noon + second, settings);
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: 501, number: null, how: 'found' });
    expect(currentIndex(run)).toBe(1);
  });

  test('finding several asks, with the evidence', () => {
    const run = looked(anUnclear(aRun()), { result: 'unclear', candidates: [501, 502] }, noon + second, settings);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({
      question: { kind: 'unclear', candidates: [501, 502] },
      intent: { at: noon },
      looks: [{ at: noon + second, found: 2, failed: false }],
    });
  });

  test('happens early and often, then when it can no longer land, and once more 5 seconds later', () => {
    const { at } = lookUntilItGivesUp(anUnclear(aRunCommenting('portal'), noon + 20 * second));
    expect(at.map((ms) => ms / second)).toEqual([20, 21.5, 26.5, 46.5, 106.5, 150, 155]);
  });

  test('is never early when the answer came after it could land: two reads, 5 seconds apart', () => {
    const { at } = lookUntilItGivesUp(anUnclear(aRunCommenting('portal'), noon + 200 * second));
    expect(at.map((ms) => ms / second)).toEqual([200, 205]);
  });

  test('needs less between the two reads when everything settles faster', () => {
    const quick = { ...settings, settleMs: 1_000 };
    const run = conclude(intend(aRunCommenting('portal'), author, noon, quick), unclear, noon);
    const { at } = lookUntilItGivesUp(run, quick);
    expect(at.slice(-2)).toEqual([1_000, 1_100]);
  });

  test('one read after settling is not enough', () => {
    const run = looked(anUnclear(aRunCommenting('portal')), absent, noon + 150 * second, settings);
    expect(stateOf(run)).toMatchObject({ phase: 'unclear' });
  });

  test('reads before settling do not count, however many', () => {
    let run = anUnclear(aRunCommenting('portal'));
    for (let i = 0; i < 20; i++) run = looked(run, absent, noon + 149 * second, settings);
    expect(stateOf(run)).toMatchObject({ phase: 'unclear' });
    expect(run.wakeAt).toBe(noon + 150 * second);
  });

  test('a read that failed does not count and is repeated no sooner than 2 seconds later', () => {
    let run = anUnclear(aRunCommenting('portal'));
    for (const at of [150, 152, 154, 160]) {
      run = looked(run, null, noon + at * second, settings);
      expect(stateOf(run)).toMatchObject({ phase: 'unclear' });
      expect(run.wakeAt).toBeGreaterThanOrEqual(noon + (at + 2) * second);
    }
    const good = looked(run, absent, noon + 170 * second, settings);
    expect(stateOf(good)).toMatchObject({ phase: 'unclear' });
    expect(stateOf(looked(good, absent, noon + 175 * second, settings))).toMatchObject({ phase: 'planned' });
  });

  test('a step that is not unclear is left as it is', () => {
    const run = sending(aRun());
    expect(looked(run, absent, noon, settings)).toBe(run);
  });

  test('gives up and asks when Syncro can’t be read for 15 minutes after settling, not before', () => {
    let run = anUnclear(aRunCommenting('portal'));
    let now = noon;
    while (stateOf(run)?.phase === 'unclear' && now < noon + 60 * minute) {
      now = Math.max(now + 1, run.wakeAt);
      run = looked(run, null, now, settings);
    }
    expect(stateOf(run)).toMatchObject({ phase: 'asking', question: { kind: 'unclear', candidates: [] } });
    expect(now).toBeGreaterThan(noon + 150 * second + 15 * minute);
    expect(now).toBeLessThanOrEqual(noon + 150 * second + 16 * minute);
  });

  test('asks also about a status when Syncro can’t be read for so long, and sends nothing', () => {
    const run = looked(anUnclear(aRunAt('ticket_update')), null, noon + 20 * minute, settings);
    expect(stateOf(run)).toMatchObject({ phase: 'asking', intent: { at: noon } });
  });

  test('keeps the last 20 looks', () => {
    let run = anUnclear(aRunCommenting('portal'));
    for (let i = 0; i < 50; i++) run = looked(run, null, noon + i * second, settings);
    const state = stateOf(run);
    expect(state?.phase === 'unclear' && state.looks.map(({ at }) => at)).toEqual(
      Array.from({ length: 20 }, (_, i) => noon + (30 + i) * second),
    );
  });
});

describe('an absent write', () => {
  test('that emails the customer is asked about, never sent by itself', () => {
    const { run } = lookUntilItGivesUp(anUnclear(aRunCommenting('email')));
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({ question: { kind: 'unclear', candidates: [] } });
  });

  test('that emails is sent again when the settings say so', () => {
    const auto = { ...settings, resendEmailComment: 'auto' } as const;
    const { run } = lookUntilItGivesUp(anUnclear(aRunCommenting('email')), auto);
    expect(stateOf(run)).toEqual({ phase: 'planned', delay: null, previous: null });
  });

  test.each([
    ['a comment on the portal', aRunCommenting('portal')],
    ['an internal comment', aRunCommenting('internal')],
    ['a line', aRunAt('line_item')],
    ['an invoice', aRunAt('invoice')],
  ])('(%s) is sent again once, then asked about', (_what, run) => {
    const once = aResent(run);
    expect(once.state).toBe('open');
    expect(stateOf(once)).toEqual({ phase: 'planned', delay: null, previous: null });
    const twice = lookUntilItGivesUp(anUnclear(once)).run;
    expect(twice.state).toBe('asking');
    expect(currentStep(twice)?.tries).toBe(2);
  });

  test('that Syncro limited in between is still sent again only once', () => {
    const once = aResent(aRunAt('line_item'));
    const limited = conclude(sending(once), { outcome: 'limited', retryAfterMs: minute }, noon);
    expect(lookUntilItGivesUp(anUnclear(limited)).run.state).toBe('asking');
  });

  test('of a status is repeated, at once and then ever more slowly, and asked about after ten sends', () => {
    let run: Run = aRunAt('ticket_update');
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      run = looked(anUnclear(run), absent, noon, settings);
      expect(stateOf(run)).toMatchObject({ phase: 'planned' });
      waits.push(run.wakeAt - noon);
    }
    expect(waits[0]).toBe(0);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[4]).toBeGreaterThanOrEqual(5 * second);
    expect(stateOf(looked(anUnclear(run), absent, noon, settings))).toMatchObject({
      phase: 'asking',
      question: { kind: 'unclear', candidates: [] },
    });
  });
});

describe('a step that could not begin', () => {
  test.each(['unreachable', 'fault'] as const)('(%s) waits more patiently, up to a minute, since then', (reason) => {
    let [run, now]: [Run, number] = [aRun(), noon];
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      run = tryLater(run, reason, now);
      waits.push((run.wakeAt - now) / second);
      now = run.wakeAt;
    }
    expect(waits).toEqual([5, 5, 10, 20, 40, 60, 60]);
    expect(stateOf(run)).toMatchObject({ phase: 'planned', delay: { reason, since: noon } });
  });

  test('for another reason counts from then', () => {
    const run = delay(tryLater(aRun(), 'unreachable', noon), 'limited', noon + 2 * minute, noon + minute);
    expect(stateOf(run)).toMatchObject({
      delay: { reason: 'limited', since: noon + minute, until: noon + 2 * minute },
    });
  });

  test.each(['unreachable', 'fault'] as const)('(%s) is not planned again while it has no answer', (reason) => {
    const before = anUnclear(aRun());
    const run = tryLater(before, reason, noon);
    expect(run.steps).toEqual(before.steps);
    expect(run).toMatchObject({ state: 'open', wakeAt: noon + 5 * second });
  });
});

describe('asking', () => {
  test('about a key while looking keeps what was sent and what was looked for', () => {
    const looking = looked(anUnclear(aRun()), absent, noon + second, settings);
    expect(stateOf(keyProblem(looking, 'Revoked.', noon + minute))).toMatchObject({
      question: { kind: 'key' },
      intent: { at: noon },
      looks: [
        { at: noon + second, failed: false },
        { at: noon + minute, failed: true },
      ],
    });
  });

  test('about a key says what is wrong', () => {
    expect(stateOf(keyProblem(aRun(), 'Not yours.', noon))).toMatchObject({
      question: { kind: 'key', message: 'Not yours.' },
    });
  });

  test('about an invoice that is not as previewed keeps every difference', () => {
    const run = verified(aRunAt('verify_invoice'), [{ kind: 'wrong_ticket' }], noon);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({ question: { kind: 'mismatch', differences: [{ kind: 'wrong_ticket' }] } });
  });

  test('is not needed when the invoice is right', () => {
    const run = verified(aRunAt('verify_invoice'), [], noon);
    expect(currentStep(run)?.action.kind).toBe('ticket_update');
  });

  test('about what can’t be checked says why', () => {
    expect(stateOf(unverifiable(aRunAt('verify_invoice'), 'No invoice.'))).toMatchObject({
      question: { kind: 'unverifiable', message: 'No invoice.' },
    });
  });
});

describe('the look before sending again', () => {
  const again = decide(anUnclear(aRun()), { kind: 'send_again', step: 0 }, noon + second);

  test('finds it: the step is done and not sent', () => {
    const run = lookedBeforeSending(again, there, noon + second);
    expect(run.steps[0]?.state).toMatchObject({ phase: 'done', id: 501, how: 'found' });
  });

  test('finds nothing: the step is sent on the person’s word', () => {
    expect(stateOf(lookedBeforeSending(again, absent, noon))).toEqual({
      phase: 'planned',
      delay: null,
      previous: null,
    });
  });

  test('finds several: the person is asked again, with all of them', () => {
    const run = lookedBeforeSending(again, { result: 'unclear', candidates: [501, 502] }, noon);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({ question: { kind: 'unclear', candidates: [501, 502] }, intent: { at: noon } });
  });

  test('can’t tell, for there is no way to look: the step is sent on the person’s word', () => {
    const run = lookedBeforeSending(again, { result: 'unclear', candidates: [] }, noon);
    expect(stateOf(run)).toMatchObject({ phase: 'planned' });
  });

  test.each<[string, (run: Run) => Run]>([
    ['limited', (run) => conclude(sending(run), { outcome: 'limited', retryAfterMs: minute }, noon + second)],
    ['not sent', (run) => conclude(sending(run), { outcome: 'not_sent', why: 'asleep' }, noon + second)],
    ['unreachable', (run) => tryLater(run, 'unreachable', noon + second)],
    ['faulty', (run) => tryLater(run, 'fault', noon + second)],
  ])('is taken again after the send was %s, for the first one may have landed meanwhile', (_how, wait) => {
    expect(stateOf(wait(again))).toMatchObject({ phase: 'planned', previous: { at: noon } });
  });

  test.each<[string, (run: Run) => Run]>([
    ['the key is mended', (run) => keyProblem(run, 'Revoked.', noon)],
    ['what was in the way is gone', (run) => unverifiable(run, 'No ticket.')],
    ['Syncro refused', (run) => conclude(sending(run), { outcome: 'refused', status: 401, message: 'No.' }, noon)],
  ])('is taken again when %s', (_when, stop) => {
    const run = decide(stop(again), { kind: 'try_again', step: 0 }, noon + minute);
    expect(stateOf(run)).toMatchObject({ phase: 'planned', previous: { at: noon } });
  });
});

describe('a run whose process died', () => {
  test('while sending is unclear, and settling counts from the takeover', () => {
    const run = resume(sending(aRun()), noon + 70 * second, noon + minute, settings);
    expect(run).toMatchObject({ resumedAt: noon + 70 * second, wakeAt: noon + 70 * second });
    expect(stateOf(run)).toMatchObject({
      phase: 'unclear',
      intent: { at: noon, settledAt: noon + 70 * second + 150 * second },
    });
  });

  test('whose lease was ended because it was known to be dead counts from the intent', () => {
    expect(stateOf(resume(sending(aRun()), noon + second, 0, settings))).toMatchObject({
      intent: { settledAt: noon + 150 * second },
    });
  });

  test.each([
    ['planned', aRun()],
    ['unclear', anUnclear(aRun())],
    ['asking', lookUntilItGivesUp(anUnclear(aRun())).run],
  ])('while %s goes on where it was', (_phase, run) => {
    expect(resume(run, noon + minute, noon, settings)).toEqual({ ...run, resumedAt: noon + minute, checkedAt: null });
  });

  test('while sending for the second time: what was sent twice settles as late', () => {
    const run = resume(
      sending(aResent(aRunAt('line_item')), noon + 160 * second),
      noon + 240 * second,
      noon + 220 * second,
      settings,
    );
    expect(currentStep(run)).toMatchObject({
      firstIntent: { settledAt: noon + 150 * second },
      lastIntent: { at: noon + 160 * second, settledAt: noon + 390 * second },
    });
  });
});

describe('what is sent a second time', () => {
  test('is checked for doubles at the very end, and a labor line also before the invoice is made of it', () => {
    expect(kindsOf(aResent(aRunCommenting('portal'))).slice(4)).toEqual(['ticket_update', 'check_doubles']);
    const run = aResent(aRunAt('line_item'));
    expect(kindsOf(run)).toEqual([
      'comment',
      'line_item',
      'check_doubles',
      'invoice',
      'verify_invoice',
      'ticket_update',
      'check_doubles',
    ]);
    expect(run.steps.flatMap(({ action }) => (action.kind === 'check_doubles' ? [action.last] : []))).toEqual([
      false,
      true,
    ]);
  });

  test('is checked also where a charged timer becomes a line', () => {
    const charge: Write = { kind: 'timer_charge', ticketId: jerrysTicketId, timerId: 1 };
    expect(kindsOf(aResent(aRunOf(charge)))).toEqual(['timer_charge', 'check_doubles', 'check_doubles']);
  });

  test('has its checks once, however many steps and times', () => {
    const comment = conclude(sending(aResent(aRunCommenting('portal'))), landed, noon);
    const line = aResent(comment);
    const again = decide(anUnclear(line), { kind: 'send_again', step: 1 }, noon);
    expect(kindsOf(line).filter((kind) => kind === 'check_doubles')).toHaveLength(2);
    expect(kindsOf(again)).toEqual(kindsOf(line));
  });

  test('and may be repeated at will needs no check', () => {
    const run = looked(anUnclear(aRunAt('ticket_update')), absent, noon, settings);
    expect(kindsOf(run)).not.toContain('check_doubles');
  });

  test('and refused or limited the second time is there at most once', () => {
    for (const outcome of [
      { outcome: 'refused', status: 422, message: 'No.' },
      { outcome: 'limited', retryAfterMs: minute },
      { outcome: 'not_sent', why: 'asleep' },
    ] as const)
      expect(currentStep(conclude(sending(aResent(aRunAt('line_item'))), outcome, noon))?.tries).toBe(1);
  });
});

describe('a check for doubles', () => {
  const checking = (last: boolean) => aRun({ steps: [plannedStep({ kind: 'check_doubles', last })] });
  const doubled: Question = { kind: 'doubled', what: 'comment', kept: 501, extra: [502] };
  const settledAt = noon + 150 * second;

  test('that finds none is done; the last one only when nothing can arrive any more', () => {
    expect(checkedDoubles(checking(false), null, settledAt, noon).state).toBe('done');
    const waiting = checkedDoubles(checking(true), null, settledAt, noon);
    expect(waiting).toMatchObject({ state: 'open', wakeAt: settledAt });
    expect(stateOf(waiting)).toMatchObject({ phase: 'planned', delay: { reason: 'late_arrivals', until: settledAt } });
    expect(checkedDoubles(waiting, null, settledAt, settledAt - 1).state).toBe('open');
    expect(checkedDoubles(waiting, null, settledAt, settledAt)).toMatchObject({ state: 'done', finishedAt: settledAt });
  });

  test('that finds one asks at once', () => {
    const run = checkedDoubles(checking(true), doubled, settledAt, noon);
    expect(run.state).toBe('asking');
    expect(stateOf(run)).toMatchObject({ question: doubled });
  });
});

describe('what the work can go on without', () => {
  const draft: Write = { kind: 'invoice_draft', invoiceId: 3_000 };
  const marked: Write = { kind: 'timer_billable', ticketId: jerrysTicketId, timerId: 40, billable: false };
  const answered = (write: Write, status: number): Run =>
    conclude(sending(aRunOf(write)), { outcome: 'refused', status, message: 'No.' }, noon);

  test.each([
    ['a draft where there are none', draft, 404, { phase: 'done', how: 'refused' }],
    ['a draft of what is paid', draft, 422, { phase: 'done', how: 'refused', said: 'No.' }],
    ['a draft with a bad key', draft, 401, { phase: 'asking' }],
    ['a mark that Syncro does not know', marked, 404, { phase: 'done', how: 'refused' }],
    ['a mark that it does not take', marked, 422, { phase: 'done', how: 'refused', said: 'No.' }],
  ])('%s', (_what, write, status, state) => {
    const run = answered(write, status);
    expect(run.steps[0]).toMatchObject({ state, tries: 0, firstIntent: null });
    expect(withAudit(sending(aRunOf(write)), run, noon).audit).toMatchObject([{ outcome: 'refused' }]);
  });

  test('is not what somebody else is asked for', () => {
    const status: Write = { kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'Invoiced' } };
    expect(answered(status, 422).state).toBe('asking');
  });
});
