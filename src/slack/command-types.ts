import type { TicketRef } from '../syncro/ticket-ref.ts';

export type TimerCommand =
  | { readonly name: 'timer'; readonly verb: 'start'; readonly ticket: TicketRef }
  | { readonly name: 'timer'; readonly verb: 'stop'; readonly ticket: TicketRef | null }
  | { readonly name: 'timer'; readonly verb: 'list' };

export type DigestCommand =
  /** `list`: which digests are posted where. `now`: for this channel, at once. `preview`: for me alone. */
  | { readonly name: 'digest'; readonly verb: 'now' | 'preview' | 'list' | 'off' }
  /** Every workday into this channel; `at` is `HH:MM`. */
  | { readonly name: 'digest'; readonly verb: 'here'; readonly at: string };

/** Everything that a person can ask for with `/syncro …`. */
export type Command =
  | { readonly name: 'summary' }
  | { readonly name: 'help'; readonly about: CommandName | null }
  | { readonly name: 'ticket'; readonly ticket: TicketRef }
  | {
      readonly name: 'bill';
      readonly ticket: TicketRef;
      /** As typed; the form shows it and checks it again. */
      readonly minutes: string | null;
      readonly labor: string | null;
    }
  | { readonly name: 'comment'; readonly ticket: TicketRef; readonly text: string | null }
  /** Customer and subject as typed, in one text. */
  | { readonly name: 'create'; readonly text: string }
  /** The status as typed; it is matched against the account's own. */
  | { readonly name: 'update'; readonly ticket: TicketRef; readonly status: string | null }
  | { readonly name: 'close'; readonly ticket: TicketRef }
  | TimerCommand
  | DigestCommand
  | { readonly name: 'audit'; readonly ticket: TicketRef }
  | { readonly name: 'search'; readonly words: string }
  | { readonly name: 'customers'; readonly words: string }
  | { readonly name: 'connect' }
  /** `null`: my own key. */
  | { readonly name: 'disconnect'; readonly slackUser: string | null }
  /** `all`: everybody's keys, for admins. */
  | { readonly name: 'whoami'; readonly all: boolean };

export type CommandName = Command['name'];

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | {
      readonly ok: false;
      readonly problem: string;
      /** What was probably meant. */
      readonly suggestion: string | null;
      /** How it is typed right, when something is missing or malformed. */
      readonly example: string | null;
      /** A form takes what Slack should not keep. */
      readonly form?: 'search';
    };
