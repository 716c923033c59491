import { describe, expect, test } from '@jest/globals';
import type { Followed } from '../../../src/runs/ports.ts';
import { decide } from '../../../src/runs/rules/decide.ts';
import { verified } from '../../../src/runs/rules/moves.ts';
import type { Run } from '../../../src/runs/rules/run.ts';
import { runMessage } from '../../../src/runs/slack/message.ts';
import { createLinks } from '../../../src/slack/links.ts';
import { readMessage } from '../../slack/rendered.ts';
import { aCharge, doneCharge, sentCharge } from '../rules/a-charge.ts';
import { noon } from '../rules/a-ticket.ts';

const links = createLinks('https://computerguru.syncromsp.com');
const read = (run: Run, followed: Followed | null = null) => readMessage(runMessage(run, links, followed));

describe('a charge', () => {
  test('is told as one while it goes on', () => {
    expect(read(sentCharge())).toMatch(/^Charging #32164/);
    expect(read(sentCharge())).not.toMatch(/bill|invoice/i);
  });

  test('ends as a receipt that names the recurring invoice and its day', () => {
    const message = runMessage(doneCharge(), links);
    expect(message.text).toBe(
      'Charged #32164 · 0.75 h Labor - Remote Business, $112.50 · goes on "Monthly managed", Dec 1. Sent once, confirmed.',
    );
    expect(readMessage(message)).toContain('status Resolved');
    expect(readMessage(message)).not.toContain('Invoice $');
  });

  test('that nothing will invoice offers to', () => {
    const none = doneCharge(aCharge({ later: { by: 'none', why: 'no_schedule', name: null } }));
    expect(read(none)).toContain('$112.50 · on no invoice');
    expect(read(none)).toContain('[Invoice $112.50]');
  });

  test('says in its last line what became of it', () => {
    expect(read(doneCharge(), { state: 'invoiced', at: noon })).toMatch(/✓ On an invoice, seen .*23/);
    expect(read(doneCharge(), { state: 'late', at: noon })).toMatch(/! Still on no invoice.*\[Invoice \$112\.50\]/s);
    expect(read(doneCharge(), { state: 'gone', at: noon })).toContain('no longer on the ticket');
  });

  test('that was stopped once its line was made says so as well', () => {
    const stopped = decide(sentCharge(), { kind: 'stop', step: 2 }, noon);
    expect(read(stopped)).not.toContain('On an invoice');
    expect(read(stopped, { state: 'invoiced', at: noon })).toMatch(/✓ On an invoice, seen .*23/);
  });

  test('that an invoice holds already asks about that', () => {
    const { line } = aCharge().plan;
    const asks = verified(sentCharge(), [{ kind: 'line_invoiced', line }], noon, line);
    expect(read(asks)).toContain('! The charge is already on an invoice; it was meant for a later one.');
    expect(read(asks)).toContain('0.75 h Labor - Remote Business is already on an invoice.');
  });
});
