import { z } from 'zod';
import type { Log } from '../../../shared/system.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { Channels } from '../../../slack/channels.ts';
import { findMarked } from '../../../slack/find-marked.ts';
import type { Links } from '../../../slack/links.ts';
import { slackFailure } from '../../../slack/slack-failure.ts';
import type { WebClients } from '../../../slack/web-clients.ts';
import type { DigestBoard, DigestSlot } from '../ports.ts';
import { digestProblemMessage } from './digest-problem.ts';
import { digestMessage } from './message.ts';

const EVENT_TYPE = 'syncro_digest';
/** Why nothing is posted where other companies read along; a word of our own beside Slack's. */
const EXTERNAL = 'externally_shared';

const payload = z.looseObject({ job: z.string(), slot: z.number() });

export type DigestBoardDeps = {
  readonly clients: Pick<WebClients, 'once' | 'background'>;
  readonly channels: Channels;
  readonly technicians: readonly Technician[];
  readonly links: Links;
  readonly log: Log;
};

/** Every digest carries its slot as metadata, which people don't see: by that it is found again. */
const isSlot =
  ({ job, slot }: DigestSlot) =>
  (found: unknown): boolean => {
    const { data } = payload.safeParse(found);
    return data?.job === job && data.slot === slot;
  };

export const createDigestBoard = ({ clients, channels, technicians, links, log }: DigestBoardDeps): DigestBoard => {
  const client = clients.once;
  return {
    post: async (channel, digest, remarks, slot) => {
      if ((await channels.reach(channel)) === 'external') return { result: 'refused', reason: EXTERNAL };
      const { text, blocks } = digestMessage(digest, remarks, links);
      const metadata = slot && { event_type: EVENT_TYPE, event_payload: { job: slot.job, slot: slot.slot } };
      try {
        const posted = await client.chat.postMessage({
          channel,
          text,
          blocks,
          unfurl_links: false,
          unfurl_media: false,
          ...(metadata ? { metadata } : {}),
        });
        return { result: 'posted', ts: posted.ts ?? '' };
      } catch (error) {
        const failure = slackFailure(error);
        log.warn({ channel, err: error, failure: failure.kind }, 'a digest was not taken by Slack');
        return failure.kind === 'refused' ? { result: 'refused', reason: failure.reason } : { result: failure.kind };
      }
    },

    find: async (slot) => {
      try {
        const { channel, slot: since } = slot;
        return await findMarked(clients.background, { channel, since, eventType: EVENT_TYPE, isIt: isSlot(slot) });
      } catch (error) {
        const failure = slackFailure(error);
        if (failure.kind !== 'refused') throw error;
        return { result: 'unreadable', reason: failure.reason };
      }
    },

    // Who may read a channel's messages is in it, and may post.
    closed: async (channel) => {
      if ((await channels.reach(channel)) === 'external') return EXTERNAL;
      try {
        await client.conversations.history({ channel, limit: 1 });
        return null;
      } catch (error) {
        const failure = slackFailure(error);
        return failure.kind === 'refused' ? failure.reason : null;
      }
    },

    tellAdmins: async (job, reason) => {
      const { text, blocks } = digestProblemMessage(job, reason);
      for (const { role, slackUser } of technicians) {
        if (role !== 'admin') continue;
        try {
          const { channel } = await clients.background.conversations.open({ users: slackUser });
          await clients.background.chat.postMessage({ channel: channel?.id ?? slackUser, text, blocks });
        } catch (error) {
          log.error({ slackUser, err: error }, 'an admin could not be told of a digest that can not be posted');
        }
      }
    },
  };
};
