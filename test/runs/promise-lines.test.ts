import { describe, expect, test } from '@jest/globals';
import type { Followed, PromisedLine, ToShow } from '../../src/runs/ports.ts';
import { promisedLine, promisingLines } from '../../src/runs/promise-lines.ts';
import { decide } from '../../src/runs/rules/decide.ts';
import { conclude } from '../../src/runs/rules/moves.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { aCharge, doneCharge, monthly, sentCharge } from './rules/a-charge.ts';
import { aRun, sending } from './rules/a-run.ts';
import { noon } from './rules/a-ticket.ts';

describe('what a charge promises', () => {
  test('is looked for in the morning after the day of the recurring invoice, by the account’s clock', () => {
    expect(promisedLine(doneCharge())).toMatchObject({
      ...{ runId: 'run-1', lineId: 900, day: '2026-12-01' },
      lookAt: Date.parse('2026-12-02T07:00:00-07:00'),
    });
    const inLondon = doneCharge(aCharge({ timeZone: 'London' }));
    expect(promisedLine(inLondon)?.lookAt).toBe(Date.parse('2026-12-02T07:00:00Z'));
  });

  test('of an invoice that is late already is looked for on the next day', () => {
    const late = doneCharge(aCharge({ later: { ...monthly, day: '2026-11-20' } }));
    expect(promisedLine(late)?.lookAt).toBe(Date.parse('2026-11-24T07:00:00-07:00'));
  });

  test('is nothing before it is done, nor where an invoice was made or no recurring one takes it', () => {
    expect(promisedLine(aCharge())).toBeNull();
    expect(promisedLine({ ...aRun(), state: 'done', finishedAt: noon })).toBeNull();
    const none = doneCharge(aCharge({ later: { by: 'none', why: 'paused', name: 'Monthly managed' } }));
    expect(promisedLine(none)).toBeNull();
  });

  test('stands where the work was stopped once the line was made, and not before', () => {
    const stopped = (run: Run) => decide(run, { kind: 'stop', step: 2 }, noon);
    expect(promisedLine(stopped(sentCharge()))).toMatchObject({ lineId: 900, day: '2026-12-01' });
    expect(promisedLine(stopped(aCharge()))).toBeNull();
    expect(
      promisedLine(stopped(conclude(sending(aCharge()), { outcome: 'landed', id: 800, number: null }, noon))),
    ).toBeNull();
  });

  test('is written down before the receipt is shown, which says what became of it', async () => {
    const order: string[] = [];
    const shown: ToShow[] = [];
    let followed: Followed | null = null;
    const add = (line: PromisedLine) => Promise.resolve(order.push(`promised ${line.lineId}`)).then(() => undefined);
    const show = (toShow: ToShow) => {
      order.push('shown');
      shown.push(toShow);
      return Promise.resolve({ result: 'shown', notice: null } as const);
    };
    const notifier = promisingLines({ show }, { add, followed: () => Promise.resolve(followed) });
    const toShow = { run: doneCharge(), version: 1, notice: null, mayBeThere: false };
    await notifier.show(toShow);
    followed = { state: 'invoiced', at: noon };
    await notifier.show(toShow);
    expect(order).toEqual(['promised 900', 'shown', 'promised 900', 'shown']);
    expect(shown.map((one) => one.followed)).toEqual([undefined, { state: 'invoiced', at: noon }]);
  });
});
