import type { Person, SeenMessage } from '../slack/slack.ts';
import type { World } from '../world.ts';
import { answerTo, billed, filledBill } from './acts.ts';
import type { Scene } from './scene.ts';

/** A channel message of somebody who asks for help. */
const asked = async (howard: Person, { slack }: World, post: string): Promise<SeenMessage> => {
  await slack.person('U012WINTER').post('C0GENERAL', post);
  return howard.message(post, { channel: 'C0GENERAL' });
};

const ABOUT_ONE = 'Jerry called about #32164: the cloud thing is slow again. Took me 15 minutes to calm it down.';
const ABOUT_TWO = 'Swapped cables for #32155 and #32164, both look good now.';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Looks often whether a digest is due. */
const often = (ms: number, task: () => void) => {
  const timer = setInterval(task, Math.min(ms, 50));
  return () => clearInterval(timer);
};

/** What changes by itself when a day passes. */
const holdStill = ({ syncro }: World): void => {
  for (const ticket of syncro.state.tickets) {
    ticket.due_date = null;
    if (ticket.status.startsWith('Waiting')) ticket.status = 'In Progress';
  }
};

/** What technicians do all day besides billing. */
export const EVERYDAY: readonly Scene[] = [
  {
    name: 'digest',
    act: async (howard) => ({ message: await answerTo(howard, 'digest preview', /Open tickets · /) }),
  },
  {
    name: 'digest-nothing-new',
    world: { time: { every: often } },
    act: async (howard, world, pass) => {
      holdStill(world);
      await answerTo(world.slack.person('U012MIKE'), 'digest here at 15:00', /will be posted in this channel/);
      pass(31 * MINUTE_MS);
      const where = { channel: 'C0GENERAL', timeoutMs: 20_000 };
      await howard.message(/17 open/, where);
      pass(DAY_MS);
      return { message: await howard.message(/nothing new since/, where) };
    },
  },
  {
    name: 'digest-list',
    act: async (howard, { slack }) => {
      const set = await answerTo(slack.person('U012MIKE'), 'digest here at 08:00', /will be posted in this channel/);
      return { messages: [set, await answerTo(howard, 'digest list', /Digests · 1/)] };
    },
  },
  {
    name: 'audit',
    act: async (howard) => {
      await billed(howard);
      return { message: await answerTo(howard, 'audit 32164', /Audit of/) };
    },
  },
  {
    name: 'bill-form-empty',
    act: async (howard) => {
      await howard.slash('/syncro', 'bill 32164');
      const form = await howard.modal('Bill #32164');
      await form.waitFor('Invoice');
      return { modal: form };
    },
  },
  {
    name: 'bill-preview-older-lines',
    act: async (howard) => {
      const form = await filledBill(howard, 32159);
      await form.submit('Preview');
      const preview = await howard.modal('Check and bill');
      await preview.waitFor('[Bill ');
      return { modal: preview };
    },
  },
  {
    name: 'shortcut-bill',
    act: async (howard, world) => {
      await howard.messageShortcut(await asked(howard, world, ABOUT_ONE), 'bill_message');
      const form = await howard.modal('Bill #32164');
      await form.waitFor('Invoice');
      return { modal: form };
    },
  },
  {
    name: 'shortcut-choose',
    act: async (howard, world) => {
      await howard.messageShortcut(await asked(howard, world, ABOUT_TWO), 'comment_message');
      const form = await howard.modal('Add to ticket');
      await form.waitFor('#32155');
      return { modal: form };
    },
  },
  {
    name: 'shortcut-create',
    act: async (howard, world) => {
      await howard.messageShortcut(
        await asked(howard, world, 'Acme West: the big printer eats paper.'),
        'create_message',
      );
      const form = await howard.modal('New ticket');
      await form.waitFor('Priority');
      return { modal: form };
    },
  },
  {
    name: 'help-command',
    act: async (howard) => ({ message: await answerTo(howard, 'help digest', /digest preview/) }),
  },
];
