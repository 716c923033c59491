import { ui } from './state.ts';

/** What a newcomer may try, in the order in which it makes sense. */
export type Trial = {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Typed into the composer; the newcomer presses Enter. */
  readonly types?: string;
  /** The menu of the message with these words opens. */
  readonly opensMenuOf?: string;
  /** The customer of this ticket writes. */
  readonly replyOn?: number;
  readonly as?: string;
  readonly orders?: 'cut' | 'killAtWrite';
};

export const TRIALS: readonly Trial[] = [
  {
    name: 'bill',
    title: 'Bill 45 minutes',
    about: 'One line, one preview, one button; watch it land.',
    types: '/syncro bill 32164 45m remote fixed the printer',
  },
  {
    name: 'cut',
    title: 'Lose an answer',
    about: 'Syncro does the write, but its answer is cut. The receipt says what was done about it.',
    types: '/syncro bill 32155 15m remote restarted the spooler',
    orders: 'cut',
  },
  {
    name: 'kill',
    title: 'Kill the app in the middle of a bill',
    about: 'It dies after the first write, comes back and finishes.',
    types: '/syncro bill 32159 30m onsite replaced the router',
    orders: 'killAtWrite',
  },
  {
    name: 'message',
    title: 'Bill from a message',
    about: "Winter's message names the ticket: press Bill time.",
    opensMenuOf: 'Jerry called',
  },
  {
    name: 'create',
    title: 'Create a ticket',
    about: 'Type a few letters of a customer, such as acme.',
    types: '/syncro create',
  },
  {
    name: 'comment',
    title: 'Comment three ways',
    about: 'The preview says exactly who gets it.',
    types: '/syncro comment 32163',
  },
  {
    name: 'reply',
    title: 'Hear from a customer',
    about: 'Dana emails; you are told, and can reply.',
    replyOn: 32165,
  },
  {
    name: 'link',
    title: 'Share a link',
    about: 'The ticket shows under its link.',
    types: 'Who can look at https://computerguru.syncromsp.com/tickets/108443837 ?',
  },
  {
    name: 'connect',
    title: 'Be a technician without a key',
    about: 'Rob connects once, with a sample token, and carries on.',
    types: '/syncro ticket 32158',
    as: 'U012ROB',
  },
  {
    name: 'guest',
    title: 'Be a guest',
    about: 'One polite refusal, and no data.',
    types: '/syncro ticket 32164',
    as: 'U0GUEST',
  },
];

export const nextTrial = (): Trial | undefined => TRIALS.find(({ name }) => !ui.tried.has(name));

const beginning = (text: string): string => text.split(' ').slice(0, 2).join(' ');

/** What somebody tries by typing it on their own. */
export const triedBy = (text: string): string | undefined =>
  TRIALS.find(
    ({ types, orders, as }) => types?.startsWith('/') && !orders && !as && beginning(types) === beginning(text),
  )?.name;
