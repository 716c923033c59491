import { expect, test } from '@jest/globals';
import { createIdentity } from '../../src/features/keys/identity.ts';
import { findTimeEntry, verifyCharged } from '../../src/runs/check-charge.ts';
import { decide } from '../../src/runs/rules/decide.ts';
import { conclude } from '../../src/runs/rules/moves.ts';
import { currentStep, type Run } from '../../src/runs/rules/run.ts';
import type { LineItem, TimerEntry } from '../../src/syncro/ticket.ts';
import { aManualClock, aScriptedSyncro, someKeys } from '../syncro/scripted-syncro.ts';
import { anUnclear, sending, settings } from './rules/a-run.ts';
import { aLineItem, aTicket, howard, noon, remoteProduct } from './rules/a-ticket.ts';
import { anEntry, aTimerRun } from './rules/a-timer-run.ts';

/** A ticket with these entries; the lines are what each further read finds. */
const withTicket = (timers: TimerEntry[], ...lines: LineItem[][]) => {
  const clock = aManualClock();
  const { reads } = aScriptedSyncro(clock);
  const keys = someKeys({ [howard.slackUser]: 'howards-key' });
  const identity = createIdentity({ reads, keys, clock, sharedWrites: false });
  const ticket = () => Promise.resolve(aTicket({ timers, lineItems: lines.shift() ?? [] }));
  return { reads: { ...reads, ticket }, identity, clock, settings };
};

const onAWord = (): Run => decide(anUnclear(aTimerRun()), { kind: 'it_is_there', step: 0 }, noon);
const answered = (): Run => conclude(sending(aTimerRun()), { outcome: 'landed', id: 40, number: null }, noon);

test('the entry that Syncro named is read before it is charged, a moment later if need be', async () => {
  const late: TimerEntry[] = [];
  const desk = withTicket(late);
  desk.clock.sleep = () => {
    late.push(anEntry());
    return Promise.resolve();
  };
  const run = await findTimeEntry(desk, answered());
  expect(currentStep(run)).toMatchObject({ action: { timerId: 40 }, state: { phase: 'planned' } });
  expect(currentStep(await findTimeEntry(withTicket([]), answered()))).toMatchObject({
    action: { timerId: null },
    state: { question: { kind: 'unverifiable' } },
  });
});

test('an entry that Syncro counts otherwise is asked about, once', async () => {
  const minimum = anEntry({ activeSeconds: 2_520, billableTime: 3_600 });
  const asks = await findTimeEntry(withTicket([minimum]), answered());
  expect(currentStep(asks)).toMatchObject({
    action: { kind: 'timer_charge', timerId: null },
    state: { question: { kind: 'mismatch', differences: [{ kind: 'entry_hours' }], actual: { amountCents: 15_000 } } },
  });
  const accepted = decide(asks, { kind: 'accept', step: 1 }, noon);
  const run = await findTimeEntry(withTicket([minimum]), accepted);
  expect(currentStep(run)?.action).toMatchObject({ kind: 'timer_charge', timerId: 40 });
});

test('an entry that only a person saw is charged when exactly one is like it', async () => {
  const others = [
    anEntry({ id: 41, notes: 'Other' }),
    anEntry({ id: 42, technicianId: 9 }),
    anEntry({ id: 43, startedAt: 0 }),
  ];
  const run = await findTimeEntry(withTicket([...others, anEntry()]), onAWord());
  expect(currentStep(run)?.action).toMatchObject({ kind: 'timer_charge', timerId: 40 });
});

test.each<[string, TimerEntry[], string]>([
  ['none is like it', [anEntry({ notes: 'Other' })], 'not on the ticket'],
  ['two are', [anEntry(), anEntry({ id: 41 })], '(40, 41)'],
])('an entry that only a person saw is asked about when %s', async (_when, entries, words) => {
  const run = await findTimeEntry(withTicket(entries), onAWord());
  expect(run.state).toBe('asking');
  expect(currentStep(run)).toMatchObject({
    action: { timerId: null },
    tries: 0,
    state: { question: { kind: 'unverifiable', message: expect.stringContaining(words) } },
  });
  const again = decide(run, { kind: 'try_again', step: 1 }, noon);
  const found = await findTimeEntry(withTicket([anEntry()]), again);
  expect(currentStep(found)?.action).toMatchObject({ timerId: 40 });
});

test('an entry that is charged already is not charged again', async () => {
  const run = await findTimeEntry(withTicket([anEntry({ recorded: true })]), answered());
  expect(currentStep(run)?.action.kind).toBe('verify_charge');
});

test('a line that Syncro shows a moment later is no difference', async () => {
  const line = aLineItem({
    id: 900,
    productId: remoteProduct.id,
    description: 'Fixed the sync',
    quantityHundredths: 70,
    rateCents: 15_000,
  });
  const charged = await findTimeEntry(withTicket([anEntry({ recorded: true })]), answered());
  expect((await verifyCharged(withTicket([], [], [line]), charged)).state).toBe('done');
  expect((await verifyCharged(withTicket([], [], []), charged)).state).toBe('asking');
});
