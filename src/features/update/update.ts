import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import { updateButtons } from './slack/buttons.ts';
import { updateCommand } from './slack/command.ts';
import { updateForms } from './slack/form.ts';
import { createUpdateForm, type UpdateUse } from './update-form.ts';
import { createUpdating, type UpdateDeps } from './update-status.ts';

/** Changes the fields of a ticket. */
export const updateRows: Rows<UpdateUse> = { commands: [updateCommand], buttons: updateButtons, forms: updateForms };

type Floors = UpdateDeps & Omit<UpdateUse, 'updating' | 'updateForm'>;

export const createUpdate = (floors: Floors): Feature => ({
  rows: withUse<UpdateUse>(
    { ...floors, updating: createUpdating(floors), updateForm: createUpdateForm(floors) },
    updateRows,
  ),
});
