import type { GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { Technician } from '../shared/technician.ts';
import type { SlackKit } from './kit.ts';
import type { Say } from './person.ts';

/** What a person asked for, and the means to answer. @template Use the use cases of the feature that it was asked of */
export type Asked<Use = unknown> = {
  readonly deps: SlackKit;
  readonly use: Use;
  readonly technician: Technician;
  /** The command's real name here, `/syncro`. */
  readonly command: string;
  /** Opens one form, within 3 seconds. */
  readonly triggerId: string;
  readonly say: Say;
  /** Where it was asked; `null`: in the Home, a form or a global shortcut. */
  readonly channel: string | null;
  /** What was asked, as it is typed behind the command; it goes on by itself when a key had to be connected first. */
  readonly text?: string;
};

/** A form, or the Home, as it came with what was done in it. */
export type SeenView = {
  readonly id: string;
  readonly callbackId: string;
  readonly metadata: string;
  /** What its fields hold; hostile until read. */
  readonly values: unknown;
};

export type Shortcut = GlobalShortcut | MessageShortcut;

export type TakeShortcut<Use = unknown> = (asked: Asked<Use>, shortcut: Shortcut) => Promise<void>;

/** What a typeahead offers; Slack takes at most 100. */
export type Suggestions = {
  readonly options: Array<{
    text: { type: 'plain_text'; text: string; emoji?: boolean };
    value: string;
    description?: { type: 'plain_text'; text: string; emoji?: boolean };
  }>;
};

export type AskedFor<Use = unknown> = Pick<Asked<Use>, 'deps' | 'use' | 'technician'> & {
  /** The form that the select stands in. */
  readonly formId: string | null;
};

export type Suggest<Use = unknown> = (asked: AskedFor<Use>, query: string) => Promise<Suggestions>;
