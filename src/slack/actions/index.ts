import { customerActions } from './customers.ts';
import { formActions } from './forms.ts';
import { type Actions, fromAnotherTime, type Pressed } from './pressed.ts';
import { runActions } from './runs.ts';
import { ticketActions } from './tickets.ts';
import { timerActions } from './timers.ts';

const ACTIONS: Actions = { ...ticketActions, ...customerActions, ...formActions, ...runActions, ...timerActions };

/** These only read or leaf through; everything else changes or prepares a change, so its failure says "nothing sent". */
const READING = /^(ticket:(show|share)|search:|customers?:|home:|digest:)/;

export const isWriting = (actionId: string): boolean => !READING.test(actionId);

/** A link opens by itself, an input of a form waits for its submission; an unknown id is a button of an older version. */
export const press = async (pressed: Pressed): Promise<void> => {
  if (pressed.actionId.startsWith('link:')) return;
  const action = ACTIONS[pressed.actionId];
  if (!action) throw fromAnotherTime();
  await action(pressed);
};
