import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import { timeWork } from '../../../src/features/time/plan.ts';
import { createTimers as createStore } from '../../../src/features/time/store/timers.ts';
import { createTimers } from '../../../src/features/time/timers.ts';
import { timerIdOf } from '../../../src/runs/rules/purpose.ts';
import type { Progress, Run } from '../../../src/runs/rules/run.ts';
import { billWork } from '../../../src/runs/rules/work.ts';
import { startRun } from '../../../src/runs/start-run.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { ticketNumber } from '../../../src/syncro/ticket.ts';
import { aPlan } from '../../runs/rules/a-bill.ts';
import { author } from '../../runs/rules/a-run.ts';
import { aTicket, howard, jerrysNumber, mike, minute, noon } from '../../runs/rules/a-ticket.ts';
import { aTimePlan } from '../../runs/rules/a-timer-run.ts';
import { aManualClock, aScriptedSyncro, everybodyMay, someKeys } from '../../syncro/scripted-syncro.ts';

const other = ticketNumber(32_155);

/** Howard's timers over a real database; every number is a ticket. */
const aDesk = async () => {
  const db = await openSqlite(':memory:');
  const [runs, store, clock] = [createRuns(db), createStore(db), aManualClock()];
  const syncro = { failing: null as AppError | null, takesMs: 0 };
  let last = 0;
  const next = (word: string): string => {
    last += 1;
    return `${word}-${last}`;
  };
  const ids = { id: () => next('id'), ref: () => next('REF') };
  const ticketOf = (number: number) => aTicket({ id: aTicket().id, number: ticketNumber(number) });
  const numbers: number[] = [];
  const timers = createTimers({
    reads: {
      findTicket: (_caller, number) => {
        numbers.push(number);
        clock.at += syncro.takesMs;
        return syncro.failing ? Promise.reject(syncro.failing) : Promise.resolve(ticketOf(number));
      },
      ticket: () => Promise.resolve(ticketOf(numbers.at(-1) ?? jerrysNumber)),
    },
    memory: { ...createTicketMemory(db), recall: () => Promise.resolve(null) },
    identity: createIdentity({
      reads: aScriptedSyncro(clock).reads,
      keys: someKeys({ [howard.slackUser]: 'howards-key', [mike.slackUser]: 'mikes-key' }),
      clock,
      sharedWrites: false,
    }),
    timers: store,
    runs,
    clock,
    ids,
  });
  const measured = async (minutes: number) => {
    const started = await timers.start(howard, jerrysNumber);
    clock.at += minutes * minute;
    const stopped = await timers.stop(howard, null);
    if (started.outcome !== 'started' || stopped.outcome !== 'stopped') throw new Error('not measured');
    return stopped.stopped.timer.id;
  };
  const starting = { runs, standing: everybodyMay, clock, ids, nudge: () => {} };
  const bill = (timerId: string, formId = 'form-1') =>
    startRun(starting, howard, formId, billWork(aTicket(), aPlan(), author, clock.now(), timerId), clock.now());
  const log = (timerId: string, formId: string) =>
    startRun(starting, howard, formId, timeWork(aTicket(), aTimePlan(), author, timerId), clock.now());
  /** Lets the run end as a test needs it. */
  const end = async (run: Run, change: Partial<Progress>) => {
    await db
      .updateTable('runs')
      .set({ body: JSON.stringify({ ...run, ...change }), state: change.state ?? run.state })
      .where('id', '=', run.id)
      .execute();
  };
  const listed = async () => (await timers.list(howard)).map(({ minutes, state }) => `${state} ${minutes}`);
  return { timers, store, clock, syncro, measured, bill, log, end, listed };
};

const laborDone = ({ steps }: Run): Run['steps'] =>
  steps.map((step) => ({ ...step, state: { phase: 'done', id: 1, number: null, how: 'answered' } }));

describe('a clock', () => {
  test('counts from when it was asked for, however long Syncro took', async () => {
    const { timers, clock, syncro, listed } = await aDesk();
    syncro.takesMs = 5 * minute;
    await timers.start(howard, jerrysNumber);
    expect(clock.now()).toBe(noon + 5 * minute);
    expect(await listed()).toEqual(['running 5']);
  });

  test('of a machine whose time was set back measured a minute, not less than nothing', async () => {
    const { timers, clock, listed } = await aDesk();
    await timers.start(howard, jerrysNumber);
    clock.at -= 3 * 60 * minute;
    expect(await listed()).toEqual(['running 1']);
    const stopped = await timers.stop(howard, null);
    expect(stopped).toMatchObject({ outcome: 'stopped', stopped: { minutes: 1, timer: { stoppedAt: noon } } });
  });

  test('is not stopped for another one whose ticket cannot be read', async () => {
    const { timers, syncro, listed } = await aDesk();
    const started = await timers.start(howard, jerrysNumber);
    if (started.outcome !== 'started') throw new Error('not started');
    syncro.failing = new AppError('unreachable', 'No answer.');
    await expect(timers.start(howard, other, started.timer.id)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await listed()).toEqual(['running 1']);
  });

  test('is replaced only when it is the one that was shown', async () => {
    const { timers } = await aDesk();
    await timers.start(howard, jerrysNumber);
    expect(await timers.start(howard, other, 'an-older-one')).toMatchObject({ outcome: 'other' });
  });

  test('is its technician’s alone', async () => {
    const { timers, measured } = await aDesk();
    const id = await measured(42);
    await expect(timers.take(mike, id)).rejects.toMatchObject({ code: 'stale' });
    await expect(timers.discard(mike, id)).rejects.toMatchObject({ code: 'stale' });
    expect(await timers.list(mike)).toEqual([]);
  });
});

describe('measured minutes', () => {
  test('leave the list while a run has them, come back when it was stopped before its labor', async () => {
    const { measured, bill, end, listed } = await aDesk();
    const run = await bill(await measured(42));
    expect(await listed()).toEqual([]);
    await end(run, { state: 'stopped' });
    expect(await listed()).toEqual(['stopped 42']);
  });

  test('leave it for good when the labor was done, also if the run was stopped then', async () => {
    const { measured, bill, end, listed, store } = await aDesk();
    const id = await measured(42);
    const run = await bill(id);
    await end(run, { state: 'stopped', steps: laborDone(run) });
    expect(await listed()).toEqual([]);
    expect(await store.of(howard.slackUser)).toEqual([]);
    expect(await store.get(id)).not.toBeNull();
  });

  test('are not billed or logged from a second form, while they are and afterwards', async () => {
    const { measured, bill, log, end, clock } = await aDesk();
    const id = await measured(42);
    const run = await bill(id);
    await expect(log(id, 'form-2')).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining(`are being billed right now (ref ${run.ref})`),
    });
    await end(run, { state: 'done', steps: laborDone(run), finishedAt: clock.now() });
    clock.at += minute;
    await expect(log(id, 'form-2')).rejects.toMatchObject({
      code: 'stale',
      message: expect.stringContaining(`were already billed (ref ${run.ref})`),
    });
  });

  test('are billed once by a form that is confirmed again', async () => {
    const { measured, bill } = await aDesk();
    const id = await measured(42);
    const [first, second] = await Promise.all([bill(id), bill(id)]);
    expect(second).toEqual(first);
    expect((await bill(id)).id).toBe(first.id);
  });

  test('that came back are billed from the next form', async () => {
    const { measured, bill, end, timers } = await aDesk();
    const id = await measured(42);
    await end(await bill(id), { state: 'stopped' });
    expect(await timers.take(howard, id)).toMatchObject({ ran: false, stopped: { minutes: 42 } });
    expect(timerIdOf(await bill(id, 'form-2'))).toBe(id);
  });

  test('are not discarded while a run has them', async () => {
    const { measured, bill, timers } = await aDesk();
    const id = await measured(42);
    await bill(id);
    await expect(timers.discard(howard, id)).rejects.toMatchObject({ code: 'busy' });
  });
});
