import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { SyncroState } from '../../../sandbox/syncro/state.ts';
import { ask } from '../tickets/ticket-steps.ts';
import { NUMBER } from './correct-steps.ts';

/** Nobody wrote on it. */
export const madeTwice = ({ syncro: { state } }: { readonly syncro: { readonly state: SyncroState } }): void => {
  const ticket = state.tickets.find(({ number }) => number === NUMBER);
  state.comments = state.comments.filter(({ ticket_id }) => ticket_id !== ticket?.id);
};

/** The card's `⋯`, up to what goes with it, or why it does not go. */
export const openDelete = async (person: Person, words = 'Ticket number'): Promise<Modal> => {
  const card = await ask(person, `ticket ${NUMBER}`, new RegExp(`#${NUMBER}`));
  await card.click('Delete ticket…');
  const modal = await person.modal(`Delete #${NUMBER}`);
  await modal.waitFor(words);
  return modal;
};

/** Up to the press that counts. */
export const startDelete = async (person: Person): Promise<void> => {
  const form = await openDelete(person);
  await form.type('Ticket number', String(NUMBER));
  await form.submit('Delete ticket');
};
