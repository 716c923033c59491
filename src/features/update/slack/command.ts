import type { Asked } from '../../../slack/asked.ts';
import { command, understood } from '../../../slack/feature.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { formOn, numberBehind } from '../../tickets/slack/on-ticket.ts';
import { withTicket } from '../../tickets/slack/typed-ticket.ts';
import { watchUpdate } from './buttons.ts';
import { updateForm } from './form.ts';
import { updatedMessage } from './messages.ts';
import type { UpdateUse } from './use.ts';

/** With words: the status at once. Without: the form. */
export const updateCommand = command({
  name: 'update',
  usage: 'update <number> [<status>]',
  does: 'status, priority, technician, due date; the first letters of a status are enough',
  example: 'update 32164 wait c',
  writes: true,
  // The status as typed; it is matched against the account's own.
  parse: (words) =>
    withTicket('update 32164', words, (ticket, others) => understood({ ticket, status: others.join(' ') || null })),
  run: (asked: Asked<UpdateUse>, { ticket, status }) => {
    const { deps, use, technician, say } = asked;
    if (status === null) return formOn(asked, ticket, updateForm.open);
    const what = ticket.by === 'number' ? `#${ticket.number}` : 'the ticket';
    return sayWhenReady(say, `Updating ${what}`, async () => {
      const number = await numberBehind(asked, ticket);
      const updated = await watchUpdate(asked, use.updating.byWords(technician, number, status));
      return updatedMessage(updated, deps.links, asked.command);
    });
  },
});
