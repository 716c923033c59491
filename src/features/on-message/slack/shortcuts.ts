import { AppError } from '../../../shared/errors.ts';
import type { Asked } from '../../../slack/asked.ts';
import { rowOf } from '../../../slack/row-of.ts';
import { billTime, newTicket } from './global.ts';
import { billMessage, commentMessage, createMessage } from './on-message.ts';
import type { Shortcut, TakeShortcut } from './shortcut.ts';

/** By callback_id, as in manifest.yml. */
export const SHORTCUTS: Readonly<Record<string, TakeShortcut>> = {
  bill_message: billMessage,
  comment_message: commentMessage,
  create_message: createMessage,
  bill_time: billTime,
  new_ticket: newTicket,
};

export const takeShortcut = async (asked: Asked, shortcut: Shortcut): Promise<void> => {
  const handler = rowOf(SHORTCUTS, shortcut.callback_id);
  if (!handler) throw new AppError('stale', 'This shortcut is from another version of the app.');
  await handler(asked, shortcut);
};
