import type { WebClient } from '@slack/web-api';
import type { Log, Notice, Notifier } from '../app/ports.ts';
import { isQuiet, type Run } from '../domain/run.ts';
import { openDm } from './direct-message.ts';
import type { Links } from './messages/links.ts';
import { runMessage } from './messages/run.ts';
import { fitMessage } from './say.ts';

const CLOCK_SKEW_S = 120;

/** Shows a run as one direct message that is updated in place and stays as the receipt. */
export const createNotifier = (client: WebClient, links: Links, log: Log): Notifier => {
  /** A message of this run that was posted by a process which died before it could note where. */
  const findPosted = async (run: Run, channel: string): Promise<Notice | null> => {
    try {
      const oldest = String(Math.floor(run.createdAt / 1000) - CLOCK_SKEW_S);
      const { messages } = await client.conversations.history({ channel, oldest, limit: 100 });
      const found = messages?.find((message) => JSON.stringify(message.blocks ?? []).includes(`ref ${run.ref}`));
      return found?.ts ? { channel, ts: found.ts } : null;
    } catch (error) {
      log.warn({ ref: run.ref, err: error }, 'could not look for a message that may be there, posting it');
      return null;
    }
  };

  return {
    show: async (run, notice, mayBeThere) => {
      if (notice === null && isQuiet(run)) return null;
      const { text, blocks } = fitMessage(runMessage(run, links), log);
      const channel = notice?.channel ?? (await openDm(client, run.technician.slackUser, log));
      const known = notice ?? (mayBeThere ? await findPosted(run, channel) : null);
      if (known) {
        await client.chat.update({ channel: known.channel, ts: known.ts, text, blocks });
        return known;
      }
      const posted = await client.chat.postMessage({ channel, text, blocks, unfurl_links: false, unfurl_media: false });
      return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
    },
  };
};
