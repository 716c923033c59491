import { describe, expect, test } from '@jest/globals';
import type { Modal } from '../../../sandbox/slack/slack.ts';
import { openBillForm } from '../bill/bill-steps.ts';
import { NOTES, previewLog, stopped, timer, useTimers } from './timer-steps.ts';

const start = useTimers();

/** The form that opened when a timer was stopped after 33 minutes, closed with a comment in it. */
const left = async () => {
  const world = await start();
  const { howard, form, message } = await stopped(world, 33);
  await form.waitFor('Invoice');
  await form.type('Comment', NOTES);
  await form.close();
  return { howard, message };
};

const held = (form: Modal) => [form.value('Minutes'), form.value('Comment')];

describe('a draft with the minutes of a timer', () => {
  test('bills them as the timer’s: they are not offered a second time', async () => {
    const { howard } = await left();
    const form = await openBillForm(howard, 32164);
    expect(held(form)).toEqual(['33', NOTES]);
    await form.choose('Labor type', 'remote');
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill ');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    await timer(howard, 'list');
    await howard.message('No timers: every minute is billed');
  });

  test('is without them when they were logged elsewhere', async () => {
    const { howard, message } = await left();
    await message.click('Log in Syncro');
    await (await previewLog(howard)).submit(/^Log /);
    await howard.message(/Logged .* on #32164/);
    expect(held(await openBillForm(howard, 32164))).toEqual(['', NOTES]);
  });

  test('is without them when the timer was discarded, or went on', async () => {
    const { howard, message } = await left();
    await timer(howard, 'resume 32164');
    await howard.message(/Timer on #32164 .* resumed/);
    const resumed = await openBillForm(howard, 32164);
    expect(held(resumed)).toEqual(['', NOTES]);
    await resumed.close();
    await message.click('Discard');
    await message.waitFor('Discarded: ');
    expect(held(await openBillForm(howard, 32164))).toEqual(['', NOTES]);
  });
});
