import type { Core } from './core.ts';
import { refusal } from './core.ts';
import { type Json, textOf } from './json.ts';
import {
  addMessage,
  changeMessage,
  findMessage,
  messageJson,
  permalink,
  refuseContent,
  removeMessage,
  resolveChannel,
} from './messages.ts';
import { BOT_USER_ID } from './options.ts';

/** One method of the Web API. */
export type Method = (core: Core, args: Json) => Json;

/** @returns why the app may not post this, or undefined. */
export const refusePost = (core: Core, where: string, args: Json): Json | undefined => {
  const channel = resolveChannel(core, args.channel);
  if (!channel) return refusal('channel_not_found');
  const inside = channel.members.has(BOT_USER_ID);
  if (!inside) return refusal(channel.kind === 'private' ? 'channel_not_found' : 'not_in_channel');
  if (channel.isArchived) return refusal('is_archived');
  return refuseContent(core, where, args, 40_000);
};

const postMessage: Method = (core, args) => {
  const refused = refusePost(core, 'chat.postMessage', args);
  if (refused) return refused;
  const channel = resolveChannel(core, args.channel);
  if (!channel) return refusal('channel_not_found');
  const threadTs = textOf(args.thread_ts);
  const more = threadTs === '' ? {} : { threadTs };
  const message = addMessage(core, { channel: channel.id, content: args, ...more });
  return { ok: true, channel: channel.id, ts: message.ts, message: messageJson(message) };
};

const postEphemeral: Method = (core, args) => {
  const channel = resolveChannel(core, args.channel);
  if (!channel?.members.has(BOT_USER_ID)) return refusal('channel_not_found');
  if (channel.isArchived) return refusal('is_archived');
  const user = textOf(args.user);
  if (!channel.members.has(user)) return refusal('user_not_in_channel');
  const refused = refuseContent(core, 'chat.postEphemeral', args, 40_000);
  if (refused) return refused;
  const message = addMessage(core, { channel: channel.id, content: args, ephemeralTo: user });
  return { ok: true, message_ts: message.ts };
};

const update: Method = (core, args) => {
  const channel = resolveChannel(core, args.channel);
  if (!channel) return refusal('channel_not_found');
  const message = findMessage(core, channel.id, args.ts);
  if (!message || message.ephemeralTo !== undefined) return refusal('message_not_found');
  if (!message.byApp) return refusal('cant_update_message');
  if (channel.isArchived) return refusal('is_archived');
  const refused = refuseContent(core, 'chat.update', args, 4000);
  if (refused) return refused;
  changeMessage(core, message, args);
  return { ok: true, channel: channel.id, ts: message.ts, text: message.text, message: messageJson(message) };
};

const remove: Method = (core, args) => {
  const message = findMessage(core, resolveChannel(core, args.channel)?.id, args.ts);
  if (!message || message.ephemeralTo !== undefined) return refusal('message_not_found');
  if (!message.byApp) return refusal('cant_delete_message');
  removeMessage(core, message);
  return { ok: true, channel: message.channel, ts: message.ts };
};

const getPermalink: Method = (core, args) => {
  const channel = resolveChannel(core, args.channel);
  if (!channel) return refusal('channel_not_found');
  const message = findMessage(core, channel.id, args.message_ts);
  return message ? { ok: true, channel: channel.id, permalink: permalink(message) } : refusal('message_not_found');
};

const addReaction: Method = (core, args) => {
  const message = findMessage(core, resolveChannel(core, args.channel)?.id, args.timestamp);
  if (!message) return refusal('message_not_found');
  const name = textOf(args.name);
  if (message.reactions.includes(name)) return refusal('already_reacted');
  message.reactions.push(name);
  core.changes.changed();
  return { ok: true };
};

export const CHAT_METHODS: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
  'reactions.add': addReaction,
};
