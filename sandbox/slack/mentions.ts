import { type Json, jsonOf, jsonsOf, textOf } from './json.ts';

/** Everything that Slack parses for mentions: `text`, mrkdwn objects, markdown blocks, attachments. */
const parsedTexts = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(parsedTexts);
  const object = jsonOf(value);
  if (object.type === 'mrkdwn' || object.type === 'markdown') return [textOf(object.text)];
  return Object.values(object).flatMap((each) => (typeof each === 'object' ? parsedTexts(each) : []));
};

/** Rich text has elements of its own for mentions; its plain text is literal. */
const richMentions = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(richMentions);
  const object = jsonOf(value);
  if (object.type === 'broadcast') return [`<!${textOf(object.range)}>`];
  if (object.type === 'usergroup') return [`<!subteam^${textOf(object.usergroup_id)}>`];
  if (object.type === 'user') return [`<@${textOf(object.user_id)}>`];
  return Object.values(object).flatMap((each) => (typeof each === 'object' ? richMentions(each) : []));
};

const attachmentTexts = (attachments: unknown): readonly string[] =>
  jsonsOf(attachments).flatMap((each: Json) => [
    textOf(each.text),
    textOf(each.pretext),
    ...jsonsOf(each.fields).map((field) => textOf(field.value)),
  ]);

const inText = (text: string): readonly string[] => text.match(/<(?:!(?!date\^)|@)[^<>]*>/g) ?? [];

/**
 * Mentions that would reach people: broadcasts and groups always, people unless allowed. A customer's ticket text that
 * somebody forgot to escape shows up here.
 */
export const findMentions = (
  message: { readonly text?: unknown; readonly blocks?: unknown; readonly attachments?: unknown },
  allowed: readonly string[] | true,
): readonly string[] => {
  const texts = [
    textOf(message.text),
    ...attachmentTexts(message.attachments),
    ...parsedTexts([message.blocks, message.attachments]),
  ];
  const found = [...texts.flatMap(inText), ...richMentions([message.blocks, message.attachments])];
  return found.filter((mention) => {
    const person = /^<@([A-Z0-9]+)/.exec(mention)?.[1];
    return person === undefined || (allowed !== true && !allowed.includes(person));
  });
};
