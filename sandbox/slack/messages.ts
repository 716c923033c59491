import { type Core, inspectMessage, refusal } from './core.ts';
import { withIds } from './elements.ts';
import { carryValues } from './input-values.ts';
import { isJson, type Json, jsonsOf, listOf, textOf } from './json.ts';
import { APP_ID, BOT_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID } from './options.ts';
import { type Channel, directChannel, type Message, type StateValues } from './workspace.ts';

/** The message as payloads, history and API answers carry it. */
export const messageJson = (message: Message): Json => ({
  type: 'message',
  user: message.user,
  ts: message.ts,
  team: TEAM_ID,
  text: message.text,
  ...(message.byApp ? { bot_id: BOT_ID, app_id: APP_ID } : {}),
  ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
  ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
  ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
});

export const permalink = (message: Message): string =>
  `https://${TEAM_DOMAIN}.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`;

/** By id, by `#name`, or a person's id, which means their direct message with the app. */
export const resolveChannel = (core: Core, given: unknown): Channel | undefined => {
  const id = textOf(given);
  const { channels, users } = core.workspace;
  const user = users.get(id);
  if (user) return user.deleted || user.isBot || user.isStranger ? undefined : directChannel(core.workspace, id);
  return channels.get(id) ?? [...channels.values()].find(({ name, kind }) => kind === 'public' && `#${name}` === id);
};

export const findMessage = (core: Core, channel: unknown, ts: unknown): Message | undefined =>
  core.workspace.messages.find((each) => each.channel === channel && each.ts === ts && !each.deleted);

export type NewMessage = {
  readonly channel: string;
  readonly user?: string;
  readonly ephemeralTo?: string;
  readonly threadTs?: string;
  readonly content: Json;
};

/** An event with a type and a payload, or entities (Work Objects). */
const isMetadata = (metadata: unknown): boolean => {
  if (metadata === undefined) return true;
  if (!isJson(metadata)) return false;
  return isJson(metadata.event_payload) ? textOf(metadata.event_type) !== '' : Array.isArray(metadata.entities);
};

/** Refuses content that Slack refuses; @returns undefined when it is fine. */
export const refuseContent = (core: Core, where: string, content: Json, maxText: number): Json | undefined => {
  if (typeof content.blocks === 'string' || typeof content.attachments === 'string') {
    core.problems.push(`${where}: blocks or attachments are not JSON`);
    return refusal('invalid_blocks_format');
  }
  if (!isMetadata(content.metadata)) return refusal('invalid_metadata_format');
  const found = inspectMessage(core, where, content);
  const text = textOf(content.text);
  if (text === '' && listOf(content.blocks).length === 0 && listOf(content.attachments).length === 0) {
    core.problems.push(`${where}: no text`);
    return refusal('no_text');
  }
  if (text.length > maxText) return refusal('msg_too_long');
  if (listOf(content.attachments).length > 100) return refusal('too_many_attachments');
  return found.length > 0 ? refusal('invalid_blocks', found) : undefined;
};

/** Adds a message that was found to be acceptable. */
export const addMessage = (core: Core, message: NewMessage): Message => {
  const made: Message = {
    ts: core.nextTs(),
    channel: message.channel,
    user: message.user ?? BOT_USER_ID,
    byApp: message.user === undefined,
    ...(message.ephemeralTo === undefined ? {} : { ephemeralTo: message.ephemeralTo }),
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    ...(isJson(message.content.metadata) ? { metadata: message.content.metadata } : {}),
    text: textOf(message.content.text),
    blocks: withIds(jsonsOf(message.content.blocks), core.nextId),
    attachments: jsonsOf(message.content.attachments),
    edited: false,
    deleted: false,
    reactions: [],
    values: new Map(),
  };
  core.workspace.messages.push(made);
  core.changes.changed();
  return made;
};

/** Blocks that are not sent again are gone; attachments stay until replaced. */
export const changeMessage = (core: Core, message: Message, content: Json): void => {
  message.text = textOf(content.text);
  message.blocks = withIds(jsonsOf(content.blocks), core.nextId);
  if (Array.isArray(content.attachments)) message.attachments = jsonsOf(content.attachments);
  if (isJson(content.metadata)) message.metadata = content.metadata;
  message.edited = true;
  core.changes.changed();
};

export const removeMessage = (core: Core, message: Message): void => {
  message.deleted = true;
  core.changes.changed();
};

/** What this person has chosen in the message's own inputs. */
export const messageValues = (message: Message, userId: string): StateValues => {
  const values = carryValues(message.blocks, message.values.get(userId) ?? new Map());
  message.values.set(userId, values);
  return values;
};

/** Newest last: what this person can see. */
export const visibleTo = (core: Core, userId: string): readonly Message[] =>
  core.workspace.messages.filter(
    (message) =>
      !message.deleted &&
      (message.ephemeralTo === undefined
        ? core.workspace.channels.get(message.channel)?.members.has(userId) === true
        : message.ephemeralTo === userId),
  );
