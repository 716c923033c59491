import type { GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { Asked } from './asked.ts';

export type Shortcut = GlobalShortcut | MessageShortcut;

export type TakeShortcut<Use = unknown> = (asked: Asked<Use>, shortcut: Shortcut) => Promise<void>;
