import { parseMinutes } from './minutes.ts';
import { nearest } from './nearest.ts';
import { shorten } from './text.ts';
import { type TicketId, type TicketNumber, ticketId, ticketNumber } from './ticket.ts';

/** A ticket as people point at it: its number, or its page in Syncro (which holds the id). */
export type TicketRef =
  | { readonly by: 'number'; readonly number: TicketNumber }
  | { readonly by: 'page'; readonly host: string; readonly id: TicketId };

/** Everything that a person can ask for with `/syncro …`. */
export type Command =
  | { readonly name: 'summary' }
  | { readonly name: 'help'; readonly about: CommandName | null }
  | { readonly name: 'ticket'; readonly ticket: TicketRef }
  | {
      readonly name: 'bill';
      readonly number: TicketNumber;
      /** As typed; the form shows it and checks it again. */
      readonly minutes: string | null;
      readonly labor: string | null;
    }
  | { readonly name: 'search'; readonly words: string }
  | { readonly name: 'customers'; readonly words: string };

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
    };

/** One row: the parser, the help and the usage hint of a command. */
export type CommandRow = {
  /** What stands behind `/syncro`. */
  readonly usage: string;
  readonly does: string;
  readonly example: string;
  readonly parse: (words: readonly string[], text: string) => ParsedCommand;
};

const ok = (command: Command): ParsedCommand => ({ ok: true, command });
const problem = (text: string, example: string): ParsedCommand => ({
  ok: false,
  problem: text,
  suggestion: null,
  example,
});

/** `32164` and `#32164`. */
export const parseTicketNumber = (text: string | undefined): TicketNumber | null => {
  const match = text?.match(/^#?(\d{1,9})$/);
  return match ? ticketNumber(Number(match[1])) : null;
};

/** Slack hands an address over as `<https://…>` or `<https://…|label>`. */
const parseTicketPage = (text: string | undefined): TicketRef | null => {
  const match = text?.match(/^<?https?:\/\/([a-z0-9.:-]+)\/tickets\/(\d{1,12})(?:[/?#|][^>]*)?>?$/i);
  return match?.[1] && match[2] ? { by: 'page', host: match[1].toLowerCase(), id: ticketId(Number(match[2])) } : null;
};

const parseTicket = (words: readonly string[]): ParsedCommand => {
  const page = parseTicketPage(words[0]);
  if (page) return ok({ name: 'ticket', ticket: page });
  return withNumber('ticket 32164', words, (number) => ok({ name: 'ticket', ticket: { by: 'number', number } }));
};

const withNumber = (
  usage: string,
  words: readonly string[],
  make: (number: TicketNumber, rest: readonly string[]) => ParsedCommand,
): ParsedCommand => {
  const number = parseTicketNumber(words[0]);
  if (number !== null) return make(number, words.slice(1));
  if (words[0] === undefined) return problem('Which ticket? A number is missing.', usage);
  return problem(`"${shorten(words[0], 60)}" is not a ticket number.`, usage);
};

const isTime = (words: readonly string[]): boolean => parseMinutes(words.join(' ')).ok;

/** Minutes ("1 h 30 m") and labor type in either order; the longest run of words that reads as a time is the minutes. */
const parseBill = (words: readonly string[]): ParsedCommand =>
  withNumber('bill 32164', words, (number, rest) => {
    const bill = (minutes: readonly string[], labor: readonly string[]): ParsedCommand =>
      ok({ name: 'bill', number, minutes: minutes.join(' ') || null, labor: labor.join(' ').toLowerCase() || null });
    for (let count = Math.min(4, rest.length); count > 0; count--) {
      if (isTime(rest.slice(0, count))) return bill(rest.slice(0, count), rest.slice(count));
      if (isTime(rest.slice(-count))) return bill(rest.slice(-count), rest.slice(0, -count));
    }
    return bill([], rest);
  });

/** The one table: what is here can be typed, is in the help, and must have a handler in slack/commands. */
export const COMMANDS: Readonly<Record<CommandName, CommandRow>> = {
  summary: {
    usage: '',
    does: "my open tickets, and everyone's by status",
    example: '',
    parse: () => ok({ name: 'summary' }),
  },
  ticket: {
    usage: 'ticket <number>',
    does: 'one ticket: status, customer, last comments, charges',
    example: 'ticket 32164',
    parse: parseTicket,
  },
  bill: {
    usage: 'bill <number> [<minutes>] [<labor>]',
    does: 'bill time: comment, labor, checked invoice, status; you see everything before it is sent',
    example: 'bill 32164 45m remote',
    parse: parseBill,
  },
  search: {
    usage: 'search <words>',
    does: 'tickets by number, subject, customer or comment',
    example: 'search printer acme',
    parse: (_words, text) =>
      text ? ok({ name: 'search', words: text }) : problem('Search for what?', 'search printer'),
  },
  customers: {
    usage: 'customers <words>',
    does: 'customers by name, phone or e-mail',
    example: 'customers burger',
    parse: (_words, text) =>
      text
        ? ok({ name: 'customers', words: text })
        : problem('Which customer? A name, phone or e-mail.', 'customers burger'),
  },
  help: {
    usage: 'help [<command>]',
    does: 'this list, or one command in full',
    example: 'help bill',
    parse: (words) => {
      if (words[0] === undefined) return ok({ name: 'help', about: null });
      const about = findName(words[0]);
      return about ? ok({ name: 'help', about }) : unknown(words[0]);
    },
  },
};

const NAMES = (Object.keys(COMMANDS) as CommandName[]).filter((name) => name !== 'summary');

const findName = (word: string): CommandName | null => NAMES.find((name) => name === word.toLowerCase()) ?? null;

const unknown = (word: string): ParsedCommand => ({
  ok: false,
  problem: `"${shorten(word, 60)}" is not a command.`,
  suggestion: nearest(word, NAMES) ?? 'help',
  example: null,
});

/** The text behind `/syncro` to a command, or what was not understood and what comes nearest. */
export const parseCommand = (text: string): ParsedCommand => {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return COMMANDS.summary.parse([], '');
  const name = findName(first);
  if (name) return COMMANDS[name].parse(words.slice(1), text.trim().slice(first.length).trim());
  // A bare number means the ticket: the shortest thing that people type.
  if (parseTicketNumber(first) !== null || parseTicketPage(first)) return COMMANDS.ticket.parse(words, '');
  return unknown(first);
};

/** Slack's usage hint: a list of what can follow, each a valid beginning. */
export const usageHint = (): string => NAMES.map((name) => COMMANDS[name].usage).join(' | ');
