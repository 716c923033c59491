import type { Asked } from '../../slack/asked.ts';
import { command, type Feature, type Rows, understood, withUse } from '../../slack/feature.ts';
import { sayWhenReady } from '../../slack/say.ts';
import { ticketForms } from '../tickets/ports.ts';
import { formOn, numberBehind, withTicket } from '../tickets/slack/on-ticket.ts';
import type { OpenForm } from '../tickets/slack/ticket-form.ts';
import { outcomeOf, updateButtons } from './slack/buttons.ts';
import { updateForm, updateForms } from './slack/form.ts';
import type { UpdateUse } from './slack/use.ts';
import { createUpdateForm } from './update-form.ts';
import { createUpdating, type UpdateDeps } from './update-status.ts';

/** With words: the status at once. Without: the form. */
const updateCommand = command({
  name: 'update',
  usage: 'update <number> [<status>]',
  does: 'status, priority, technician, due date; the first letters of a status are enough',
  example: 'update 32164 wait c',
  writes: true,
  // The status as typed; it is matched against the account's own.
  parse: (words) =>
    withTicket(
      'update 32164',
      words,
      (ticket, others) => understood({ ticket, status: others.join(' ') || null }),
      'update:choose',
    ),
  run: (asked: Asked<UpdateUse>, { ticket, status }) => {
    const { use, technician, say } = asked;
    if (status === null) return formOn(asked, ticket, updateForm.open);
    const what = ticket.by === 'number' ? `#${ticket.number}` : 'the ticket';
    return sayWhenReady(say, `Updating ${what}`, async () => {
      const number = await numberBehind(asked, ticket);
      return outcomeOf(asked, use.updating.byWords(technician, number, status));
    });
  },
});

/** Changes the fields of a ticket. */
export const updateRows: Rows<UpdateUse> = { commands: [updateCommand], buttons: updateButtons, forms: updateForms };

type Deps = UpdateDeps & Omit<UpdateUse, 'updating' | 'updateForm'>;

export const createUpdate = (deps: Deps): Feature & { readonly openForm: OpenForm } => {
  const use: UpdateUse = {
    ...ticketForms(deps),
    viewTicket: deps.viewTicket,
    watchRun: deps.watchRun,
    updating: createUpdating(deps),
    updateForm: createUpdateForm(deps),
  };
  return {
    rows: withUse(use, updateRows),
    openForm: (asked, ...form) => updateForm.open({ ...asked, use }, ...form),
  };
};
