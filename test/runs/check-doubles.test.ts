import { describe, expect, test } from '@jest/globals';
import { removalOf } from '../../src/runs/rules/decide.ts';
import { stepsOnWord } from '../../src/runs/rules/doubles.ts';
import { type Run, resultOf } from '../../src/runs/rules/run.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { WriteKind } from '../../src/syncro/write.ts';
import { aWorkshop } from './a-workshop.ts';
import { aPlan } from './rules/a-bill.ts';
import { aRunCommenting, settings, stateOf } from './rules/a-run.ts';
import { aComment, jerrysTicketId, minute, noon } from './rules/a-ticket.ts';

const second = 1_000;
const unanswered = { outcome: 'unclear', why: 'no answer within 20 s' } as const;
/** When the second send leaves: absent at 150 and at 155 seconds. */
const resentAt = noon + 155 * second;
/** What was sent twice is looked for so long: twice the time to settle. */
const lookedUntil = resentAt + 2 * settings.settleMs;

/** A bill whose comment may be sent again by itself. */
const withBill = async () => {
  const workshop = await aWorkshop();
  await workshop.runs.add(aRunCommenting('portal'));
  return workshop;
};

type Workshop = Awaited<ReturnType<typeof withBill>>;

/** The first request of this kind lands so long after it was sent; the second one is answered 3 seconds after it left. */
const landsLate = ({ syncro, clock }: Workshop, kind: WriteKind, landsAfterMs: number): void => {
  syncro.script(kind, { landsAfterMs });
  let sends = 0;
  syncro.onSend = (write) => {
    if (write.kind !== kind) return;
    sends += 1;
    if (sends === 2) clock.at += 3 * second;
  };
};

const questionOf = (run: Run) => {
  const state = stateOf(run);
  return state?.phase === 'asking' ? state.question : null;
};

const removalFor = (run: Run) => {
  const question = questionOf(run);
  return question && removalOf(run, question);
};

const currentOf = (run: Run) => run.steps.findIndex(({ state }) => state.phase !== 'done');

describe('a labor line whose first request lands after the second was sent', () => {
  const doubled = async () => {
    const workshop = await withBill();
    landsLate(workshop, 'line_item', 157 * second);
    const run = await workshop.workItOut();
    return { ...workshop, run };
  };

  test('is there twice: the check asks before an invoice is made of it', async () => {
    const { syncro, run } = await doubled();
    expect(questionOf(run)).toEqual({ kind: 'doubled', what: 'line_item', kept: 1_003, extra: [1_002] });
    expect(syncro.lineItems.map(({ id }) => id)).toEqual([1_002, 1_003]);
    expect(syncro.kinds()).toEqual(['comment', 'line_item', 'line_item']);
    expect(run.steps[currentOf(run)]?.action).toEqual({ kind: 'check_doubles', last: false });
  });

  test('is taken out by a step of its own, whose intent is in the database when it leaves', async () => {
    const { syncro, run, decide, workItOut, stored } = await doubled();
    const atSend: unknown[] = [];
    syncro.onSend = async (write) => {
      const now = await stored();
      const step = now.steps[currentOf(now)];
      atSend.push([write.kind, step?.action, step?.state.phase]);
    };
    await decide({ kind: 'remove_double', step: currentOf(run) });
    await workItOut();
    const removal = { kind: 'line_item_remove', ticketId: jerrysTicketId, lineItemId: 1_002 };
    expect(atSend[0]).toEqual(['line_item_remove', removal, 'sending']);
  });

  test('and taken out again, the bill finishes with exactly one line, and the right invoice', async () => {
    const { clock, syncro, run, decide, workItOut } = await doubled();
    await decide({ kind: 'remove_double', step: currentOf(run) });
    const finished = await workItOut();
    expect(finished).toMatchObject({ state: 'done', finishedAt: clock.at });
    expect(syncro.lineItems.map(({ id }) => id)).toEqual([1_003]);
    expect(syncro.invoices.map(({ totalCents }) => totalCents)).toEqual([11_250]);
    expect(syncro.status).toBe('Invoiced');
    expect(syncro.kinds().slice(3)).toEqual(['line_item_remove', 'invoice', 'ticket_update']);
  });

  test.each([
    ['is found gone', 'lands unanswered' as const, ['line_item_remove']],
    ['is found there, and sent again', unanswered, ['line_item_remove', 'line_item_remove']],
    ['was gone already', { outcome: 'refused', status: 404, message: 'Not found' } as const, ['line_item_remove']],
  ])('and whose removal has no clear answer %s', async (_how, behaviour, removals) => {
    const { syncro, run, decide, workItOut } = await doubled();
    syncro.script('line_item_remove', behaviour);
    if (behaviour !== unanswered && behaviour !== 'lands unanswered')
      syncro.onSend = () => {
        syncro.lineItems = syncro.lineItems.filter(({ id }) => id !== 1_002);
      };
    await decide({ kind: 'remove_double', step: currentOf(run) });
    expect((await workItOut()).state).toBe('done');
    expect(syncro.lineItems.map(({ id }) => id)).toEqual([1_003]);
    expect(syncro.kinds().filter((kind) => kind === 'line_item_remove')).toEqual(removals);
  });

  test('and left there is not asked about again by the last check', async () => {
    const { syncro, run, decide, workItOut } = await doubled();
    // The person puts it right in the invoice.
    syncro.bill = (invoice) => ({ ...invoice, totalCents: 11_250, lines: invoice.lines.slice(1) });
    await decide({ kind: 'leave_double', step: currentOf(run) });
    const finished = await workItOut();
    expect(finished.state).toBe('done');
    expect(finished.steps[2]?.state).toMatchObject({ phase: 'done', how: 'person' });
    expect(syncro.kinds()).not.toContain('line_item_remove');
  });

  test('can be stopped at: nothing more is sent', async () => {
    const { syncro, run, decide, workItOut } = await doubled();
    await decide({ kind: 'stop', step: currentOf(run) });
    expect((await workItOut()).state).toBe('stopped');
    expect(syncro.kinds()).toEqual(['comment', 'line_item', 'line_item']);
  });
});

describe('a labor line that was sent again early on a person’s word', () => {
  test('and of which both arrive is found to be there twice', async () => {
    const workshop = await withBill();
    const { clock, syncro, workOnce, workItOut, decide, stored } = workshop;
    landsLate(workshop, 'line_item', 11 * second);
    await workOnce();
    clock.at += 10 * second;
    await decide({ kind: 'send_again', step: currentOf(await stored()) });
    const run = await workItOut();
    expect(questionOf(run)).toMatchObject({ kind: 'doubled', what: 'line_item', extra: [1_002] });
    await decide({ kind: 'remove_double', step: currentOf(run) });
    expect((await workItOut()).state).toBe('done');
    expect(syncro.lineItems.map(({ id }) => id)).toEqual([1_003]);
  });
});

describe('a comment whose first request lands after the second was sent', () => {
  const doubled = async () => {
    const workshop = await withBill();
    landsLate(workshop, 'comment', 200 * second);
    const run = await workshop.workItOut();
    return { ...workshop, run };
  };

  test('is asked about at the end, and can’t be taken out', async () => {
    const { syncro, run, decide, workItOut } = await doubled();
    expect(questionOf(run)).toMatchObject({ kind: 'doubled', what: 'comment', kept: 1_001 });
    expect(run.steps[currentOf(run)]?.action).toEqual({ kind: 'check_doubles', last: true });
    expect(syncro.status).toBe('Invoiced');
    expect(removalFor(run)).toBeNull();
    const before = syncro.sent.length;
    await decide({ kind: 'remove_double', step: currentOf(run) });
    expect((await workItOut()).state).toBe('asking');
    expect(syncro.sent).toHaveLength(before);
  });

  test('and left there, the bill is finished', async () => {
    const { syncro, run, decide, workItOut } = await doubled();
    await decide({ kind: 'leave_double', step: currentOf(run) });
    const finished = await workItOut();
    expect(finished.state).toBe('done');
    expect(finished.steps.at(-1)?.state).toMatchObject({ phase: 'done', how: 'person' });
    expect(syncro.comments).toHaveLength(2);
  });

  test('does not keep the double of a line from being found', async () => {
    const workshop = await withBill();
    const { clock, syncro, workItOut, decide } = workshop;
    syncro.script('comment', { landsAfterMs: 157 * second });
    syncro.script('line_item', { landsAfterMs: 157 * second });
    const sends: Record<string, number> = {};
    syncro.onSend = ({ kind }) => {
      sends[kind] = (sends[kind] ?? 0) + 1;
      if (sends[kind] === 2) clock.at += 3 * second;
    };
    const comment = await workItOut();
    expect(questionOf(comment)).toMatchObject({ what: 'comment' });
    await decide({ kind: 'leave_double', step: currentOf(comment) });
    const line = await workItOut();
    expect(questionOf(line)).toMatchObject({ what: 'line_item' });
    expect(syncro.invoices).toEqual([]);
    await decide({ kind: 'remove_double', step: currentOf(line) });
    expect((await workItOut()).state).toBe('done');
    expect([syncro.comments.length, syncro.lineItems.length, syncro.invoices.length]).toEqual([2, 1, 1]);
  });
});

describe('an invoice whose first request lands after the second was sent', () => {
  const doubled = async () => {
    const workshop = await withBill();
    landsLate(workshop, 'invoice', 200 * second);
    const run = await workshop.workItOut();
    return { ...workshop, run };
  };

  test('is deleted on the person’s word, and the check looks again', async () => {
    const { syncro, run, decide, workItOut } = await doubled();
    const [kept, extra] = syncro.invoices.map(({ id }) => id);
    expect(questionOf(run)).toEqual({ kind: 'doubled', what: 'invoice', kept, extra: [extra] });
    expect(removalFor(run)).toEqual({ kind: 'invoice_delete', invoiceId: extra });
    await decide({ kind: 'remove_double', step: currentOf(run) });
    const reads = syncro.readsOf.invoices ?? 0;
    expect((await workItOut()).state).toBe('done');
    expect(syncro.invoices.map(({ id }) => id)).toEqual([kept]);
    expect(syncro.kinds().at(-1)).toBe('invoice_delete');
    expect(syncro.readsOf.invoices).toBeGreaterThan(reads);
  });

  test('and took the ticket’s lines is the one that counts: the empty one is named as the double, before the check', async () => {
    const workshop = await withBill();
    const { syncro, workItOut, decide } = workshop;
    landsLate(workshop, 'invoice', 157 * second);
    let made = 0;
    syncro.bill = (invoice) => {
      made += 1;
      return made === 1 ? invoice : { ...invoice, lines: [], totalCents: 0 };
    };
    const run = await workItOut();
    const [full, empty] = syncro.invoices.map(({ id }) => id);
    expect(syncro.invoices[1]?.lines).toEqual([]);
    expect(questionOf(run)).toEqual({ kind: 'doubled', what: 'invoice', kept: full, extra: [empty] });
    expect(run.steps[currentOf(run) + 1]?.action.kind).toBe('verify_invoice');
    await decide({ kind: 'remove_double', step: currentOf(run) });
    const finished = await workItOut();
    expect(finished).toMatchObject({ state: 'done', invoicedCents: 11_250 });
    expect(resultOf(finished, 'invoice')).toEqual({ id: full, number: `N${full}` });
    expect(syncro.invoices.map(({ id }) => id)).toEqual([full]);
  });

  test('is asked about again while it is still there', async () => {
    const { syncro, run, decide, workItOut } = await doubled();
    syncro.script('invoice_delete', { outcome: 'landed', id: null, number: null });
    await decide({ kind: 'remove_double', step: currentOf(run) });
    expect(questionOf(await workItOut())).toMatchObject({ kind: 'doubled', what: 'invoice' });
  });
});

describe('what is there on a person’s word', () => {
  const onWord = async (behaviour: 'lands unanswered' | typeof unanswered) => {
    const workshop = await withBill();
    const { syncro, workItOut, workOnce, decide, stored } = workshop;
    syncro.script('comment', unanswered);
    await workOnce();
    await decide({ kind: 'it_is_there', step: currentOf(await stored()) });
    if (behaviour === 'lands unanswered')
      syncro.onSend = ({ kind }) => {
        if (kind === 'line_item')
          syncro.comments = [aComment({ id: 2_000, body: aPlan().comment.body, createdAt: noon })];
      };
    return workItOut();
  };

  test('is looked for once more at the end, and found', async () => {
    const run = await onWord('lands unanswered');
    expect(run.steps[0]?.state).toEqual({ phase: 'done', id: 2_000, number: null, how: 'found' });
    expect(run.state).toBe('done');
  });

  test('and not found stays on their word', async () => {
    const run = await onWord(unanswered);
    expect(run.steps[0]?.state).toMatchObject({ phase: 'done', how: 'person' });
    expect(run.state).toBe('done');
    expect(stepsOnWord(run).map(({ write }) => write.kind)).toEqual(['comment']);
  });
});

describe('the last check', () => {
  test('waits until what was sent twice can’t arrive any more, then the bill is done', async () => {
    const { clock, syncro, workItOut, workOnce, stored } = await withBill();
    syncro.script('comment', unanswered);
    while ((await stored()).steps[4]?.state.phase !== 'done') {
      if (!(await workOnce())) clock.at = (await stored()).wakeAt;
    }
    expect(clock.at).toBe(resentAt);
    expect(syncro.status).toBe('Invoiced');
    expect(stateOf(await stored())).toMatchObject({
      phase: 'planned',
      delay: { reason: 'late_arrivals', until: lookedUntil },
    });
    expect(await workItOut()).toMatchObject({ state: 'done', finishedAt: lookedUntil });
    expect(syncro.comments).toHaveLength(1);
  });

  test('finds what arrives at the last moment', async () => {
    const workshop = await withBill();
    landsLate(workshop, 'comment', lookedUntil - noon);
    const run = await workshop.workItOut();
    expect(questionOf(run)).toMatchObject({ kind: 'doubled', what: 'comment' });
    expect(workshop.clock.at).toBe(lookedUntil);
  });

  test('is made only where something was sent again', async () => {
    const { clock, workItOut } = await withBill();
    const run = await workItOut();
    expect(run.steps).toHaveLength(5);
    expect(clock.at).toBe(noon);
  });

  test('of a status that was repeated is none', async () => {
    const { syncro, workItOut } = await withBill();
    syncro.script('ticket_update', unanswered, unanswered);
    expect((await workItOut()).steps).toHaveLength(5);
  });

  test('waits while Syncro can’t be read, and needs a key', async () => {
    const { clock, syncro, workOnce, workItOut, decide, stored } = await withBill();
    syncro.script('comment', unanswered);
    syncro.onSend = ({ kind }) => {
      if (kind === 'ticket_update') syncro.failing = new AppError('unreachable', 'Syncro is down.');
    };
    while ((await stored()).steps[4]?.state.phase !== 'done') {
      if (!(await workOnce())) clock.at = (await stored()).wakeAt;
    }
    expect(stateOf(await stored())).toMatchObject({ phase: 'planned', delay: { reason: 'unreachable' } });
    clock.at += 10 * minute;
    syncro.failing = new AppError('key_refused', 'Syncro refused your key.');
    const run = await workItOut();
    expect(questionOf(run)).toMatchObject({ kind: 'key' });
    syncro.failing = null;
    await decide({ kind: 'try_again', step: currentOf(run) });
    expect((await workItOut()).state).toBe('done');
  });
});
