import type { GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { Asked } from '../../../slack/asked.ts';

export type Shortcut = GlobalShortcut | MessageShortcut;

export type TakeShortcut = (asked: Asked, shortcut: Shortcut) => Promise<void>;
