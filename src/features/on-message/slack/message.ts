import { z } from 'zod';
import { shorten } from '../../../shared/text.ts';
import { typedText } from '../../../shared/typed-text.ts';
import { attachmentText, blockText } from '../../../slack/block-text.ts';
import { type NameOf, plainText } from '../../../slack/message-text.ts';

const text = z.string().catch('');
const maybe = z.string().nullish().catch(null);

/** A message as Slack sends it along; bots leave out what people's messages have. */
const schema = z.object({
  text,
  user: maybe,
  username: maybe,
  bot_profile: z.looseObject({ name: maybe }).nullish().catch(null),
  ts: text,
  thread_ts: maybe,
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  files: z.array(z.looseObject({ name: maybe, title: maybe })).catch([]),
});

export type SlackMessage = z.infer<typeof schema>;

/** Whatever came, as a message. */
export const readMessage = (raw: unknown): SlackMessage => schema.catch(() => schema.parse({})).parse(raw);

/** A message that somebody passes on stands among the attachments. Not every one names its author. */
const forward = z.looseObject({
  is_share: z.literal(true),
  author_name: maybe,
  author_subname: maybe,
  author_id: maybe,
});

const listOf = (attachments: unknown): readonly unknown[] => (Array.isArray(attachments) ? attachments : []);

const forwardsOf = ({ attachments }: SlackMessage): ReadonlyArray<z.infer<typeof forward>> =>
  listOf(attachments).flatMap((one) => forward.safeParse(one).data ?? []);

/** What somebody is called, in one line. */
export const flat = (text: string): string => shorten(text.replace(/\s+/g, ' ').trim(), 80);

/** Whose words are passed on; empty: nobody knows. */
const authorOf = ({ author_name, author_subname, author_id }: z.infer<typeof forward>, nameOf: NameOf): string =>
  flat(author_name ?? '') || flat(author_subname ?? '') || flat((author_id && nameOf(author_id)) ?? '');

/** What who sent it says; previews of links and what is passed on are not theirs. */
const ownWords = ({ text: said, blocks }: SlackMessage, nameOf: NameOf): string =>
  plainText(said, nameOf).trim() || blockText(blocks, nameOf).trim();

/** Everybody whose words somebody only passes on, `''` for who is not known; none: it has words of its own. */
export const forwardedFrom = (message: SlackMessage, nameOf: NameOf): ReadonlySet<string> =>
  new Set(ownWords(message, nameOf) ? [] : forwardsOf(message).map((one) => authorOf(one, nameOf)));

const fileNames = ({ files }: SlackMessage): string => {
  const names = files.flatMap(({ name, title }) => (name || title ? [name || title] : []));
  return names.length > 0 ? `Files: ${names.slice(0, 20).join(', ')}` : '';
};

/** What is attached; of a message that is passed on, whose words these are. */
const attached = (attachment: unknown, nameOf: NameOf, otherwise: string): string => {
  const words = attachmentText([attachment], nameOf).trim();
  const { data } = forward.safeParse(attachment);
  const author = data && (authorOf(data, nameOf) || otherwise);
  return author && words ? `${author}: ${words}` : words;
};

/**
 * Attachments are what a bot says, or messages that somebody forwards; under text the others are mostly link previews.
 * Beside words of somebody else's it must show whose these are; of one author alone the source tells.
 */
const attachedText = (message: SlackMessage, said: string, nameOf: NameOf): string => {
  if (said)
    return forwardsOf(message)
      .map((one) => attached(one, nameOf, ''))
      .join('\n');
  if (forwardedFrom(message, nameOf).size < 2) return attachmentText(message.attachments, nameOf).trim();
  return listOf(message.attachments)
    .map((one) => attached(one, nameOf, 'somebody'))
    .filter(Boolean)
    .join('\n');
};

/** All that a person reads in it, as plain text: its text, else its blocks, else its attachments; and its files. */
export const messageText = (message: SlackMessage, nameOf: NameOf): string => {
  const said = ownWords(message, nameOf);
  return typedText([said, attachedText(message, said, nameOf), fileNames(message)].filter(Boolean).join('\n'));
};

/** Members who wrote what is passed on, where only their id stands there. */
export const unnamedAuthors = (message: SlackMessage): readonly string[] =>
  forwardsOf(message).flatMap((one) => (one.author_id && !authorOf(one, () => null) ? [one.author_id] : []));

/** Everybody whose name the text needs: those it mentions. */
export const mentionedUsers = ({ text: said, blocks, attachments }: SlackMessage): readonly string[] =>
  [...JSON.stringify([said, blocks, attachments]).matchAll(/(?:<@|"user_id":")([UW][A-Z0-9]{2,30})/g)].flatMap(
    ([, id]) => id ?? [],
  );
