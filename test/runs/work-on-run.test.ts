import { describe, expect, test } from '@jest/globals';
import { currentStep, type Run } from '../../src/runs/rules/run.ts';
import { workOnRun } from '../../src/runs/work-on-run.ts';
import { AppError } from '../../src/shared/errors.ts';
import { ticketId } from '../../src/syncro/ticket.ts';
import { someKeys } from '../syncro/scripted-syncro.ts';
import { aWorkshop, claimed } from './a-workshop.ts';
import { aPlan } from './rules/a-bill.ts';
import { aRun, aRunAt, aRunCommenting, stateOf } from './rules/a-run.ts';
import { aComment, aCustomer, aLineItem, anInvoice, anInvoiceLine, howard, minute, noon } from './rules/a-ticket.ts';

const second = 1_000;
/** The line of the bill as it is sent. */
const lineItem = {
  productId: 1_190_473,
  description: 'Fixed the sync',
  quantityHundredths: 75,
  rateCents: 15_000,
};
const allFour = ['comment', 'line_item', 'invoice', 'ticket_update'];
const unanswered = { outcome: 'unclear', why: 'no answer within 20 s' } as const;

const howOf = (run: Run) => run.steps.map(({ state }) => (state.phase === 'done' ? state.how : state.phase));

/** A workshop in which Howard just confirmed a bill. */
const withBill = async (run: Run = aRun(), options: Parameters<typeof aWorkshop>[0] = {}) => {
  const workshop = await aWorkshop(options);
  await workshop.runs.add(run);
  return workshop;
};

describe('a bill', () => {
  test('sends comment, line, invoice and status in this order, each once', async () => {
    const { syncro, workOnce, stored } = await withBill();
    await workOnce();
    expect(syncro.kinds()).toEqual(allFour);
    expect(await stored()).toMatchObject({ state: 'done', finishedAt: noon });
    expect(howOf(await stored())).toEqual(['answered', 'answered', 'answered', 'answered', 'answered']);
    expect(syncro.status).toBe('Invoiced');
  });

  test('sends what was previewed', async () => {
    const { syncro, workOnce } = await withBill();
    await workOnce();
    expect(syncro.sent).toMatchObject([
      { subject: 'Resolution', body: 'Fixed the sync', audience: 'email' },
      { item: { productId: 1_190_473, quantityHundredths: 75, rateCents: 15_000, taxable: false } },
      { customerId: 9_001 },
      { fields: { status: 'Invoiced' } },
    ]);
  });

  test('has its intent in the database when a request leaves', async () => {
    const { syncro, workOnce, stored } = await withBill();
    const atSend: unknown[] = [];
    syncro.onSend = async (write) => {
      const step = currentStep(await stored());
      atSend.push([write.kind, step?.action.kind, step?.state.phase]);
    };
    await workOnce();
    expect(atSend).toEqual(allFour.map((kind) => [kind, kind, 'sending']));
  });

  test('takes its place at the limiter before it records the intent', async () => {
    const { syncro, workOnce, stored } = await withBill();
    const atPrepare: unknown[] = [];
    syncro.onPrepare = async () => void atPrepare.push(stateOf(await stored())?.phase);
    await workOnce();
    expect(atPrepare).toEqual(['planned', 'planned', 'planned', 'planned']);
  });

  test('gives its run back and has nothing more to do', async () => {
    const { runs, workOnce } = await withBill();
    expect(await workOnce()).toBe(true);
    expect(await workOnce()).toBe(false);
    expect(await runs.holders()).toEqual([]);
  });

  test('for a prepaid customer is right when the block fell', async () => {
    const plan = aPlan({ customer: aCustomer({ prepaidHundredths: 650 }) });
    const { syncro, workItOut } = await withBill(aRun({ plan }));
    syncro.bill = (invoice) => ({ ...invoice, totalCents: 0, lines: [anInvoiceLine({ rateCents: 0 })] });
    syncro.prepaidHundredths = 575;
    expect((await workItOut()).state).toBe('done');
  });

  test('stops at the step in flight when the app shuts down, and goes on later', async () => {
    const { runs, clock, syncro, depsWith, workOnce, stored } = await withBill();
    const stopping = () => syncro.sent.length > 0;
    await workOnRun({ ...depsWith(runs), stopping }, await claimed(runs, 'alpha', clock.now()));
    expect(syncro.kinds()).toEqual(['comment']);
    expect(howOf(await stored())[0]).toBe('answered');
    await workOnce();
    expect(syncro.kinds()).toEqual(allFour);
  });
});

describe('a write without an answer', () => {
  test('and not shown by Syncro until it was sent again is found by its first time', async () => {
    const { syncro, workItOut } = await withBill();
    syncro.script('line_item', unanswered, unanswered);
    syncro.onSend = ({ kind }) => {
      const late = aLineItem({ id: 777, ...lineItem, technicianId: howard.syncroUserId, createdAt: noon + second });
      if (kind === 'line_item' && syncro.kinds().length === 3) syncro.lineItems = [late];
    };
    const run = await workItOut();
    expect(run.steps[1]?.state).toMatchObject({ phase: 'done', id: 777, how: 'found' });
    expect(syncro.lineItems).toHaveLength(1);
  });

  test('that can’t be looked for because of a fault in the app is looked for again, never sent again', async () => {
    const { syncro, workOnce, workItOut, stored } = await withBill();
    syncro.script('comment', 'lands unanswered');
    syncro.onSend = () => {
      syncro.failing = new TypeError('undefined is not a function');
    };
    await workOnce();
    expect(stateOf(await stored())).toMatchObject({ phase: 'unclear', looks: [{ failed: true }] });
    syncro.onSend = () => {};
    syncro.failing = null;
    expect(howOf(await workItOut())[0]).toBe('found');
    expect(syncro.kinds()).toEqual(allFour);
  });

  test.each([0, 1])('whose look number %i fails for the key is looked for on, when that is mended', async (good) => {
    const { clock, syncro, workOnce, workItOut, decide, stored } = await withBill();
    syncro.script('comment', unanswered);
    const refused = new AppError('key_refused', 'Syncro refused your key.');
    syncro.onSend = () => {
      if (good === 0) syncro.failing = refused;
    };
    await workOnce();
    syncro.failing = refused;
    expect(stateOf(await workItOut())).toMatchObject({ question: { kind: 'key' }, intent: { at: noon } });
    syncro.onSend = () => {};
    syncro.failing = null;
    await decide({ kind: 'try_again', step: 0 });
    await workOnce();
    expect(stateOf(await stored())).toMatchObject({ phase: 'unclear', intent: { at: noon } });
    expect(syncro.kinds()).toEqual(['comment']);
    syncro.comments = [aComment({ id: 777, body: 'Fixed the sync', createdAt: clock.at })];
    expect(howOf(await workItOut())[0]).toBe('found');
    expect(syncro.kinds()).toEqual(allFour);
  });

  test('is waited for while Syncro can’t be read, and never sent meanwhile', async () => {
    const { clock, syncro, workOnce, workItOut, stored } = await withBill(aRunCommenting('portal'));
    syncro.script('comment', 'lands unanswered');
    syncro.onSend = () => {
      syncro.failing = new AppError('unreachable', 'Syncro is down.');
    };
    for (let i = 0; i < 40; i++) {
      await workOnce();
      clock.at += 10 * second;
    }
    expect(stateOf(await stored())?.phase).toBe('unclear');
    syncro.onSend = () => {};
    syncro.failing = null;
    expect((await workItOut()).state).toBe('done');
    expect(syncro.kinds()).toEqual(allFour);
  });

  test('that can’t be looked for, as Syncro’s answer can’t be read, is asked about as soon as it is settled', async () => {
    const { clock, syncro, workItOut } = await withBill(aRunCommenting('portal'));
    syncro.script('comment', unanswered);
    syncro.onSend = () => {
      syncro.failing = new AppError('unreadable', "Syncro's list of comments has an entry that can't be read.");
    };
    expect(stateOf(await workItOut())).toMatchObject({ question: { kind: 'unclear', candidates: [] } });
    expect(clock.at - noon).toBeLessThan(150 * second + minute);
    expect(syncro.kinds()).toEqual(['comment']);
  });
});

describe('a fault in the app', () => {
  test('before anything was sent makes the bill wait and go on by itself', async () => {
    const { clock, syncro, workOnce, workItOut, stored } = await withBill();
    syncro.onPrepare = () => {
      throw new TypeError('undefined is not a function');
    };
    await workOnce();
    expect(stateOf(await stored())).toMatchObject({ phase: 'planned', delay: { reason: 'fault' } });
    expect(syncro.sent).toEqual([]);
    syncro.onPrepare = () => {};
    expect((await workItOut()).state).toBe('done');
    expect(clock.at).toBe(noon + 5 * second);
    expect(syncro.kinds()).toEqual(allFour);
  });
});

describe('who may not write any more', () => {
  const why = 'Howard Enos is no longer among the technicians in the settings.';

  test('has nothing more sent: the run stops, says why, and an admin is told', async () => {
    const { syncro, standing, barred, workOnce, stored } = await withBill();
    syncro.onSend = ({ kind }) => {
      if (kind === 'comment') standing.now = { may: 'no', why };
    };
    await workOnce();
    expect(syncro.kinds()).toEqual(['comment']);
    expect(await stored()).toMatchObject({ state: 'stopped', stoppedBecause: why });
    expect(barred.map(({ ref }) => ref)).toEqual([(await stored()).ref]);
  });

  test('has the work stopped also where it waits for their answer, and an admin is told', async () => {
    const { syncro, barred, workOnce, decide, stored } = await withBill();
    syncro.script('comment', { outcome: 'refused', status: 422, message: 'No.' });
    await workOnce();
    await decide({ kind: 'stop', step: 0, because: why });
    await workOnce();
    expect(await stored()).toMatchObject({ state: 'stopped', stoppedBecause: why });
    expect(barred.map(({ ref }) => ref)).toEqual([(await stored()).ref]);
  });

  test('is noticed after the wait for Syncro’s limit, right before the send', async () => {
    const { syncro, standing, workOnce, stored } = await withBill();
    syncro.onPrepare = () => {
      standing.now = { may: 'no', why };
    };
    await workOnce();
    expect(syncro.sent).toEqual([]);
    expect(syncro.abandoned).toBe(1);
    expect((await stored()).state).toBe('stopped');
  });

  test('is waited for when nobody can say so, however short a time ago they confirmed it', async () => {
    const { clock, syncro, standing, workOnce, workItOut, stored } = await withBill();
    standing.now = { may: 'unknown' };
    for (let i = 0; i < 7; i++, clock.at += 2 * minute) await workOnce();
    expect(syncro.sent).toEqual([]);
    expect(stateOf(await stored())).toMatchObject({ phase: 'planned', delay: { reason: 'fault' } });
    standing.now = { may: 'yes' };
    expect((await workItOut()).state).toBe('done');
  });

  test('with another key than a moment ago is looked at anew before anything goes out', async () => {
    const secrets = { [howard.slackUser]: 'howards-key' };
    const { syncro, workOnce, stored } = await withBill(aRun(), {
      keys: { ...someKeys(secrets), own: ({ slackUser }) => someKeys(secrets).own({ ...howard, slackUser }) },
    });
    syncro.onPrepare = () => {
      secrets[howard.slackUser] = 'mikes-key';
    };
    await workOnce();
    expect(syncro.sent).toEqual([]);
    expect(stateOf(await stored())).toMatchObject({ question: { kind: 'key' } });
  });
});

describe('Syncro says no', () => {
  test('429, and then the clock is set back an hour: the bill does not wait for it to catch up', async () => {
    const { clock, syncro, workOnce, workItOut } = await withBill();
    syncro.script('invoice', { outcome: 'limited', retryAfterMs: 60 * second });
    await workOnce();
    clock.at -= 60 * minute;
    expect((await workItOut()).state).toBe('done');
    expect(clock.at).toBeLessThan(noon - 50 * minute);
    expect(syncro.kinds().filter((kind) => kind === 'invoice')).toHaveLength(2);
  });

  test('429 of a read is told as the limit it is, and waits as long as it says', async () => {
    const { clock, syncro, workOnce, workItOut, stored } = await withBill(aRunAt('verify_invoice'));
    syncro.failing = new AppError('rate_limited', 'Too many requests.', { retryAfterMs: 45 * second });
    await workOnce();
    expect(stateOf(await stored())).toMatchObject({
      phase: 'planned',
      delay: { reason: 'limited', until: noon + 45 * second },
    });
    syncro.failing = null;
    syncro.invoices = [anInvoice({ id: 1003 })];
    await workItOut();
    expect(clock.at).toBeGreaterThanOrEqual(noon + 45 * second);
  });

  test('what can’t be read is tried a few times, then a person is told what it is', async () => {
    const { clock, syncro, workOnce, workItOut, stored } = await withBill(aRunAt('verify_invoice'));
    const words = "Syncro's answer for invoice with id 1003 can't be read.";
    syncro.failing = new AppError('unreadable', words);
    await workOnce();
    expect(stateOf(await stored())).toMatchObject({ phase: 'planned', delay: { reason: 'unreadable', what: words } });
    expect(stateOf(await workItOut())).toMatchObject({ question: { kind: 'unverifiable', message: words } });
    expect(clock.at - noon).toBeLessThan(minute);
  });

  test('401: the refused attempt stands in the run’s audit like any other', async () => {
    const { syncro, workItOut, decide } = await withBill();
    syncro.script('comment', { outcome: 'refused', status: 401, message: 'Not authorized.' });
    expect(stateOf(await workItOut())).toMatchObject({ question: { kind: 'key' } });
    await decide({ kind: 'try_again', step: 0 });
    const { audit = [] } = await workItOut();
    expect(audit.slice(0, 2).map(({ n, what, outcome }) => [n, what, outcome])).toEqual([
      [0, 'comment', 'refused'],
      [1, 'comment', 'confirmed'],
    ]);
  });
});

describe('the invoice', () => {
  test('that is whole only at the second read is right', async () => {
    const { clock, syncro, workItOut } = await withBill();
    syncro.bill = (invoice) => ({ ...invoice, lines: [], totalCents: 0 });
    clock.sleep = (ms) => {
      syncro.invoices = syncro.invoices.map((i) => ({ ...i, lines: [anInvoiceLine()], totalCents: 11_250 }));
      clock.at += ms;
      return Promise.resolve();
    };
    expect((await workItOut()).state).toBe('done');
  });

  test('that only a person has seen is the newest one of this ticket, not of another', async () => {
    const { syncro, workOnce, workItOut, decide } = await withBill();
    syncro.script('invoice', unanswered);
    await workOnce();
    syncro.invoices = [anInvoice({ id: 3_001 }), anInvoice({ id: 3_002, ticketId: ticketId(1) })];
    await decide({ kind: 'it_is_there', step: 2 });
    expect((await workItOut()).state).toBe('done');
  });

  test('that is gone is said in words', async () => {
    const { syncro, workItOut } = await withBill();
    syncro.script('invoice', { outcome: 'landed', id: null, number: null });
    expect(stateOf(await workItOut())).toMatchObject({
      question: { kind: 'unverifiable', message: 'There is no invoice for this ticket in Syncro.' },
    });
  });
});

describe('"Stop"', () => {
  test('while a request is on its way: that one is recorded, none follows', async () => {
    const { syncro, workItOut, decide } = await withBill();
    syncro.onSend = () => decide({ kind: 'stop', step: 0 });
    const run = await workItOut();
    expect(run.state).toBe('stopped');
    expect(howOf(run)[0]).toBe('answered');
    expect(syncro.kinds()).toEqual(['comment']);
  });

  test('just before the intent is recorded: nothing is sent', async () => {
    const { syncro, workItOut, decide } = await withBill();
    syncro.onPrepare = () => decide({ kind: 'stop', step: 0 });
    expect((await workItOut()).state).toBe('stopped');
    expect(syncro.sent).toEqual([]);
    expect(syncro.abandoned).toBe(1);
  });

  test('while another decision is being carried out is carried out too', async () => {
    const { runs, syncro, workOnce, workItOut, decide, stored } = await withBill();
    syncro.script('comment', { outcome: 'refused', status: 422, message: 'No.' });
    await workOnce();
    await decide({ kind: 'try_again', step: 0 });
    const load: typeof runs.load = async (lease) => {
      const loaded = await runs.load(lease);
      if (loaded?.decision?.kind === 'try_again') await decide({ kind: 'stop', step: 0 });
      return loaded;
    };
    await workOnce('alpha', { ...runs, load });
    await workItOut();
    expect((await stored()).state).toBe('stopped');
    expect(syncro.kinds()).toEqual(['comment']);
  });
});

describe('a worker that was asleep', () => {
  test('and lost its run before the intent writes nothing', async () => {
    const { runs, clock, syncro, workOnce, stored } = await withBill();
    syncro.onPrepare = async () => {
      clock.at += minute;
      await claimed(runs, 'bravo', clock.at);
    };
    await workOnce('alpha');
    expect(syncro.sent).toEqual([]);
    expect(syncro.abandoned).toBe(1);
    expect(await stored()).toEqual(aRun());
  });

  test('and whose lease merely ended before the intent writes nothing', async () => {
    const { runs, clock, syncro, depsWith, stored } = await withBill();
    const claim = await claimed(runs, 'alpha', clock.now());
    let first = true;
    syncro.onPrepare = () => {
      if (first) clock.at += minute;
      else throw new AppError('no_key', 'End of the test.');
      first = false;
    };
    await workOnRun(depsWith(runs), claim);
    expect(syncro.sent).toEqual([]);
    expect((await stored()).state).toBe('asking');
  });

  test('and lost its run between intent and send writes nothing; the next holder looks before it sends', async () => {
    const { runs, clock, syncro, depsWith, workOnce, workItOut, stored } = await withBill(aRunCommenting('portal'));
    let taken: Awaited<ReturnType<typeof claimed>> | undefined;
    const saveIntent: typeof runs.saveIntent = async (...args) => {
      const saved = await runs.saveIntent(...args);
      clock.at += minute;
      taken ??= await claimed(runs, 'bravo', clock.at);
      return saved;
    };
    await workOnce('alpha', { ...runs, saveIntent });
    expect(syncro.sent).toEqual([]);
    expect(syncro.abandoned).toBe(1);
    expect(stateOf(await stored())?.phase).toBe('sending');

    if (!taken) throw new Error('Nobody took the run');
    await workOnRun(depsWith(runs), taken);
    expect(stateOf(await stored())).toMatchObject({
      phase: 'unclear',
      // The old holder might have sent until its lease ended a minute after noon.
      intent: { settledAt: noon + minute + 150 * second },
    });
    const run = await workItOut('bravo');
    expect(run.state).toBe('done');
    expect(syncro.kinds()).toEqual(allFour);
  });

  test('and was taken for dead between intent and send writes nothing, however short it slept', async () => {
    const { runs, clock, syncro, workOnce } = await withBill();
    const saveIntent: typeof runs.saveIntent = async (...args) => {
      const saved = await runs.saveIntent(...args);
      await runs.expire('alpha');
      await claimed(runs, 'bravo', clock.at);
      return saved;
    };
    await workOnce('alpha', { ...runs, saveIntent });
    expect(syncro.sent).toEqual([]);
    expect(syncro.abandoned).toBe(1);
  });

  test('for over five seconds between intent and send does not send, and tries again', async () => {
    const { runs, clock, syncro, workOnce, workItOut } = await withBill();
    let slept = false;
    const saveIntent: typeof runs.saveIntent = async (...args) => {
      const saved = await runs.saveIntent(...args);
      if (!slept) clock.at += 5 * second + 1;
      slept = true;
      return saved;
    };
    await workOnce('alpha', { ...runs, saveIntent });
    expect(syncro.sent).toEqual([]);
    expect((await workItOut()).state).toBe('done');
    expect(syncro.kinds()).toEqual(allFour);
  });
});

describe('a process that dies', () => {
  test('or only loses its database after a send leaves a run that is looked for, not one that spins', async () => {
    const { runs, syncro, workOnce, workItOut } = await withBill();
    const save: typeof runs.save = () => Promise.reject(new Error('disk full'));
    await expect(workOnce('alpha', { ...runs, save })).rejects.toThrow('disk full');
    expect(syncro.kinds()).toEqual(['comment']);
    const run = await workItOut('bravo');
    expect(run.state).toBe('done');
    expect(howOf(run)[0]).toBe('found');
    expect(syncro.kinds()).toEqual(allFour);
  });
});

describe('a key', () => {
  test('of somebody else stops the bill with words, and nothing is sent', async () => {
    const keys = someKeys({ [howard.slackUser]: 'mikes-key' });
    const { syncro, workItOut } = await withBill(aRun(), { keys });
    const state = stateOf(await workItOut());
    expect(state).toMatchObject({ phase: 'asking', question: { kind: 'key' } });
    expect(JSON.stringify(state)).toContain('belongs to Mike Swain (Syncro user 1735), not to Howard Enos (1750)');
    expect(syncro.sent).toEqual([]);
  });

  test('that is missing stops the bill, and with one it goes on', async () => {
    const secrets: Record<string, string> = {};
    const { syncro, workItOut, decide } = await withBill(aRun(), { keys: someKeys(secrets) });
    expect(stateOf(await workItOut())).toMatchObject({ question: { kind: 'key' } });
    secrets[howard.slackUser] = 'howards-key';
    await decide({ kind: 'try_again', step: 0 });
    expect((await workItOut()).state).toBe('done');
    expect(syncro.kinds()).toEqual(allFour);
  });

  test('that is another person’s than the preview said stops the bill before it sends', async () => {
    const keys = someKeys({ shared: 'mikes-key' });
    const { syncro, workItOut } = await withBill(aRun(), { keys, sharedWrites: true });
    expect(stateOf(await workItOut())).toMatchObject({ question: { kind: 'key' } });
    expect(syncro.sent).toEqual([]);
  });
});
