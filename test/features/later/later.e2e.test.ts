import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Person } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { dayText } from '../../../src/runs/slack/words.ts';
import { calendarIn, dayAfter } from '../../../src/shared/calendar.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { fillIn, openBillForm, SAMPLE_COMMENT } from '../bill/bill-steps.ts';
import { openCorrect, preview } from '../correct/correct-steps.ts';
import { ticketByNumber } from '../tickets/ticket-effects.ts';
import { addMonthly, charge } from './later-steps.ts';

const start = useWorld();

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Winter bills for everybody. */
const withBiller = quickConfig().replace(/(name: Winter Hale.*role: )technician/, '$1biller');

/** The app is away meanwhile: one that runs would look ten thousand times in between. */
const awayUntil = async (world: World, at: number): Promise<void> => {
  await world.stopApp();
  await sleep(at - Date.now());
  await world.startApp();
  await sleep(2 * MINUTE_MS);
};

/** Charged for an invoice of two days later. */
const charged = async (options: Parameters<typeof start>[0] = {}) => {
  const world = await start({ config: withBiller, ...options });
  const account = calendarIn('America/Phoenix');
  const day = account.day(Date.now() + 48 * HOUR_MS);
  addMonthly(world, day);
  const [howard, winter] = [world.slack.person('U012HOWARD'), world.slack.person('U012WINTER')];
  const receipt = await charge(howard);
  /** 7:01 on the day after that, when it is looked for. */
  const morning = account.startOf(dayAfter(day)) + 7 * HOUR_MS + MINUTE_MS;
  return {
    world,
    howard,
    winter,
    receipt,
    promisedFor: day,
    day: dayText(day),
    morning,
    again: morning + 70 * MINUTE_MS,
  };
};

const aMorningAfter = async (recurringTakes: 'and flags' | 'unflagged' | 'nothing', copies?: number) => {
  const scene = await charged({ syncro: { behaviour: { recurringTakes } }, ...(copies ? { copies } : {}) });
  await awayUntil(scene.world, scene.morning);
  return scene;
};

const late = (person: Person) => person.dm().filter(({ text }) => text.includes('still on no invoice'));
const receiptOf = (person: Person) => person.dm().filter(({ text }) => /Charged #32164/.test(text));

describe('a line that was charged for a recurring invoice', () => {
  test('that went along is said to be on one in the last line of its receipt, after one look', async () => {
    const { world, howard, winter, receipt, day, again } = await aMorningAfter('and flags');
    expect(receiptOf(howard)).toMatchObject([
      { ts: receipt.ts, text: expect.stringContaining(`✓ On an invoice since ${day}.`) },
    ]);
    const before = world.syncro.requests.length;
    await awayUntil(world, again);
    expect(world.syncro.requests.slice(before).filter(({ path }) => /^\/tickets\/\d+$/.test(path))).toEqual([]);
    expect([...late(howard), ...late(winter)]).toEqual([]);
  });

  test('that Syncro does not flag is known by the invoice that holds it', async () => {
    const { world, howard, winter, day, again } = await aMorningAfter('unflagged');
    await awayUntil(world, again);
    expect(receiptOf(howard)[0]?.text).toContain(`✓ On an invoice since ${day}.`);
    expect([...late(howard), ...late(winter)]).toEqual([]);
  });

  test('that a recurring invoice holds without a flag is not offered again, and a bill warns of it', async () => {
    const { world, howard, again } = await aMorningAfter('unflagged');
    await awayUntil(world, again);
    await howard.slash('/syncro', 'ticket 32164');
    const card = await howard.message(/#32164 Own cloud thing again(?:.|\n)*0\.75 h Labor/);
    expect(card.text).not.toContain('not invoiced');
    await howard.slash('/syncro', 'close 32164');
    const close = await howard.modal('Close #32164');
    await close.waitFor('[Close ticket]');
    expect(close.text()).not.toContain('0.75 h');
    await close.close();
    await expect(card.click('Correct…')).rejects.toThrow('no single button');
    const form = await openBillForm(howard, 32164);
    await fillIn(form, { minutes: '15', labor: 'remote', comment: 'More of it.' });
    await form.choose('Invoice', 'Now');
    await form.submit('Preview');
    const bill = await howard.modal('Check and bill');
    await bill.waitFor('[Bill again ');
    expect(bill.text()).toContain(
      '! 0.75 h Labor - Remote Business, $112.50, is already on a recurring invoice. Syncro would invoice it again.',
    );
  });

  test('that was corrected since is known by what it is now', async () => {
    const scene = await charged({ syncro: { behaviour: { recurringTakes: 'unflagged' } } });
    const { world, howard, winter, day } = scene;
    const form = await openCorrect(howard);
    await form.type('Minutes', '60');
    await (await preview(howard, form)).submit('Save $150.00');
    await howard.message(/Corrected #32164/);
    await awayUntil(world, scene.morning);
    await awayUntil(world, scene.again);
    expect(receiptOf(howard)[0]?.text).toContain(`✓ On an invoice since ${day}.`);
    expect([...late(howard), ...late(winter)]).toEqual([]);
  });

  test('that somebody took off the ticket in Syncro is told of as gone, and one removed here is not', async () => {
    const { world, howard, winter, promisedFor, morning, again } = await charged();
    addMonthly(world, promisedFor, {}, 32165);
    await charge(howard, 32165, 'Cleaned the cloud thing.');
    const form = await openCorrect(howard, 32165);
    await form.click('Remove it');
    const shown = await howard.modal('Check and correct');
    await shown.waitFor('[Remove $112.50]');
    await shown.submit('Remove $112.50');
    await howard.message(/Corrected #32165/);
    const { lines } = world.syncro.state;
    lines.splice(
      lines.findIndex(({ description }) => description === SAMPLE_COMMENT),
      1,
    );
    await awayUntil(world, morning);
    await awayUntil(world, again);
    for (const person of [howard, winter]) {
      const gone = person.dm().filter(({ text }) => text.includes('no longer on its ticket'));
      expect(gone).toHaveLength(1);
      expect(gone[0]?.text).toContain('! Jerry Burger: a charge is no longer on its ticket, $112.50');
      expect(gone[0]?.text).toMatch(/#32164(?:.|\n)* · no longer on the ticket · Howard Enos/);
      expect(gone[0]?.text).not.toContain('Invoice $');
    }
    expect(receiptOf(howard)[0]?.text).toContain('The line is no longer on the ticket, seen');
  });

  test('that was left is looked for twice, then told to who charged it and to who bills, once', async () => {
    const { world, howard, winter, day, again } = await aMorningAfter('nothing');
    expect([...late(howard), ...late(winter)]).toEqual([]);
    await awayUntil(world, again);
    for (const person of [howard, winter]) {
      expect(late(person)).toHaveLength(1);
      expect(late(person)[0]?.text).toContain('! Jerry Burger: a charge is still on no invoice, $112.50');
      expect(late(person)[0]?.text).toContain(`was to go on "Monthly managed", ${day} · Howard Enos`);
    }
    expect(receiptOf(howard)[0]?.text).toContain('! Still on no invoice');
    await awayUntil(world, again + 24 * HOUR_MS);
    expect([...late(howard), ...late(winter)]).toHaveLength(2);
    await late(winter)[0]?.click('Invoice $112.50');
    const invoice = await winter.modal('Check and invoice');
    await invoice.waitFor('[Invoice $112.50]');
  });

  test('that was left is told once, however many copies of the app there are', async () => {
    const { world, howard, winter, again } = await aMorningAfter('nothing', 3);
    // Somebody corrected it meanwhile.
    Object.assign(world.syncro.state.lines.find(({ description }) => description === SAMPLE_COMMENT) ?? {}, {
      quantity: 1,
    });
    await awayUntil(world, again);
    expect(late(winter)[0]?.text).toContain('a charge is still on no invoice, $150.00');
    expect([late(howard).length, late(winter).length]).toEqual([1, 1]);
  });

  test('is waited for while its invoice is yet to be made', async () => {
    const { world, howard, day, morning, again } = await charged();
    // Syncro is busy, or the invoice was put off for a day.
    const [schedule] = world.syncro.state.schedules;
    Object.assign(schedule ?? {}, { paused: true });
    await awayUntil(world, morning);
    await awayUntil(world, again);
    expect(late(howard)).toEqual([]);
    Object.assign(schedule ?? {}, { paused: false });
    await awayUntil(world, again + 7 * HOUR_MS);
    expect(receiptOf(howard)[0]?.text).toContain(`✓ On an invoice since ${day}.`);
  });

  test('is not settled by the row of an equal one on another ticket that went along', async () => {
    const behaviour = { recurringStatuses: ['Resolved'] };
    const { world, howard, again, morning } = await charged({ syncro: { behaviour } });
    const [taken, left] = [32164, 32165].map((number) => ticketByNumber(world, number));
    if (!taken || !left) throw new Error('two tickets');
    left.customer_id = taken.customer_id;
    left.contact_id = taken.contact_id;
    taken.status = 'Resolved';
    await charge(howard, 32165);
    await awayUntil(world, morning);
    await awayUntil(world, again);
    expect(receiptOf(howard)[0]?.text).toContain('✓ On an invoice since');
    expect(late(howard)).toHaveLength(1);
    expect(late(howard)[0]?.text).toContain('#32165');
  });
});
