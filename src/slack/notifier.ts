import type { WebClient } from '@slack/web-api';
import type { Log, Notifier } from '../app/ports.ts';
import type { Links } from './messages/links.ts';
import { runMessage } from './messages/run.ts';
import { fitMessage } from './say.ts';

/** Shows a run as one direct message that is updated in place and stays as the receipt. */
export const createNotifier = (client: WebClient, links: Links, log: Log): Notifier => {
  /** A direct message needs its channel; where conversations.open is not to be had, Slack also takes the member id. */
  const openDm = async (user: string): Promise<string> => {
    try {
      const { channel } = await client.conversations.open({ users: user });
      return channel?.id ?? user;
    } catch (error) {
      log.debug({ err: error }, 'conversations.open failed, posting to the member id');
      return user;
    }
  };

  return {
    show: async (run, notice) => {
      const { text, blocks } = fitMessage(runMessage(run, links), log);
      if (notice) {
        await client.chat.update({ channel: notice.channel, ts: notice.ts, text, blocks });
        return notice;
      }
      const channel = await openDm(run.technician.slackUser);
      const posted = await client.chat.postMessage({ channel, text, blocks, unfurl_links: false, unfurl_media: false });
      return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
    },
  };
};
