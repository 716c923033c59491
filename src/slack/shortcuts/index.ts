import type { GlobalShortcut, MessageShortcut } from '@slack/bolt';
import { AppError } from '../../errors.ts';
import type { Asked } from '../asked.ts';

export type Shortcut = GlobalShortcut | MessageShortcut;

/** By callback_id, as in manifest.yml. */
const SHORTCUTS: Readonly<Record<string, (asked: Asked, shortcut: Shortcut) => Promise<void>>> = {};

export const takeShortcut = async (asked: Asked, shortcut: Shortcut): Promise<void> => {
  const handler = SHORTCUTS[shortcut.callback_id];
  if (!handler) throw new AppError('stale', 'This shortcut is from another version of the app.');
  await handler(asked, shortcut);
};
