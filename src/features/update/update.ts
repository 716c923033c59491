import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import { ticketForms } from '../tickets/ports.ts';
import { updateButtons } from './slack/buttons.ts';
import { updateCommand } from './slack/command.ts';
import { updateForms } from './slack/form.ts';
import type { UpdateUse } from './slack/use.ts';
import { createUpdateForm } from './update-form.ts';
import { createUpdating, type UpdateDeps } from './update-status.ts';

/** Changes the fields of a ticket. */
export const updateRows: Rows<UpdateUse> = { commands: [updateCommand], buttons: updateButtons, forms: updateForms };

type Deps = UpdateDeps & Omit<UpdateUse, 'updating' | 'updateForm'>;

export const createUpdate = (deps: Deps): Feature => ({
  rows: withUse<UpdateUse>(
    {
      ...ticketForms(deps),
      viewTicket: deps.viewTicket,
      watchRun: deps.watchRun,
      updating: createUpdating(deps),
      updateForm: createUpdateForm(deps),
    },
    updateRows,
  ),
});
