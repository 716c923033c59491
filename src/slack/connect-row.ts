import type { KnownBlock } from '@slack/types';
import { actions, button } from './blocks.ts';

export const CONNECT = 'key:connect';

/** Slack takes 2,000 in a button; it is kept in a form's 3,000 too, written as JSON. */
const LONGEST_COMMAND = 1_000;

/** Whether a command can go on by itself after connecting. */
export const canCarryOn = (interrupted: string | undefined): interrupted is string =>
  interrupted !== undefined && interrupted !== '' && interrupted.length <= LONGEST_COMMAND;

export const connectButton = (interrupted?: string) =>
  button('Connect', CONNECT, canCarryOn(interrupted) ? { value: interrupted } : {});

/** The button that leads to a key, and back to what was interrupted. @param interrupted the command, without `/syncro` */
export const connectRow = (interrupted?: string): KnownBlock => actions('key', [connectButton(interrupted)]);
