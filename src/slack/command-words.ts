import { parseMinutes } from '../shared/minutes.ts';
import { shorten } from '../shared/text.ts';
import type { TicketRef } from '../syncro/ticket-ref.ts';
import { parseTicketRef } from '../syncro/ticket-ref.ts';
import type { Command, ParsedCommand } from './command-types.ts';

export const ok = (command: Command): ParsedCommand => ({ ok: true, command });
export const problem = (text: string, example: string): ParsedCommand => ({
  ok: false,
  problem: text,
  suggestion: null,
  example,
});

export const withTicket = (
  usage: string,
  words: readonly string[],
  make: (ticket: TicketRef, rest: readonly string[]) => ParsedCommand,
): ParsedCommand => {
  const ticket = parseTicketRef(words[0]);
  if (ticket) return make(ticket, words.slice(1));
  if (words[0] === undefined) return problem('Which ticket? A number is missing.', usage);
  return problem(`"${shorten(words[0], 60)}" is not a ticket number.`, usage);
};

const isTime = (words: readonly string[]): boolean => parseMinutes(words.join(' ')).ok;

/** Minutes ("1 h 30 m") and labor type in either order; the longest run of words that reads as a time is the minutes. */
export const parseBill = (words: readonly string[]): ParsedCommand =>
  withTicket('bill 32164', words, (ticket, rest) => {
    const bill = (minutes: readonly string[], labor: readonly string[]): ParsedCommand =>
      ok({ name: 'bill', ticket, minutes: minutes.join(' ') || null, labor: labor.join(' ').toLowerCase() || null });
    for (let count = Math.min(4, rest.length); count > 0; count--) {
      if (isTime(rest.slice(0, count))) return bill(rest.slice(0, count), rest.slice(count));
      if (isTime(rest.slice(-count))) return bill(rest.slice(-count), rest.slice(0, -count));
    }
    return bill([], rest);
  });

/** A command about one ticket and nothing else. */
export const ticketOnly =
  (usage: string, make: (ticket: TicketRef) => Command) =>
  (words: readonly string[]): ParsedCommand =>
    withTicket(usage, words, (ticket) => ok(make(ticket)));

const TIMER_EXAMPLE = 'timer start 32164';

export const parseTimer = (words: readonly string[]): ParsedCommand => {
  const [verb = 'list', ...rest] = words;
  switch (verb.toLowerCase()) {
    case 'start':
      return withTicket(TIMER_EXAMPLE, rest, (ticket) => ok({ name: 'timer', verb: 'start', ticket }));
    case 'stop':
      if (rest[0] === undefined) return ok({ name: 'timer', verb: 'stop', ticket: null });
      return withTicket('timer stop 32164', rest, (ticket) => ok({ name: 'timer', verb: 'stop', ticket }));
    case 'list':
      return ok({ name: 'timer', verb: 'list' });
    default:
      return problem(`"${shorten(verb, 60)}" is not something that a timer does: start, stop or list.`, TIMER_EXAMPLE);
  }
};

/** `8`, `8:00`, `08:00`, `8am`, `5 pm` to `HH:MM`; `null`: no time of day. */
const parseTimeOfDay = (text: string): string | null => {
  const match = text.toLowerCase().match(/^(\d{1,2})(?::([0-5]\d))?\s*(am|pm)?$/);
  if (!match) return null;
  const half = match[3];
  const hour = Number(match[1]);
  if (half ? hour < 1 || hour > 12 : hour > 23) return null;
  const hours = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  return `${String(hours).padStart(2, '0')}:${match[2] ?? '00'}`;
};

const DIGEST_EXAMPLE = 'digest here at 08:00';

export const parseDigest = (words: readonly string[]): ParsedCommand => {
  const [verb = 'list', ...rest] = words.map((word) => word.toLowerCase());
  switch (verb) {
    case 'now':
    case 'preview':
    case 'list':
    case 'off':
      return ok({ name: 'digest', verb });
    case 'here': {
      const text = rest.filter((word) => word !== 'at').join(' ');
      const at = parseTimeOfDay(text);
      if (at !== null) return ok({ name: 'digest', verb: 'here', at });
      return problem(
        text ? `"${shorten(text, 60)}" is not a time of day.` : 'At what time? It is missing.',
        DIGEST_EXAMPLE,
      );
    }
    default:
      return problem(
        `"${shorten(verb, 60)}" is not something that a digest does: now, preview, here at <time>, list or off.`,
        DIGEST_EXAMPLE,
      );
  }
};

/** @param mentioned the member ids behind the text's mentions */
export const parseDisconnect = (
  [who]: readonly string[],
  _text: string,
  [mentioned]: readonly string[],
): ParsedCommand => {
  if (who === undefined) return ok({ name: 'disconnect', slackUser: null });
  const slackUser = who.startsWith('@') ? mentioned : /^[UW][A-Z0-9]{2,}$/.exec(who)?.[0];
  if (slackUser !== undefined) return ok({ name: 'disconnect', slackUser });
  return problem(
    `"${shorten(who, 60)}" is nobody that I know. Mention the person, or give their Slack member ID.`,
    'disconnect U012HOWARD',
  );
};
