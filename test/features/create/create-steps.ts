import { expect } from '@jest/globals';
import type { Modal, Person, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { TicketRow } from '../../../sandbox/syncro/rows.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';

/** Types `/syncro create …` and waits until the account's lists are in the form. */
export const openCreate = async (person: Person, text = ''): Promise<Modal> => {
  await person.slash('/syncro', `create ${text}`.trim());
  const form = await person.modal('New ticket');
  await form.waitFor('Priority');
  return form;
};

/** What the account has beyond the sample data. */
export const newTickets = ({ syncro }: World): readonly TicketRow[] =>
  syncro.state.tickets.filter(({ number }) => number > 32_166);

export const receiptOf = (person: Person): Promise<SeenMessage> =>
  person.message(/^[✓!] Created #\d+/u, { timeoutMs: 10_000 });

/** The body of the request that made a ticket. */
export const sentTicket = ({ syncro }: World): unknown =>
  syncro.requests.find(({ method, path }) => method === 'POST' && path === '/tickets')?.body;

/** Opens and leaves a form, and waits until the customers were read whole: the database answers for them now. */
export const fillCache = async (world: World): Promise<void> => {
  await (await openCreate(howardOf(world))).closeAll();
  const isRead = () =>
    world.syncro.requests.some(({ path, status }) => /^\/customers\?page=/.test(path) && status === 200);
  for (let i = 0; i < 100 && !isRead(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isRead()).toBe(true);
  // What was answered is in the database a moment later.
  await new Promise((resolve) => setTimeout(resolve, 100));
};
