import { z } from 'zod';
import type { Log } from '../../../shared/system.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { Channels } from '../../../slack/channels.ts';
import { lookForMarked, postMarked } from '../../../slack/find-marked.ts';
import type { Links } from '../../../slack/links.ts';
import { slackFailure } from '../../../slack/slack-failure.ts';
import type { WebClients } from '../../../slack/web-clients.ts';
import type { DigestBoard, DigestSlot } from '../ports.ts';
import { digestProblemMessage } from './digest-problem.ts';
import { digestMessage } from './message.ts';

const EVENT_TYPE = 'syncro_digest';
/** Why nothing is posted where other companies read along; a word of our own beside Slack's. */
const EXTERNAL = 'externally_shared';

const slotPayload = z.looseObject({ job: z.string(), slot: z.number() });

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
    const { data } = slotPayload.safeParse(found);
    return data?.job === job && data.slot === slot;
  };

export const createDigestBoard = ({ clients, channels, technicians, links, log }: DigestBoardDeps): DigestBoard => {
  const client = clients.once;
  return {
    post: async (channel, digest, remarks, slot) => {
      if ((await channels.reach(channel)) === 'external') return { result: 'refused', reason: EXTERNAL };
      const reply = digestMessage(digest, remarks, links);
      const payload = slot && { job: slot.job, slot: slot.slot };
      return postMarked(client, { channel, reply, eventType: EVENT_TYPE, payload }, (failure) =>
        log.warn({ channel, ...failure }, 'a digest was not taken by Slack'),
      );
    },

    find: (slot) => {
      const { channel, slot: since } = slot;
      return lookForMarked(clients.background, { channel, since, eventType: EVENT_TYPE, isIt: isSlot(slot) });
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
