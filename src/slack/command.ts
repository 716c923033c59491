import { nearest } from '../shared/nearest.ts';
import { shorten } from '../shared/text.ts';
import { looksLikeToken } from '../shared/token.ts';
import { parseTicketRef } from '../syncro/ticket-ref.ts';
import type { CommandName, ParsedCommand } from './command-types.ts';
import {
  ok,
  parseBill,
  parseDigest,
  parseDisconnect,
  parseTimer,
  problem,
  ticketOnly,
  withTicket,
} from './command-words.ts';

/** One row: the parser, the help and the usage hint of a command. */
export type CommandRow = {
  /** What stands behind `/syncro`. */
  readonly usage: string;
  readonly does: string;
  readonly example: string;
  /** What of it only admins may do; the help shows it to them. */
  readonly forAdmins?: { readonly usage: string; readonly does: string };
  readonly parse: (words: readonly string[], text: string, mentioned: readonly string[]) => ParsedCommand;
};

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
    parse: ticketOnly('ticket 32164', (ticket) => ({ name: 'ticket', ticket })),
  },
  bill: {
    usage: 'bill <number> [<minutes>] [<labor>]',
    does: 'bill time: comment, labor, checked invoice, status; previewed first',
    example: 'bill 32164 45m remote',
    parse: parseBill,
  },
  comment: {
    usage: 'comment <number> [<text>]',
    does: 'comment on a ticket: e-mailed, in the portal or internal; previewed first',
    example: 'comment 32164 Rebooted, please check.',
    parse: (words, text) =>
      withTicket('comment 32164', words, (ticket) =>
        ok({ name: 'comment', ticket, text: text.slice(words[0]?.length ?? 0).trim() || null }),
      ),
  },
  create: {
    usage: 'create [<customer> <subject>]',
    does: 'a new ticket; a name of several words in quotes: "Acme West" printer jams',
    example: 'create "Acme West" printer jams',
    parse: (_words, text) => ok({ name: 'create', text }),
  },
  update: {
    usage: 'update <number> [<status>]',
    does: 'status, priority, technician, due date; the first letters of a status are enough',
    example: 'update 32164 wait c',
    parse: (words) =>
      withTicket('update 32164', words, (ticket, others) =>
        ok({ name: 'update', ticket, status: others.join(' ') || null }),
      ),
  },
  close: {
    usage: 'close <number>',
    does: 'close a ticket, with a resolution; says what is not billed yet',
    example: 'close 32164',
    parse: ticketOnly('close 32164', (ticket) => ({ name: 'close', ticket })),
  },
  timer: {
    usage: 'timer start|stop|list [<number>]',
    does: 'measure the minutes of a ticket; stop opens the bill with them',
    example: 'timer start 32164',
    parse: parseTimer,
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
  audit: {
    usage: 'audit <number>',
    does: 'who had what done on a ticket from here, and how it ended',
    example: 'audit 32164',
    parse: ticketOnly('audit 32164', (ticket) => ({ name: 'audit', ticket })),
  },
  digest: {
    usage: 'digest now|preview|list',
    does: 'the open tickets of the day: for this channel, or for you alone',
    example: 'digest preview',
    forAdmins: { usage: 'digest here at <time>|off', does: 'every workday into this channel, or no more' },
    parse: parseDigest,
  },
  connect: {
    usage: 'connect',
    does: 'my own Syncro key, so that I write under my own name; typed into a form only',
    example: 'connect',
    parse: (words) => (words.length === 0 ? ok({ name: 'connect' }) : keyTyped('Keys go into the form only.')),
  },
  disconnect: {
    usage: 'disconnect [<member>]',
    does: 'forget the key that I connected; admins also for somebody else',
    example: 'disconnect',
    parse: parseDisconnect,
  },
  whoami: {
    usage: 'whoami [all]',
    does: 'who I am in Slack and in Syncro, and where my key comes from; admins: all shows everybody',
    example: 'whoami',
    parse: (words) => {
      if (words.length === 0) return ok({ name: 'whoami', all: false });
      if (words[0]?.toLowerCase() === 'all') return ok({ name: 'whoami', all: true });
      return problem(`"${shorten(words[0] ?? '', 60)}" can't follow whoami.`, 'whoami');
    },
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

/** Nothing of what was typed is said back: it may be a key. */
const keyTyped = (why: string): ParsedCommand & { ok: false } => ({
  ok: false,
  problem: `${why} If you just typed a Syncro key, revoke it in Syncro (Admin → API Tokens) and make a new one: Slack keeps what you typed. Nothing was done with it.`,
  suggestion: 'connect',
  example: null,
});

/**
 * The text behind `/syncro`, as the person saw it, to a command, or what was not understood and what comes nearest.
 * @param mentioned the member ids behind its mentions
 */
export const parseCommand = (text: string, mentioned: readonly string[] = []): ParsedCommand => {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return COMMANDS.summary.parse([], '', []);
  // Before anything else looks at it: what is not understood is quoted back, and what is understood may be stored.
  if (words.some(looksLikeToken))
    return {
      ...keyTyped(
        'One of these words looks like a key or a password, and those go into a form only. If it is none, leave it out here and type it in the form.',
      ),
      ...(findName(first) === 'search' ? { suggestion: null, form: 'search' } : {}),
    };
  const name = findName(first);
  if (name) return COMMANDS[name].parse(words.slice(1), text.trim().slice(first.length).trim(), mentioned);
  // A bare number means the ticket: the shortest thing that people type.
  if (parseTicketRef(first)) return COMMANDS.ticket.parse(words, '', []);
  return unknown(first);
};

/** Slack's usage hint: a list of what can follow, each a valid beginning. */
export const usageHint = (): string => NAMES.map((name) => COMMANDS[name].usage).join(' | ');
