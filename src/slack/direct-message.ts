import type { WebClient } from '@slack/web-api';
import type { Log } from '../shared/system.ts';
import type { Reply } from './reply.ts';

/** A direct message needs its channel; where conversations.open is not to be had, Slack also takes the member id. */
export const openDm = async (client: WebClient, user: string, log: Log): Promise<string> => {
  try {
    const { channel } = await client.conversations.open({ users: user });
    return channel?.id ?? user;
  } catch (error) {
    log.debug({ err: error }, 'conversations.open failed, posting to the member id');
    return user;
  }
};

/** Says something in somebody's direct messages with the app, where it stays. */
export const sendDirect = async (client: WebClient, user: string, { text, blocks }: Reply, log: Log): Promise<void> => {
  await client.chat.postMessage({
    channel: await openDm(client, user, log),
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    unfurl_links: false,
    unfurl_media: false,
  });
};
