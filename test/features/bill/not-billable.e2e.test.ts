import { describe, expect, test } from '@jest/globals';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { TimerRow } from '../../../sandbox/syncro/rows.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { quickConfig } from '../../world/quick-config.ts';
import { addedSince, countAll, NOTHING, statusOf, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { stopped, timer, useTimers } from '../time/timer-steps.ts';
import { fillIn, openBillForm, previewBill, SAMPLE_COMMENT } from './bill-steps.ts';

const start = useTimers();

const ENTRY = /\/timer_entry$/;
const BILLABLE = /^\/ticket_timers\//;
const REMOVAL = /\/delete_timer_entry$/;
const COMMENT = /\/comment$/;
const NUMBER = 32164;
const KEEPS_IT = { entryKeepsBillable: true };
const LOGGED = /Logged non-billable time on #32164/;

const idOf = (world: World) => ticketByNumber(world, NUMBER).id;
const entriesOf = (world: World) => world.syncro.state.timers.filter(({ ticket_id: id }) => id === idOf(world));
const hoursComments = (world: World) => world.syncro.state.comments.filter(({ subject }) => subject === 'Not billable');
const refusesToMark = (world: World): void =>
  world.syncro.fault({ kind: '422', method: 'PATCH', path: BILLABLE, body: { errors: ['No.'] } });

/** In place of the bill's preview. */
const instead = async (howard: Person, preview: Modal): Promise<Modal> => {
  await preview.click('Not billable…');
  const log = await howard.modal('Check and log');
  await log.waitFor('[Log ');
  return log;
};

const ready = async (world: World, reason = 'Warranty'): Promise<Modal> => {
  const log = await instead(howardOf(world), await previewBill(howardOf(world), NUMBER));
  await log.choose('Why is it not billable?', reason);
  return log;
};

const expectLoggedOnce = (world: World, reason = 'warranty'): void => {
  expect(entriesOf(world)).toHaveLength(1);
  expect(entriesOf(world)[0]).toMatchObject({
    ...{ billable: false, recorded: false, user_id: 1750, product_id: 1190473 },
    notes: `Not billable: ${reason}\n${SAMPLE_COMMENT}`,
  });
};

/** In place of an entry that Syncro would let be billed. */
const expectCommentInstead = (world: World): void => {
  expect(entriesOf(world)).toEqual([]);
  expect(hoursComments(world)).toHaveLength(1);
  expect(hoursComments(world)[0]).toMatchObject({
    ...{ hidden: true, body: '0.75 h remote, not billable: warranty', user_id: 1750 },
  });
};

describe('Not billable', () => {
  test('takes the place of the bill, shows who reads what, and wants a reason', async () => {
    const world = await start();
    const log = await instead(howardOf(world), await previewBill(howardOf(world), NUMBER));
    for (const words of [
      '0.75 h remote, not billable',
      '#32164 Own cloud thing again',
      '✉ Emails jerry@customer.example:',
      SAMPLE_COMMENT,
      'No line, no invoice; the status stays as it is.',
      '[Log 45 min]',
    ])
      expect(log.text()).toContain(words);
    expect(log.text()).not.toContain('$');
    expect((await log.submit(/^Log /)).errors).toEqual({
      'Why is it not billable?': 'Please complete this required field.',
    });
    await log.choose('Why is it not billable?', 'Other');
    expect((await log.submit(/^Log /)).errors).toEqual({ Details: 'Say why it is not billable.' });
    expect(writes(world)).toEqual([]);
  });

  test('logs the time once, as not billable, and leaves the rest of the ticket as it is', async () => {
    const world = await start();
    const before = countAll(world);
    const status = statusOf(world, NUMBER);
    const log = await ready(world);
    await log.submitTwice('Log 45 min');
    const receipt = await howardOf(world).message(LOGGED);
    expect(receipt.text).toContain('0.75 h remote, not billable: warranty');
    expect(receipt.text).toContain('Checked: not billable in Syncro');
    expect(receipt.text).toContain('Sent once, confirmed.');
    expectLoggedOnce(world);
    expect(addedSince(world, before)).toEqual({ ...NOTHING, comments: 1, mails: 1 });
    expect(statusOf(world, NUMBER)).toBe(status);
    const entry = entriesOf(world)[0];
    expect(Date.parse(entry?.end_time ?? '') - Date.parse(entry?.start_time ?? '')).toBe(45 * 60_000);
    await howardOf(world).slash('/syncro', `close ${NUMBER}`);
    const close = await howardOf(world).modal(`Close #${NUMBER}`);
    await close.waitFor('Jerry Burger');
    expect(close.text()).not.toContain('Nothing was billed');
    await close.close();
    await howardOf(world).slash('/syncro', `audit ${NUMBER}`);
    await howardOf(world).message(/time entry \d+ \(not billable: warranty\) · ✓ confirmed by Syncro/);
  });

  test('takes any words as a reason, and shows them as they are', async () => {
    const world = await start();
    const log = await ready(world, 'Other');
    const hostile = '<!channel> *free* _of_ & "charge"';
    await log.type('Details', hostile);
    await log.submit(/^Log /);
    const receipt = await howardOf(world).message(LOGGED);
    expect(receipt.text).toContain(`0.75 h remote, not billable: ${hostile}`);
    expectLoggedOnce(world, hostile);
  });

  test('leads back to the bill, and the form behind it still holds everything', async () => {
    const world = await start();
    const howard = howardOf(world);
    const log = await ready(world);
    await log.click('Bill it instead');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    await preview.close();
    const form = await howard.modal(`Bill #${NUMBER}`);
    expect(form.value('Comment')).toBe(SAMPLE_COMMENT);
    await form.submit('Preview');
    await (await howard.modal('Check and bill')).waitFor('[Bill $112.50]');
  });

  test('keeps the reason when somebody else is to read the comment', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', `bill ${NUMBER} 45m remote ${SAMPLE_COMMENT}`);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    const log = await instead(howard, preview);
    await log.choose('Why is it not billable?', 'Goodwill');
    await log.type('Details', 'second visit');
    await log.choose('Audience', 'Internal only');
    await log.waitFor('Only your team sees it');
    expect([log.value('Why is it not billable?'), log.value('Details')]).toEqual(['Goodwill', 'second visit']);
    await log.submit(/^Log /);
    await howard.message(LOGGED);
    expectLoggedOnce(world, 'goodwill, second visit');
    expect(world.syncro.state.comments.at(-1)).toMatchObject({ hidden: true, body: SAMPLE_COMMENT });
  });

  test('ends when the person says that it ended', async () => {
    const config = quickConfig().replace('product_id: 26184 }', 'product_id: 26184, after_hours: true }');
    const world = await start({ config });
    const form = await openBillForm(howardOf(world), NUMBER);
    const lastNight = Date.parse('2026-03-04T02:30:00Z');
    await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await form.pickTime('Ended', lastNight);
    await form.submit('Preview');
    const preview = await howardOf(world).modal('Check and bill');
    await preview.waitFor('[Bill ');
    const log = await instead(howardOf(world), preview);
    await log.choose('Why is it not billable?', 'Warranty');
    await log.submit('Log 45 min');
    await howardOf(world).message(LOGGED);
    expect(Date.parse(entriesOf(world)[0]?.end_time ?? '')).toBe(lastNight);
  });

  test('counts the minutes of a timer as used', async () => {
    const world = await start();
    const { howard, form } = await stopped(world, 42);
    await fillIn(form, { labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill ');
    const log = await instead(howard, preview);
    await log.choose('Why is it not billable?', 'Internal');
    await log.submit('Log 42 min');
    await howard.message(LOGGED);
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed, logged or discarded.');
  });
});

describe('an account that does not take it', () => {
  test('gets an internal comment with the hours and the reason in place of the entry', async () => {
    const world = await start();
    const before = countAll(world);
    const log = await ready(world);
    refusesToMark(world);
    await log.submit(/^Log /);
    const receipt = await howardOf(world).message(LOGGED);
    for (const words of [
      'Checked: it is still billable in Syncro',
      "Syncro won't mark it as not billable",
      'Time entry removed again',
      'Hours and reason, internal only',
      'Sent once, confirmed.',
    ])
      expect(receipt.text).toContain(words);
    expectCommentInstead(world);
    expect(addedSince(world, before)).toEqual({ ...NOTHING, comments: 2, mails: 1 });
    await howardOf(world).slash('/syncro', `close ${NUMBER}`);
    const close = await howardOf(world).modal(`Close #${NUMBER}`);
    await close.waitFor('Jerry Burger');
    expect(close.text()).not.toContain('Nothing was billed');
  });

  test.each<[string, (world: World) => void]>([
    ['says yes and keeps it billable', ({ syncro: { behaviour } }) => void Object.assign(behaviour, KEEPS_IT)],
    [
      'does not let the technician decide it',
      ({ syncro }) => syncro.fault({ kind: '401', method: 'PATCH', path: BILLABLE, times: 99 }),
    ],
  ])('%s: gets it too, and nobody is asked anything', async (_what, refuses) => {
    const world = await start();
    const log = await ready(world);
    refuses(world);
    await log.submit(/^Log /);
    await howardOf(world).message(LOGGED, { timeoutMs: 8_000 });
    expectCommentInstead(world);
  });

  test('is told apart from the comment that the customer reads, when the answer to it is lost', async () => {
    const world = await start();
    const log = await instead(
      howardOf(world),
      await previewBill(howardOf(world), NUMBER, { audience: 'Internal only' }),
    );
    await log.choose('Why is it not billable?', 'Warranty');
    refusesToMark(world);
    world.syncro.onChange(({ kind, action }) => {
      if (kind === 'timer' && action === 'deleted') world.syncro.fault({ kind: 'cut-after', path: COMMENT });
    });
    await log.submit(/^Log /);
    await howardOf(world).message(LOGGED, { timeoutMs: 8_000 });
    expectCommentInstead(world);
  });

  test('does not keep an entry that arrives after it was taken out again', async () => {
    const world = await start();
    const log = await ready(world);
    refusesToMark(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: ENTRY });
    const { state } = world.syncro;
    let first: TimerRow | undefined;
    const stop = world.syncro.onChange(({ kind, action }) => {
      first ??= entriesOf(world)[0];
      if (kind !== 'timer' || action !== 'deleted' || !first) return;
      stop();
      state.next.id += 1;
      state.timers.push({ ...first, id: state.next.id });
    });
    await log.submit(/^Log /);
    const late = await howardOf(world).message(/A time entry that I had removed is in Syncro after all\./, {
      timeoutMs: 15_000,
    });
    await late.click('Delete the second time entry');
    await howardOf(world).message(LOGGED, { timeoutMs: 15_000 });
    expectCommentInstead(world);
  });
});

describe('an answer that never comes', () => {
  test.each([
    ['the comment', 'POST', COMMENT],
    ['the time entry', 'POST', ENTRY],
    ['the change to not billable', 'PATCH', BILLABLE],
  ])('for %s that arrived: it is found, not doubled', async (_what, method, path) => {
    const world = await start();
    const before = countAll(world);
    const log = await ready(world);
    world.syncro.fault({ kind: 'cut-after', method, path });
    await log.submit(/^Log /);
    await howardOf(world).message(LOGGED, { timeoutMs: 8_000 });
    expectLoggedOnce(world);
    expect(addedSince(world, before)).toEqual({ ...NOTHING, comments: 1, mails: 1 });
  });

  test.each([
    ['the time entry', 'POST', ENTRY],
    ['the change to not billable', 'PATCH', BILLABLE],
  ])('for %s that never arrived: it is sent once more', async (_what, method, path) => {
    const world = await start();
    const log = await ready(world);
    world.syncro.fault({ kind: 'cut-before', method, path });
    await log.submit(/^Log /);
    await howardOf(world).message(LOGGED, { timeoutMs: 15_000 });
    expectLoggedOnce(world);
  });

  test('for the removal of an entry: the comment follows all the same, once', async () => {
    const world = await start();
    const log = await ready(world);
    refusesToMark(world);
    world.syncro.fault({ kind: 'cut-after', method: 'POST', path: REMOVAL });
    await log.submit(/^Log /);
    await howardOf(world).message(LOGGED, { timeoutMs: 8_000 });
    expectCommentInstead(world);
  });
});
