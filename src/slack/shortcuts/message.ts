import { z } from 'zod';
import { typedText } from '../../domain/typed-text.ts';
import { attachmentText, blockText } from '../block-text.ts';
import { type NameOf, plainText } from '../message-text.ts';

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

const FORWARD = z.array(z.looseObject({ is_share: z.literal(true), author_name: maybe })).length(1);

/** Whose words it is when somebody only passes them on; `null`: it has words of its own, or nobody is named. */
export const forwardedFrom = ({ text: said, blocks, attachments }: SlackMessage): string | null => {
  if (said.trim() || (Array.isArray(blocks) && blocks.length > 0)) return null;
  return FORWARD.safeParse(attachments).data?.[0]?.author_name ?? null;
};

const fileNames = ({ files }: SlackMessage): string => {
  const names = files.flatMap(({ name, title }) => (name || title ? [name || title] : []));
  return names.length > 0 ? `Files: ${names.slice(0, 20).join(', ')}` : '';
};

/** Attachments are what a bot says, or a message that somebody forwards; under text they are mostly link previews. */
const forwarded = (attachments: unknown): readonly unknown[] =>
  (Array.isArray(attachments) ? attachments : []).filter(
    (one: unknown) => z.looseObject({ is_share: z.literal(true) }).safeParse(one).success,
  );

/** Beside words of somebody else's it must show whose these are. */
const passedOn = (attachment: unknown, nameOf: NameOf): string => {
  const words = attachmentText([attachment], nameOf).trim();
  const author = z.looseObject({ author_name: maybe }).safeParse(attachment).data?.author_name;
  return author && words ? `${author}: ${words}` : words;
};

/** All that a person reads in it, as plain text: its text, else its blocks, else its attachments; and its files. */
export const messageText = (message: SlackMessage, nameOf: NameOf): string => {
  const said = plainText(message.text, nameOf).trim() || blockText(message.blocks, nameOf).trim();
  const more = said
    ? forwarded(message.attachments)
        .map((one) => passedOn(one, nameOf))
        .join('\n')
    : attachmentText(message.attachments, nameOf).trim();
  return typedText([said, more, fileNames(message)].filter(Boolean).join('\n'));
};

/** Everybody whose name the text needs: those it mentions. */
export const mentionedUsers = ({ text: said, blocks, attachments }: SlackMessage): readonly string[] =>
  [...JSON.stringify([said, blocks, attachments]).matchAll(/(?:<@|"user_id":")([UW][A-Z0-9]{2,30})/g)].flatMap(
    ([, id]) => id ?? [],
  );
