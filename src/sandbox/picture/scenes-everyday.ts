import type { Person, SeenMessage } from '../slack/slack.ts';
import type { World } from '../world.ts';
import { answerTo } from './acts.ts';
import type { Scene } from './scenes.ts';

/** A channel message of somebody who asks for help. */
const asked = async (howard: Person, { slack }: World): Promise<SeenMessage> => {
  const post = 'Jerry called about #32164: the cloud thing is slow again. Took me 15 minutes to calm it down.';
  await slack.person('U012WINTER').post('C0GENERAL', post);
  return howard.message(/Jerry called/, { channel: 'C0GENERAL' });
};

/** What technicians do all day besides billing. */
export const EVERYDAY: readonly Scene[] = [
  {
    name: 'update',
    act: async (howard) => ({ message: await answerTo(howard, 'update 32164 wait c', /Updated #32164/) }),
  },
  {
    name: 'update-choice',
    act: async (howard) => ({ message: await answerTo(howard, 'update 32164 wait', /fits two statuses/) }),
  },
  {
    name: 'update-form',
    act: async (howard) => {
      await howard.slash('/syncro', 'update 32164');
      const form = await howard.modal('Update #32164');
      await form.waitFor('Due date');
      return { modal: form };
    },
  },
  {
    name: 'close-form',
    act: async (howard) => {
      await howard.slash('/syncro', 'close 32159');
      const form = await howard.modal('Close #32159');
      await form.waitFor('Resolution');
      await form.type('Resolution', 'Router replaced, no restarts since Friday.');
      return { modal: form };
    },
  },
  {
    name: 'create-form',
    act: async (howard) => {
      await howard.slash('/syncro', 'create "Acme West" printer jams');
      const form = await howard.modal('New ticket');
      await form.waitFor('Priority');
      return { modal: form };
    },
  },
  {
    name: 'create-receipt',
    act: async (howard) => {
      await howard.slash('/syncro', 'create "Acme West" projector stays dark');
      const form = await howard.modal('New ticket');
      await form.waitFor('Priority');
      await form.submit('Create');
      return { message: await howard.message(/Sent once, confirmed/, { timeoutMs: 20_000 }) };
    },
  },
  {
    name: 'timer',
    act: async (howard) => ({ message: await answerTo(howard, 'timer start 32164', /Timer on .*started/) }),
  },
  {
    name: 'timer-list',
    act: async (howard) => {
      await answerTo(howard, 'timer start 32155', /Timer on .*started/);
      await howard.slash('/syncro', 'timer stop');
      await (await howard.modal('Bill #32155')).close();
      await answerTo(howard, 'timer start 32164', /Timer on .*#32164.*started/);
      return { message: await answerTo(howard, 'timer list', /Your timers/) };
    },
  },
  {
    name: 'digest',
    act: async (howard) => ({ message: await answerTo(howard, 'digest preview', /Open tickets · /) }),
  },
  {
    name: 'connect-form',
    world: { env: { ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') } },
    act: async (howard) => {
      await howard.slash('/syncro', 'connect');
      return { modal: await howard.modal('Connect to Syncro') };
    },
  },
  { name: 'whoami', act: async (howard) => ({ message: await answerTo(howard, 'whoami', /Syncro user|Syncro: /) }) },
  {
    name: 'shortcut-bill',
    act: async (howard, world) => {
      await howard.messageShortcut(await asked(howard, world), 'bill_message');
      const form = await howard.modal('Bill #32164');
      await form.waitFor('prepaid');
      return { modal: form };
    },
  },
];
