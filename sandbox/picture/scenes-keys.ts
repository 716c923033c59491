import { sampleConfig, type WorldOptions } from '../world.ts';
import { answerTo } from './acts.ts';
import type { Scene } from './scene.ts';

const withoutKey: WorldOptions = {
  config: sampleConfig().replace(', key: { env: SYNCRO_KEY_HOWARD }', ''),
  env: { ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') },
};

/** Whose key it is that writes. */
export const KEYS: readonly Scene[] = [
  {
    name: 'connect-form',
    world: withoutKey,
    act: async (howard) => {
      await (await answerTo(howard, 'ticket 32164', /Connect yours/)).click('Connect');
      return { modal: await howard.modal('Connect to Syncro') };
    },
  },
  {
    name: 'connected',
    world: withoutKey,
    act: async (howard) => {
      await howard.slash('/syncro', 'connect');
      const form = await howard.modal('Connect to Syncro');
      await form.type('API token', 'sandbox-howard');
      await form.submit('Connect');
      return { message: await howard.message(/Connected as/, { channel: 'dm' }) };
    },
  },
  {
    name: 'connect-other',
    world: withoutKey,
    act: async (howard) => {
      await howard.slash('/syncro', 'connect');
      const form = await howard.modal('Connect to Syncro');
      await form.type('API token', 'sandbox-winter');
      await form.submit('Connect');
      return { modal: form };
    },
  },
  { name: 'whoami', act: async (howard) => ({ message: await answerTo(howard, 'whoami', /Syncro: /) }) },
  {
    name: 'whoami-all',
    world: withoutKey,
    act: async (_howard, { slack }) => ({
      message: await answerTo(slack.person('U012MIKE'), 'whoami all', /Keys · /),
    }),
  },
  {
    name: 'disconnect',
    act: async (howard) => ({ message: await answerTo(howard, 'disconnect', /no key connected/) }),
  },
];
