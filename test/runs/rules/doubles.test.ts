import { describe, expect, test } from '@jest/globals';
import { findDouble, mayBeDoubled, resentSettledAt, resentSteps } from '../../../src/runs/rules/doubles.ts';
import { conclude, resume, sendAgain } from '../../../src/runs/rules/moves.ts';
import type { Reading } from '../../../src/runs/rules/reconcile.ts';
import type { Run } from '../../../src/runs/rules/run.ts';
import type { Action, Step } from '../../../src/runs/rules/step.ts';
import type { Write, WriteKind } from '../../../src/syncro/write.ts';
import { anUnclear, aResent, aRunAt, aRunCommenting, sending, settings, stateOf } from './a-run.ts';
import { aComment, aLineItem, anInvoice, aTicket, minute, noon } from './a-ticket.ts';

const second = 1_000;

/** Sent a second time 160 seconds after the first, and answered with this id. */
const aSecond = (run: Run, id: number | null): Run =>
  conclude(sending(aResent(run), noon + 160 * second), { outcome: 'landed', id, number: null }, noon + 161 * second);

const lineTwice = (id: number | null = 702): Run => aSecond(aRunAt('line_item'), id);

const row = (id: number, createdAt = noon + second) =>
  aLineItem({ id, productId: 1_190_473, quantityHundredths: 75, description: 'Fixed the sync', createdAt });

/** What the check reads; asked for a write that was sent once, it fails. */
const reads =
  (readings: Partial<Record<WriteKind, Reading>>) =>
  ({ kind }: Write): Reading => {
    const reading = readings[kind];
    if (!reading) throw new Error(`Nothing was to be read for ${kind}`);
    return reading;
  };

const lines = (...ids: number[]) => reads({ line_item: { ticket: aTicket({ lineItems: ids.map((id) => row(id)) }) } });

const kindsOf = (run: Run) => resentSteps(run).map(({ write }) => write.kind);

describe('what was sent twice', () => {
  test('is what was sent again after no answer', () => {
    expect(kindsOf(lineTwice())).toEqual(['line_item']);
    expect(kindsOf(aSecond(aSecond(aRunCommenting('portal'), 501), 702))).toEqual(['comment', 'line_item']);
  });

  test('is not what was sent once, or only planned again', () => {
    expect(kindsOf(aRunAt('invoice'))).toEqual([]);
    expect(kindsOf(aResent(aRunAt('line_item')))).toEqual([]);
  });

  test('is not what may be repeated at will', () => {
    const again = sendAgain(anUnclear(aRunAt('ticket_update')), null, noon);
    expect(kindsOf(conclude(sending(again), { outcome: 'landed', id: null, number: null }, noon))).toEqual([]);
  });

  test('is not what a person lets stay twice', () => {
    const left = (step: Step): Step => ({ ...step, doubleLeft: true });
    const run = lineTwice();
    expect(kindsOf({ ...run, steps: run.steps.map(left) })).toEqual([]);
  });

  test('may arrive until its last send had twice its time to settle', () => {
    const clock = { now: noon + 170 * second, setAt: noon };
    expect(resentSettledAt(lineTwice(), settings, clock)).toBe(noon + 460 * second);
    expect(resentSettledAt(aRunAt('invoice'), settings, clock)).toBe(0);
  });

  test('may arrive later when the process died while sending', () => {
    const again = sending(aResent(aRunAt('line_item')), noon + 160 * second);
    const run = resume(again, noon + 230 * second, noon + 220 * second, settings);
    expect(stateOf(run)).toMatchObject({ phase: 'unclear', intent: { settledAt: noon + 380 * second } });
    const clock = { now: noon + 230 * second, setAt: 0 };
    expect(resentSettledAt(run, settings, clock)).toBe(noon + 530 * second);
  });

  test('may arrive later when the clock was set meanwhile', () => {
    const hour = 3_600 * second;
    const ahead = { now: noon + hour + second, setAt: noon + hour };
    expect(resentSettledAt(lineTwice(), settings, ahead)).toBe(noon + hour + 300 * second);
    const back = { now: noon - hour + second, setAt: noon - hour };
    expect(resentSettledAt(lineTwice(), settings, back)).toBe(noon - hour + 300 * second);
  });
});

describe('a run that ended', () => {
  /** The line was sent twice; then every step, or none but these, was done. */
  const ended = (...open: ReadonlyArray<Action['kind']>): Run => {
    const run = lineTwice();
    const done: Step['state'] = { phase: 'done', id: null, number: null, how: 'found' };
    return {
      ...run,
      steps: run.steps.map((step) => (open.includes(step.action.kind) ? step : { ...step, state: done })),
    };
  };

  test('before the last check may have left a double behind, after it not', () => {
    expect(mayBeDoubled(ended('check_doubles'))).toBe(true);
    expect(mayBeDoubled(ended('invoice', 'check_doubles'))).toBe(true);
    expect(mayBeDoubled(ended())).toBe(false);
  });

  test('with nothing sent twice left no double behind', () => {
    expect(mayBeDoubled(aRunAt('invoice'))).toBe(false);
    expect(mayBeDoubled(aResent(aRunAt('line_item')))).toBe(false);
  });
});

describe('a double', () => {
  test('is the same line twice: the answered one is kept', () => {
    expect(findDouble(lineTwice(702), lines(701, 702))).toEqual({
      kind: 'doubled',
      what: 'line_item',
      kept: 702,
      extra: [701],
    });
    expect(findDouble(lineTwice(701), lines(701, 702, 703))).toMatchObject({ kept: 701, extra: [702, 703] });
  });

  test('of which nobody knows the id keeps the first', () => {
    expect(findDouble(lineTwice(null), lines(701, 702))).toMatchObject({ kept: 701, extra: [702] });
  });

  test('counts from the first send on, however long ago', () => {
    const rows = [row(701, noon + second), row(702, noon + 10 * minute)];
    const reading: Reading = { ticket: aTicket({ lineItems: rows }) };
    expect(findDouble(lineTwice(702), () => reading)).toMatchObject({ extra: [701] });
  });

  test.each([
    ['there once', [702]],
    ['not there at all', []],
  ])('is none when it is %s', (_what, ids) => {
    expect(findDouble(lineTwice(702), lines(...ids))).toBeNull();
  });

  test('is also a line of the same product and hours that reads otherwise: its text is shown', () => {
    const rows = [{ ...row(701), description: 'Fixed' }, row(702)];
    expect(findDouble(lineTwice(702), () => ({ ticket: aTicket({ lineItems: rows }) }))).toEqual({
      kind: 'doubled',
      what: 'line_item',
      kept: 702,
      extra: [701],
      alike: [{ id: 701, text: 'Fixed' }],
    });
  });

  test('is none when what is there is known, older, or other', () => {
    const others = [row(702), { ...row(701), description: 'Else', productId: 1 }, row(690, noon - 3 * minute)];
    const withKnown = { ...lineTwice(702), known: { commentIds: [], lineItemIds: [700], invoiceIds: [] } };
    expect(findDouble(withKnown, () => ({ ticket: aTicket({ lineItems: others }) }))).toBeNull();
    const run = { ...lineTwice(702), known: { commentIds: [], lineItemIds: [701], invoiceIds: [] } };
    expect(findDouble(run, lines(701, 702))).toBeNull();
  });

  test('is none where nothing was sent twice, and nothing is read then', () => {
    expect(findDouble(aRunAt('invoice'), reads({}))).toBeNull();
  });

  test('is none where nothing could be read', () => {
    expect(findDouble(lineTwice(), () => ({}))).toBeNull();
  });

  test('of a comment or an invoice is found too, the earlier step first', () => {
    const comments = [501, 502].map((id) => aComment({ id, body: 'Fixed the sync', createdAt: noon }));
    const readings = { comment: { comments }, line_item: { ticket: aTicket({ lineItems: [row(701), row(702)] }) } };
    const both = aSecond(aSecond(aRunCommenting('portal'), 501), 702);
    expect(findDouble(both, reads(readings))).toMatchObject({ what: 'comment', kept: 501, extra: [502] });

    const invoices = [3_001, 3_002].map((id) => anInvoice({ id, createdAt: noon }));
    const invoice = aSecond(aRunAt('invoice'), 3_002);
    expect(findDouble(invoice, reads({ invoice: { invoices } }))).toMatchObject({
      what: 'invoice',
      kept: 3_002,
      extra: [3_001],
    });
  });
});
