import { type Method, refusePost } from './api-chat.ts';
import { refusal } from './core.ts';
import { textOf } from './json.ts';
import { addMessage, resolveChannel } from './messages.ts';
import { BOT_ID } from './options.ts';

const FURTHEST_MS = 120 * 24 * 60 * 60 * 1000;

/** Kept until the sandbox's clock passes `post_at`; Slack drops what can't be posted any more then. */
const scheduleMessage: Method = (core, args) => {
  const refused = refusePost(core, 'chat.scheduleMessage', args);
  if (refused) return refused;
  const postAt = Number(args.post_at);
  const inMs = postAt * 1000 - core.clock.now();
  if (args.post_at === undefined || !Number.isInteger(postAt)) return refusal('invalid_time');
  if (inMs <= 0) return refusal('time_in_past');
  if (inMs > FURTHEST_MS) return refusal('time_too_far');
  const channel = resolveChannel(core, args.channel);
  if (!channel) return refusal('channel_not_found');
  const threadTs = textOf(args.thread_ts);
  core.clock.at(postAt * 1000, () => {
    if (core.workspace.channels.get(channel.id)?.isArchived) return;
    addMessage(core, { channel: channel.id, content: args, ...(threadTs === '' ? {} : { threadTs }) });
  });
  return {
    ok: true,
    channel: channel.id,
    scheduled_message_id: `Q${core.nextId()}`,
    post_at: postAt,
    message: { type: 'delayed_message', subtype: 'bot_message', bot_id: BOT_ID, text: textOf(args.text) },
  };
};

export const SCHEDULE_METHODS: Readonly<Record<string, Method>> = { 'chat.scheduleMessage': scheduleMessage };
