import { customerActions } from './customers.ts';
import { formActions } from './forms.ts';
import { keyActions } from './keys.ts';
import { type Actions, fromAnotherTime, type Pressed } from './pressed.ts';
import { runActions } from './runs.ts';
import { ticketActions } from './tickets.ts';

const ACTIONS: Actions = { ...ticketActions, ...customerActions, ...formActions, ...runActions, ...keyActions };

/** These only read or leaf through; everything else changes or prepares a change, so its failure says "nothing sent". */
const READING = /^(ticket:(show|share)|search:|customers?:|home:|digest:|key:)/;

export const isWriting = (actionId: string): boolean => !READING.test(actionId);

/** Buttons that do what a command does: it is what goes on when a key had to be connected first. */
const COMMAND_BEHIND = /^(ticket|bill|comment|update|close):(?:show|open)$/;

export const commandBehind = (actionId: string, value: string): string => {
  const [, name] = COMMAND_BEHIND.exec(actionId) ?? [];
  return name && /^\d{1,9}$/.test(value) ? `${name} ${value}` : '';
};

/** A link opens by itself, an input of a form waits for its submission; an unknown id is a button of an older version. */
export const press = async (pressed: Pressed): Promise<void> => {
  if (pressed.actionId.startsWith('link:')) return;
  const action = ACTIONS[pressed.actionId];
  if (!action) throw fromAnotherTime();
  await action(pressed);
};
