import { setTimeout as sleep } from 'node:timers/promises';
import type { Modal, Person, SeenMessage } from '../sandbox/slack/slack.ts';
import { bill } from '../test/features/bill/bill-steps.ts';
import { charge } from '../test/features/later/later-steps.ts';
import type { Shop } from './shop.ts';

const PATIENCE = { timeoutMs: 30_000 };

/** Types a command and waits for the answer to it. */
export const ask = async (person: Person, text: string, answer: RegExp): Promise<SeenMessage> => {
  const after = person.messages().at(-1)?.ts ?? '';
  await person.slash('/syncro', text);
  return person.message(answer, { after, ...PATIENCE });
};

const formOf = async (person: Person, command: string, title: string | RegExp, complete: string): Promise<Modal> => {
  await person.slash('/syncro', command);
  const form = await person.modal(title, PATIENCE);
  await form.waitFor(complete, PATIENCE);
  return form;
};

const comment = async (person: Person, number: number): Promise<void> => {
  const form = await formOf(person, `comment ${number} Rebooted it.`, `Comment on #${number}`, 'Email goes to');
  await form.choose('Audience', 'Internal only');
  await form.submit('Preview');
  const preview = await person.modal('Check and post', PATIENCE);
  await preview.waitFor(/\[(Email|Post) /, PATIENCE);
  await preview.submit(/^(Email|Post) /);
  await person.message(new RegExp(`Commented on #${number}`), PATIENCE);
};

const close = async (person: Person, number: number): Promise<void> => {
  const form = await formOf(person, `close ${number}`, `Close #${number}`, '[Close ticket]');
  await form.type('Resolution', 'It works again.');
  await form.submit('Close ticket');
  await person.message(new RegExp(`Closed #${number}`), PATIENCE);
};

const create = async (person: Person, number: number): Promise<void> => {
  const form = await formOf(person, `create "Acme West" Scanner of ${number}`, 'New ticket', 'Priority');
  await form.waitFor('Acme West', PATIENCE);
  await form.submit('Create');
  await person.message(/^[✓!] Created #\d+/u, PATIENCE);
};

/** Everything that a person does for one command, up to the answer. `number`: the ticket, where there is one. */
export const DRIVES = {
  summary: async (person: Person) => void (await ask(person, '', /Your open tickets/)),
  ticket: async (person: Person, number: number) =>
    void (await ask(person, `ticket ${number}`, new RegExp(`#${number}`))),
  search: async (person: Person) => void (await ask(person, 'search cloud', /for "cloud"/)),
  customers: async (person: Person) => void (await ask(person, 'customers burger', /Burger/)),
  create,
  update: async (person: Person, number: number) =>
    void (await ask(person, `update ${number} in prog`, new RegExp(`Updated #${number}`))),
  close,
  comment,
  bill: async (person: Person, number: number) => void (await bill(person, number)),
  charge: async (person: Person, number: number) => void (await charge(person, number)),
  digest: async (person: Person) => void (await ask(person, 'digest preview', /Open tickets · /)),
} as const;

export type Driven = keyof typeof DRIVES;

/** Waits until Syncro has had nothing to do for a while, also not in the background. */
export const quiet = async ({ syncro }: Shop, forMs = 300): Promise<void> => {
  let last = -1;
  for (; syncro.requests.length !== last; await sleep(forMs)) last = syncro.requests.length;
};
