import { sendEvent, type Wiring } from './acts-on-commands.ts';
import type { Json } from './json.ts';
import { BOT_USER_ID } from './options.ts';
import { type SharedLink, unfurlDomain, urlsIn } from './shared-links.ts';
import type { Channel, Message, User } from './workspace.ts';

const tell = async (wiring: Wiring, user: User, shared: SharedLink, place: Json): Promise<void> => {
  const { core } = wiring;
  const links = urlsIn(shared.text).flatMap((url) => {
    const domain = unfurlDomain(url, core.settings.unfurlDomains);
    return domain === undefined ? [] : [{ domain, url }];
  });
  if (links.length === 0) return;
  const unfurlId = `U-${core.nextId()}`;
  core.sharedLinks.set(unfurlId, shared);
  const { source } = shared;
  const event = { type: 'link_shared', user: user.id, links, source, unfurl_id: unfurlId };
  // A text that is still being written has neither a channel nor a ts of its own.
  await sendEvent(wiring, { channel: 'COMPOSER', message_ts: unfurlId, ...event, ...place });
};

/** `link_shared` for a message with links of the app's domains. */
export const shareLinks = (wiring: Wiring, user: User, channel: Channel, message: Message): Promise<void> =>
  tell(
    wiring,
    user,
    { source: 'conversations_history', text: message.text, message, preview: [] },
    {
      channel: channel.id,
      message_ts: message.ts,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
      is_bot_user_member: channel.members.has(BOT_USER_ID),
    },
  );

/** The same while somebody writes it. @returns what the app answers shows up in its `preview`. */
export const composeLinks = async (wiring: Wiring, user: User, text: string): Promise<SharedLink> => {
  const shared: SharedLink = { source: 'composer', text, preview: [] };
  await tell(wiring, user, shared, { is_bot_user_member: false });
  return shared;
};
