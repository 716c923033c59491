import { createActions } from '../features/create/slack/buttons.ts';
import { customerActions } from '../features/customers/slack/buttons.ts';
import { HOME_REFRESH } from '../features/home/slack/view.ts';
import { keyActions } from '../features/keys/slack/buttons.ts';
import { chooserActions } from '../features/on-message/slack/buttons.ts';
import { searchActions } from '../features/search/slack/buttons.ts';
import { sessionLogActions } from '../features/session-logs/slack/buttons.ts';
import { ticketActions } from '../features/tickets/slack/card-buttons.ts';
import { listActions } from '../features/tickets/slack/list-buttons.ts';
import { WAITING } from '../features/tickets/slack/waiting.ts';
import { timerActions } from '../features/time/slack/buttons.ts';
import { updateActions } from '../features/update/slack/buttons.ts';
import { runActions } from '../runs/slack/buttons.ts';
import { type Actions, fromAnotherTime, type Pressed } from '../slack/pressed.ts';
import { rowOf } from '../slack/row-of.ts';
import { formActions } from './form-buttons.ts';

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
