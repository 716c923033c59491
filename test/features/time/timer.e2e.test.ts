import { describe, expect, test } from '@jest/globals';
import { machineSleeps } from '../../time/time.ts';
import { howardOf } from '../../world/people.ts';
import { fillIn, SAMPLE_COMMENT } from '../bill/bill-steps.ts';
import { addedSince, countAll, NOTHING, ONE_BILL, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { measured, stopped, timer, useTimers } from './timer-steps.ts';

const start = useTimers();

const STARTED = '▸ Timer on #32164 Own cloud thing again · Jerry Burger started.';

describe('/syncro timer start', () => {
  test('starts a timer that survives a restart and runs on meanwhile', async () => {
    const world = await start();
    const howard = howardOf(world);
    await timer(howard, 'start 32164');
    const said = await howard.message(STARTED);
    expect(said.ephemeral).toBe(true);
    expect(said.links()).toContainEqual({ text: '#32164', url: expect.stringContaining('/tickets/108443837') });
    await world.stopApp();
    world.passes(25);
    await world.startApp();
    await timer(howard, 'list');
    const list = await howard.message('Your timers · 1 · 0:25');
    expect(list.text).toMatch(/▸ #32164 0:25 · running · Jerry Burger\n\u2003 Own cloud thing again/);
    expect(list.text).toContain('[Stop]');
    expect(writes(world)).toEqual([]);
  });

  test('again on the same ticket says how long it has run', async () => {
    const world = await start();
    const howard = await measured(world, 42);
    await timer(howard, 'start 32164');
    const said = await howard.message('The timer on #32164 Own cloud thing again · Jerry Burger is already running.');
    expect(said.text).toContain('42 min');
  });

  test('pressed twice at once is one timer, and of two tickets one runs', async () => {
    const world = await start();
    const howard = howardOf(world);
    await Promise.all([timer(howard, 'start 32164'), timer(howard, 'start 32164'), timer(howard, 'start 32163')]);
    await howard.message(/Timer on #32163 .* started/);
    await howard.message(/timer on #32164 .* (already running|resumed)/i);
    await timer(howard, 'list');
    const { text } = await howard.message('Your timers · 2 ·');
    expect(
      text
        .match(/#\d+ 0:01 · (running|paused)/g)
        ?.map((row) => row.slice(-7))
        .toSorted(),
    ).toEqual([' paused', 'running']);
  });

  test('is everybody’s own', async () => {
    const world = await start();
    await measured(world, 5);
    const winter = world.slack.person('U012WINTER');
    await timer(winter, 'list');
    await winter.message('No timers: every minute is billed, logged or discarded.');
    await timer(winter, 'start 32164');
    await winter.message(STARTED);
  });

  test('while another one runs pauses that, and on its ticket goes on with it', async () => {
    const world = await start();
    const howard = await measured(world, 42, 32155);
    await timer(howard, 'start 32164');
    const said = await howard.message(/#32164 .* started\.\n#32155 paused at 42 min/);
    expect(said.text).toContain('kept under /syncro timer list');
    expect(said.text).toContain('[Pause] [Stop]');
    world.passes(5);
    await timer(howard, 'list');
    const list = await howard.message('Your timers · 2 · 0:47');
    expect(list.text).toMatch(/\u2003 #32155 0:42 · paused · Acme West\n\u2003 Printer offline/);
    expect(list.text).toMatch(/▸ #32164 0:05/);
    await timer(howard, 'start 32155');
    await howard.message(/▸ Timer on #32155 .* resumed at 42 min\.\n#32164 paused at 5 min/);
    await timer(howard, 'start 32155');
    await howard.message(/timer on #32155 .* is already running\.\n42 min so far/);
  });

  test('with Syncro away, or on a ticket that does not exist, starts nothing and says so', async () => {
    const world = await start();
    const howard = howardOf(world);
    await timer(howard, 'start 99999');
    await howard.message('No ticket #99999 in Syncro.');
    world.syncro.down(true);
    await timer(howard, 'start 32164');
    await howard.message(/Syncro (didn't answer|hasn't answered since).*Nothing was sent/, { timeoutMs: 20_000 });
    world.syncro.down(false);
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed');
  });

  test('with Syncro away leaves the other timer running', async () => {
    const world = await start();
    const howard = await measured(world, 12, 32155);
    world.syncro.down(true);
    await timer(howard, 'start 32164');
    await howard.message(/Syncro (didn't answer|hasn't answered since)/, { timeoutMs: 20_000 });
    await timer(howard, 'list');
    expect((await howard.message('Your timers · 1 ·')).text).toContain('running');
  });
});

describe('/syncro timer pause and resume', () => {
  test('leave out the time in between, over a restart, with Syncro away and with two presses', async () => {
    const world = await start();
    const howard = await measured(world, 10);
    world.syncro.down(true);
    await timer(howard, 'pause');
    const paused = await howard.message('Timer on #32164 paused at 10 min.');
    expect(paused.text).toContain('[Resume] [Bill] [Log in Syncro] [Discard]');
    await world.stopApp();
    await world.startApp();
    await machineSleeps(3 * 3_600_000);
    await paused.click('Resume', { times: 2 });
    await paused.waitFor(/resumed at 10 min\.\n\[Pause\] \[Stop\]|is already running/);
    world.passes(5);
    await timer(howard, 'list');
    const list = await howard.message('Your timers · 1 · 0:15');
    await list.click('Pause', { times: 2 });
    await list.waitFor(/#32164 0:15 · paused/);
    await list.click('Resume');
    await list.waitFor(/▸ #32164 0:15 · running/);
    world.syncro.down(false);
    await timer(howard, 'stop');
    expect((await howard.modal('Bill #32164')).value('Minutes')).toBe('15');
    expect(writes(world)).toEqual([]);
  });

  test('take the one that was paused last, or that of the ticket', async () => {
    const world = await start();
    const howard = await measured(world, 10, 32155);
    await timer(howard, 'resume');
    await howard.message(/timer on #32155 .* is already running/);
    await timer(howard, 'start 32164');
    await howard.message(/#32164 .* started/);
    await timer(howard, 'pause 32155');
    await howard.message('No timer runs on #32155. Yours runs on #32164');
    await timer(howard, 'pause 32164');
    await howard.message('Timer on #32164 paused at 1 min.');
    await timer(howard, 'pause');
    await howard.message('You have no running timer. Your timers:');
    await timer(howard, 'resume');
    await howard.message(/#32164 .* resumed at 1 min/);
    await timer(howard, 'resume 32155');
    await howard.message(/#32155 .* resumed at 10 min\.\n#32164 paused/);
    await timer(howard, 'resume 32163');
    await howard.message('You have no paused timer on #32163. Your timers:');
  });

  test('make a bill form stale that was opened before, so that its minutes are billed once', async () => {
    const world = await start();
    const { howard, form, message } = await stopped(world, 42);
    await form.waitFor('Invoice');
    await fillIn(form, { labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill ');
    await timer(howard, 'resume');
    await howard.message(/#32164 .* resumed at 42 min/);
    await preview.submit(/^Bill /);
    await preview.waitFor("This timer was discarded or resumed since, so its minutes can't be billed from here.");
    expect(writes(world)).toEqual([]);
    await timer(howard, 'stop');
    await howard.message(/Timer on #32164 stopped: 42 min/, { after: message.ts });
  });
});

describe('/syncro timer stop', () => {
  test('stops the clock, opens the bill form with its minutes, and sends nothing before Bill', async () => {
    const world = await start();
    const before = countAll(world);
    const { howard, form, message } = await stopped(world, 42);
    expect(message.ephemeral).toBe(true);
    expect(message.text).toContain('[Resume] [Bill] [Log in Syncro] [Discard]');
    expect(form.value('Minutes')).toBe('42');
    expect(form.value('Labor type')).toBe('');
    await form.waitFor('Invoice');
    await fillIn(form, { labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('0.7 h × $150.00 = $105.00');
    expect(writes(world)).toEqual([]);
    await preview.submitTwice(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$105\.00/, { timeoutMs: 8_000 });
    expect(addedSince(world, before)).toEqual(ONE_BILL);
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed');
    const ts = howard.messages().at(-1)?.ts ?? '';
    await message.click('Bill');
    const refused = await howard.message(/These minutes on #32164 were already billed \(ref \w+\)/, { after: ts });
    expect(refused.text).toContain('Nothing was sent.');
  });

  test('with the number of another ticket says what runs and lets it go on', async () => {
    const world = await start();
    const howard = await measured(world, 10);
    await timer(howard, 'stop 32155');
    const said = await howard.message('No timer runs on #32155. Yours runs on #32164');
    expect(said.text).toContain('10 min so far. It is still running.');
    await timer(howard, 'list');
    expect((await howard.message('Your timers · 1 ·')).text).toContain('running');
    await timer(howard, 'stop 32164');
    await howard.modal('Bill #32164');
  });

  test('with none running shows the stopped ones, and without any an example', async () => {
    const world = await start();
    const howard = howardOf(world);
    await timer(howard, 'stop');
    await howard.message('You have no running timer. Start one when the work begins: /syncro timer start 32164');
    const { form } = await stopped(world, 20);
    await form.close();
    await timer(howard, 'stop');
    const said = await howard.message('You have no running timer. Your timers:');
    expect(said.text).toMatch(/#32164 0:20/);
    await said.click('Bill');
    expect((await howard.modal('Bill #32164')).value('Minutes')).toBe('20');
  });

  test('keeps the minutes when the form is closed, also over a restart and when the timer was stopped twice', async () => {
    const world = await start();
    const howard = await measured(world, 33);
    await timer(howard, 'list');
    const list = await howard.message('Your timers · 1 ·');
    await list.click('Stop');
    await (await howard.modal('Bill #32164')).close();
    await world.stopApp();
    await world.startApp();
    await list.click('Stop');
    const again = await howard.modal('Bill #32164');
    expect(again.value('Minutes')).toBe('33');
    await again.close();
    await timer(howard, 'list');
    await howard.message('Your timers · 1 · 0:33');
  });

  test('after a night on the timer asks to correct the minutes', async () => {
    const world = await start();
    const { message } = await stopped(world, 612);
    expect(message.text).toContain('! 612 min is more than 8 hours: correct them in the form');
  });
});

describe('minutes of a stopped clock', () => {
  test('come back when the bill was stopped before its labor, and are billed then', async () => {
    const world = await start();
    const before = countAll(world);
    const { howard, form } = await stopped(world, 42);
    await form.waitFor('Invoice');
    await fillIn(form, { labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill ');
    world.syncro.fault({ kind: '422', method: 'POST', path: /\/comment$/, body: { message: ["Body can't be blank"] } });
    await preview.submit(/^Bill /);
    const refused = await howard.message("Body can't be blank");
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed');
    await refused.click('Stop');
    await refused.waitFor('Stopped billing');
    await timer(howard, 'list');
    const list = await howard.message('Your timers · 1 · 0:42');
    expect(addedSince(world, before)).toEqual(NOTHING);
    await list.click('Bill');
    expect((await howard.modal('Bill #32164')).value('Minutes')).toBe('42');
  });

  test('are discarded on a press, once asked', async () => {
    const world = await start();
    const { howard, form, message } = await stopped(world, 42);
    await form.close();
    expect(JSON.stringify(message.raw.blocks)).toContain('"title":{"type":"plain_text","text":"Discard 42 min?"}');
    await message.click('Discard');
    await message.waitFor('Discarded: 42 min on #32164. Nothing was billed.');
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed');
    expect(writes(world)).toEqual([]);
  });

  test('that were discarded elsewhere are not billed from an old button', async () => {
    const world = await start();
    const { howard, form, message } = await stopped(world, 42);
    await form.close();
    await timer(howard, 'list');
    const list = await howard.message('Your timers · 1 ·');
    await list.click('Discard');
    await list.waitFor('No timers: every minute is billed');
    await message.click('Bill');
    await howard.message(
      "This timer was discarded or resumed since, so its minutes can't be billed from here. Nothing was sent.",
    );
    await howard.noModal();
  });

  test('are nobody else’s to bill', async () => {
    const world = await start();
    const { form, message } = await stopped(world, 42);
    await form.close();
    const value = JSON.stringify(message.raw.blocks).match(/"action_id":"timer:bill","value":"([^"]+)"/)?.[1];
    expect(value).toBeTruthy();
    const winter = world.slack.person('U012WINTER');
    await timer(winter, 'start 32163');
    const theirs = await winter.message('Timer on #32163');
    // Their button, with Howard's timer in it.
    const forged = JSON.parse(
      JSON.stringify(theirs.raw.blocks).replace(/("action_id":"timer:stop","value":")[^"]+/, `$1${value}`),
    );
    Object.assign(theirs.raw, { blocks: forged });
    await theirs.click('Stop');
    await winter.message('This timer was discarded or resumed since');
    await winter.noModal();
  });
});

test('hostile subjects stay words', async () => {
  const world = await start();
  const { howard, form } = await stopped(world, 5, 32154);
  await form.close();
  await timer(howard, 'list');
  const list = await howard.message('Your timers · 1 ·');
  const { subject } = ticketByNumber(world, 32154);
  for (const { raw } of howard.messages()) {
    expect(raw.text).not.toMatch(/<!channel>|<https:\/\/evil/);
    expect(JSON.stringify(raw.blocks)).not.toContain('mrkdwn');
  }
  expect(subject).toContain('<!channel>');
  expect(list.text).toContain('<!channel>');
  expect(list.links().map(({ url }) => url)).toEqual([expect.stringContaining('/tickets/')]);
});
