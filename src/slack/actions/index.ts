import { HOME_REFRESH } from '../home/view.ts';
import { WAITING } from '../messages/customer-reply.ts';
import { rowOf } from '../row-of.ts';
import { chooserActions } from './choose-ticket.ts';
import { createActions } from './create.ts';
import { customerActions } from './customers.ts';
import { formActions } from './forms.ts';
import { keyActions } from './keys.ts';
import { listActions } from './lists.ts';
import { type Actions, fromAnotherTime, type Pressed } from './pressed.ts';
import { runActions } from './runs.ts';
import { searchActions } from './search.ts';
import { sessionLogActions } from './session-log.ts';
import { ticketActions } from './tickets.ts';
import { timerActions } from './timers.ts';
import { updateActions } from './updates.ts';

const ACTIONS: Actions = {
  ...ticketActions,
  ...listActions,
  ...searchActions,
  ...customerActions,
  ...formActions,
  ...createActions,
  ...updateActions,
  ...timerActions,
  ...runActions,
  ...sessionLogActions,
  ...chooserActions,
  ...keyActions,
  // Every press in the Home shows it anew; this one does nothing else.
  [HOME_REFRESH]: () => Promise.resolve(),
};

/** These only read or leaf through; everything else changes or prepares a change, so its failure says "nothing sent". */
const READING = /^(ticket:(show|share)|search:|customers?:|home:|digest:|open:|session:|key:)/;

export const isWriting = (actionId: string): boolean => !READING.test(actionId);

/** A button that only opens a page. */
export const isLink = (actionId: string): boolean => actionId.startsWith('link:');

/** Buttons that do what a command does: it is what goes on when a key had to be connected first. */
const COMMAND_BEHIND = /^(ticket|bill|comment|update|close):(?:show|open)$/;

export const commandBehind = (actionId: string, value: string): string => {
  const [, name] = COMMAND_BEHIND.exec(actionId) ?? [];
  if (!/^\d{1,9}$/.test(value)) return '';
  if (actionId === WAITING) return `update ${value} waiting`;
  return name ? `${name} ${value}` : '';
};

/** A link opens by itself, an input of a form waits for its submission; an unknown id is a button of an older version. */
export const press = async (pressed: Pressed): Promise<void> => {
  if (isLink(pressed.actionId)) return;
  const action = rowOf(ACTIONS, pressed.actionId);
  if (!action) throw fromAnotherTime();
  await action(pressed);
};
