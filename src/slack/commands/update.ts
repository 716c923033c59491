import type { Handler } from '../asked.ts';
import { openUpdateForm } from '../forms/open-update.ts';
import { updatedMessage } from '../messages/updated.ts';
import { sayWhenReady } from '../say.ts';
import { watchUpdate } from '../watch-update.ts';
import { formOn, numberBehind } from './on-ticket.ts';

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
