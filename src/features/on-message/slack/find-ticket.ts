import type { Asked } from '../../../slack/asked.ts';
import type { SlackKit } from '../../../slack/kit.ts';
import { notGranted } from '../../../slack/scopes.ts';
import type { NamedTickets } from '../../tickets/named-tickets.ts';
import { ticketMentions } from '../../tickets/ticket-mentions.ts';
import { messageText, readMessage, type SlackMessage } from './message.ts';
import type { OnMessageUse } from './use.ts';

const MOST_MESSAGES = 1_000;
/** Messages of a thread whose tickets are looked up before giving up. */
const MOST_TRIED = 5;

export type OfMessage = NamedTickets & {
  /** Why its thread can't be read though the app is there; `null`: it was read, or is none of the app's business. */
  readonly closed: string | null;
};

type Thread = { readonly messages: readonly SlackMessage[]; readonly closed: OfMessage['closed'] };

const nobody = (): null => null;

/** The thread's other messages: those before it, nearest first, then those after it. Empty where the app may not read. */
const threadAround = async (
  { client, log }: SlackKit,
  channel: string,
  { ts, thread_ts }: SlackMessage,
): Promise<Thread> => {
  if (!thread_ts) return { messages: [], closed: null };
  try {
    const { messages } = await client.conversations.replies({ channel, ts: thread_ts, limit: MOST_MESSAGES });
    const others = (messages ?? []).map(readMessage).filter((message) => message.ts !== ts);
    const byTime = others.sort((a, b) => Number(a.ts) - Number(b.ts));
    const before = byTime.filter((message) => Number(message.ts) < Number(ts));
    const after = byTime.filter((message) => Number(message.ts) > Number(ts));
    return { messages: [...before.reverse(), ...after], closed: null };
  } catch (error) {
    log.debug({ err: error }, 'a thread could not be read');
    return { messages: [], closed: notGranted(error) };
  }
};

/**
 * The tickets that the message names; if none, those of the nearest message of its thread that names one. More than one:
 * nobody guesses.
 * @throws AppError no_key
 */
export const ticketsOfMessage = async (
  { deps, use, technician }: Asked<OnMessageUse>,
  channel: string,
  message: SlackMessage,
): Promise<OfMessage> => {
  const refsOf = (text: string) => ticketMentions(text, deps.links.host);
  const own = await use.namedTickets(technician, refsOf(messageText(message, nobody)));
  if (own.tickets.length > 0) return { ...own, closed: null };
  const { messages, closed } = await threadAround(deps, channel, message);
  const naming = messages.map((other) => refsOf(messageText(other, nobody))).filter((refs) => refs.length > 0);
  for (const refs of naming.slice(0, MOST_TRIED)) {
    const named = await use.namedTickets(technician, refs);
    if (named.tickets.length > 0) return { tickets: named.tickets, missing: own.missing, closed };
  }
  return { ...own, closed };
};
