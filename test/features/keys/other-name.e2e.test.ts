import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import { howardOf, userOf } from '../../world/people.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { openCreate } from '../create/create-steps.ts';
import { sentBy } from '../tickets/ticket-steps.ts';

const start = useWorld();
const TOKEN = 'T-howards-own-key-7f3a9';
const TEXT = 'Reset the cloud thing, it syncs.';
const NAME = 'Will be posted as Howard Enos';

/** Howard's key is one that he connected; behind it stands Michael's, which everybody may write with. */
const config = quickConfig({ more: 'shared_key: { key: { env: SYNCRO_KEY_MICHAEL }, writes: true }' }).replace(
  /(U012HOWARD.*), key: \{ env: SYNCRO_KEY_HOWARD \}/,
  '$1',
);

const opened = async (person: Person, command: string, title: string): Promise<Modal> => {
  await person.slash('/syncro', command);
  const form = await person.modal(title);
  await form.waitFor(NAME);
  return form;
};

const FORMS: ReadonlyArray<
  readonly [button: string, open: (howard: Person) => Promise<Modal>, kept: readonly [string, string]]
> = [
  [
    'Close ticket',
    async (howard) => {
      const form = await opened(howard, 'close 32164', 'Close #32164');
      await form.type('Resolution', TEXT);
      return form;
    },
    ['Resolution', TEXT],
  ],
  [
    'Create',
    async (howard) => {
      const form = await openCreate(howard, 'Jerry Burger phone broken');
      await form.waitFor(NAME);
      await form.type('Description', TEXT);
      await form.choose('Audience', 'Email the customer');
      return form;
    },
    ['Description', TEXT],
  ],
  [
    'Save',
    async (howard) => {
      const form = await opened(howard, 'update 32164', 'Update #32164');
      await form.choose('Status', 'In Progress');
      return form;
    },
    ['Status', 'In Progress'],
  ],
];

test.each(FORMS)('%s under another name than the form said is said first', async (button, open, [field, value]) => {
  const world = await start({ config, env: { ENCRYPTION_KEY: randomBytes(32).toString('base64') } });
  userOf(world, 1750).keys = [TOKEN];
  const howard = howardOf(world);
  await howard.slash('/syncro', 'connect');
  const connect = await howard.modal('Connect to Syncro');
  await connect.type('API token', TOKEN);
  await connect.submit('Connect');
  await howard.message('Connected as Howard Enos (Syncro user 1750).');
  await connect.closeAll();
  const form = await open(howard);
  await howard.slash('/syncro', 'disconnect');
  await howard.message(/Disconnected|key/i, { after: howard.messages().at(-2)?.ts ?? '' });
  await form.submit(button);
  await form.waitFor(
    'It would now be posted as Michael Swanson (the shared key), not under the name that the form showed.',
  );
  expect(form.text()).toContain('Nothing was sent.');
  expect(sentBy(world)).toEqual([]);
  await form.click('Back');
  await form.waitFor('Will be posted as Michael Swanson (the shared key), not under your name.');
  expect(form.value(field)).toBe(value);
  await form.submit(button);
  await howard.message(/^[✓!] (Closed|Created|Updated)/u, { channel: 'dm' });
  expect(new Set(sentBy(world).map(({ technician }) => technician))).toEqual(new Set([1735]));
});
