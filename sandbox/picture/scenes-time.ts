import type { Modal, Person, SeenMessage } from '../slack/slack.ts';
import { answerTo } from './acts.ts';
import type { Pass, Scene } from './scene.ts';

const MINUTE_MS = 60_000;

/** A timer of 42 minutes that was stopped; the bill form is open. */
const stopped = async (howard: Person, pass: Pass): Promise<{ form: Modal; message: SeenMessage }> => {
  await answerTo(howard, 'timer start 32164', /Timer on .*started/);
  pass(42 * MINUTE_MS);
  await howard.slash('/syncro', 'timer stop');
  const form = await howard.modal('Bill #32164');
  await form.waitFor('Invoice');
  return { form, message: await howard.message(/stopped: 42 min/) };
};

const logForm = async (howard: Person, pass: Pass): Promise<Modal> => {
  const { form, message } = await stopped(howard, pass);
  await form.close();
  await message.click('Log in Syncro');
  const log = await howard.modal('Log time on #32164');
  await log.waitFor('Jerry Burger');
  await log.choose('Labor type', 'remote');
  await log.type('Notes', 'Reset the cloud thing, watched it sync.');
  return log;
};

const logPreview = async (howard: Person, pass: Pass): Promise<Modal> => {
  await (await logForm(howard, pass)).submit('Preview');
  const preview = await howard.modal('Check and log');
  await preview.waitFor('[Log ');
  return preview;
};

/** Timers, and what becomes of their minutes. */
export const TIME: readonly Scene[] = [
  {
    name: 'timer-start',
    act: async (howard, _world, pass) => {
      const started = await answerTo(howard, 'timer start 32164', /Timer on .*started/);
      pass(12 * MINUTE_MS);
      return { messages: [started, await answerTo(howard, 'timer start 32155', /paused at/)] };
    },
  },
  { name: 'timer-stop', act: async (howard, _world, pass) => ({ message: (await stopped(howard, pass)).message }) },
  { name: 'timer-bill', act: async (howard, _world, pass) => ({ modal: (await stopped(howard, pass)).form }) },
  {
    name: 'timer-list',
    act: async (howard, _world, pass) => {
      await answerTo(howard, 'timer start 32155', /Timer on .*started/);
      pass(75 * MINUTE_MS);
      await howard.slash('/syncro', 'timer stop');
      await (await howard.modal('Bill #32155')).close();
      await answerTo(howard, 'timer start 32164', /Timer on .*#32164.*started/);
      pass(42 * MINUTE_MS);
      return { message: await answerTo(howard, 'timer list', /Your timers/) };
    },
  },
  { name: 'timer-log-form', act: async (howard, _world, pass) => ({ modal: await logForm(howard, pass) }) },
  { name: 'timer-log-preview', act: async (howard, _world, pass) => ({ modal: await logPreview(howard, pass) }) },
  {
    name: 'timer-log-receipt',
    act: async (howard, _world, pass) => {
      await (await logPreview(howard, pass)).submit(/^Log /);
      return { message: await howard.message(/Logged 0\.7 h/, { timeoutMs: 20_000 }) };
    },
  },
];
