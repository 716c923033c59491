import type { Handler } from '../../../slack/asked.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { formOn, numberBehind } from '../../tickets/slack/on-ticket.ts';
import { updatedMessage } from './messages.ts';
import { openUpdateForm } from './open-update.ts';
import { watchUpdate } from './watch-update.ts';

/** With words: the status at once. Without: the form. */
export const update: Handler<'update'> = (asked, { ticket, status }) => {
  const { deps, technician, say, command } = asked;
  if (status === null) return formOn(asked, ticket, openUpdateForm);
  const what = ticket.by === 'number' ? `#${ticket.number}` : 'the ticket';
  return sayWhenReady(say, `Updating ${what}`, async () => {
    const number = await numberBehind(asked, ticket);
    const updated = await watchUpdate(deps, deps.use.updating.byWords(technician, number, status));
    return updatedMessage(updated, deps.links, command);
  });
};
