import { shorten } from '../../../shared/text.ts';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import type { SlackKit } from '../../../slack/kit.ts';
import { cutText, type NameOf } from '../../../slack/message-text.ts';
import { flat, forwardedFrom, mentionedUsers, messageText, type SlackMessage, unnamedAuthors } from './message.ts';

const SUBJECT_LENGTH = 120;

export type SlackDraft = {
  /** The whole message as plain text. */
  readonly text: string;
  /** What a form begins with: the message, and who said it where. At most what a field takes. */
  readonly comment: string;
  /** Its first line, if it has one. */
  readonly subject: string;
};

/** Who passes on what others wrote is not its author, also where nobody knows who is. */
const authorOf = (message: SlackMessage, nameOf: NameOf): string => {
  const { user, username, bot_profile } = message;
  const originals = [...forwardedFrom(message, nameOf)];
  if (originals[0] && originals.length === 1) return originals[0];
  const app = flat(bot_profile?.name ?? username ?? '');
  const person = user ? flat(nameOf(user) ?? '') : '';
  const sender = app || person || 'somebody';
  return originals.length > 0 ? `forwarded by ${sender}` : sender;
};

export const slackDraft = (message: SlackMessage, nameOf: NameOf, permalink: string | null): SlackDraft => {
  const text = messageText(message, nameOf);
  const source = `— ${authorOf(message, nameOf)} in Slack${permalink ? `, ${permalink}` : ''}`;
  const room = FIELD_LENGTH - source.length - 2;
  const subject = text.split('\n').find((row) => row.trim() !== '') ?? '';
  return {
    text,
    comment: text === '' ? source : `${cutText(text, room)}\n\n${source}`,
    subject: shorten(subject.trim(), SUBJECT_LENGTH),
  };
};

/** Where the message can be read; `null` where the app may not know, as in channels that it is no member of. */
const permalinkOf = async ({ client, log }: SlackKit, channel: string, ts: string): Promise<string | null> => {
  try {
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    return permalink && permalink.length <= 500 ? permalink : null;
  } catch (error) {
    log.debug({ err: error }, 'a permalink could not be had');
    return null;
  }
};

/** Asks Slack for what the message itself doesn't carry: names and its address. Without them it goes on. */
export const draftFromMessage = async (deps: SlackKit, channel: string, message: SlackMessage): Promise<SlackDraft> => {
  const people = [...(message.user ? [message.user] : []), ...unnamedAuthors(message), ...mentionedUsers(message)];
  const [nameOf, permalink] = await Promise.all([deps.people.names(people), permalinkOf(deps, channel, message.ts)]);
  return slackDraft(message, nameOf, permalink);
};
