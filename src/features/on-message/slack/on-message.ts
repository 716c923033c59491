import { AppError } from '../../../shared/errors.ts';
import { minutesNamed } from '../../../shared/minutes.ts';
import type { Asked, TakeShortcut } from '../../../slack/asked.ts';
import type { Rows } from '../../../slack/feature.ts';
import { inView, readingView } from '../../../slack/forms/in-view.ts';
import { openView } from '../../../slack/forms/views.ts';
import { BILL, COMMENT, chooseTicketToBill, openChooser, type Purpose } from './choose-ticket.ts';
import { draftFromMessage } from './draft.ts';
import { type OfMessage, ticketsOfMessage } from './find-ticket.ts';
import { readMessage, type SlackMessage } from './message.ts';
import type { OnMessageUse } from './use.ts';

type OnMessage = (asked: Asked<OnMessageUse>, channel: string, message: SlackMessage, viewId: string) => Promise<void>;

/** Opens a view at once, because the trigger dies after 3 seconds, and makes the form of it when all is read. */
const onMessage =
  (title: string, work: OnMessage): TakeShortcut<OnMessageUse> =>
  async (asked, shortcut) => {
    if (shortcut.type !== 'message_action') throw new AppError('stale', 'This shortcut only works on a message.');
    const { id } = await openView(asked.deps, asked.triggerId, readingView(title, 'Reading the message'));
    const message = readMessage(shortcut.message);
    await inView(asked, id, title, () => work(asked, shortcut.channel.id, message, id));
  };

const whyOffered = ({ tickets, closed }: OfMessage): string => {
  if (tickets.length > 1) return 'The message names several tickets. Which one?';
  return closed === null ? '' : `I'm not allowed to read the rest of this thread: ${closed}.`;
};

/** Whatever began as Slack text stays internal unless the person chooses otherwise. */
const onTicket =
  (purpose: Purpose): OnMessage =>
  async (asked, channel, message, viewId) => {
    const [{ text, comment }, named] = await Promise.all([
      draftFromMessage(asked.deps, channel, message),
      ticketsOfMessage(asked, channel, message),
    ]);
    const minutes = minutesNamed(text);
    const draft = { comment, audience: 'internal', ...(minutes === null ? {} : { offered: String(minutes) }) };
    const [only, ...others] = named.tickets;
    if (only && others.length === 0) return purpose.open(asked, only.number, draft, viewId);
    const { tickets, missing } = named;
    await openChooser(asked, purpose, { draft, why: whyOffered(named), offered: tickets, missing }, viewId);
  };

const createFromMessage: OnMessage = async (asked, channel, message, viewId) => {
  const { comment, subject } = await draftFromMessage(asked.deps, channel, message);
  const named = subject ? { subject } : {};
  await asked.use.openCreateForm(asked, { ...named, description: comment, audience: 'internal' }, viewId);
};

/** Begins work from a message, or from anywhere in Slack. */
export const shortcuts: NonNullable<Rows<OnMessageUse>['shortcuts']> = {
  bill_message: onMessage('Bill time', onTicket(BILL)),
  comment_message: onMessage('Add to ticket', onTicket(COMMENT)),
  create_message: onMessage('New ticket', createFromMessage),
  bill_time: (asked) => chooseTicketToBill(asked),
  new_ticket: (asked) => asked.use.openCreateForm(asked, {}),
};
