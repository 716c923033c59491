import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { DigestBoard, DigestSlot, FoundPost, Log } from '../app/ports.ts';
import type { Technician } from '../domain/technician.ts';
import { digestMessage } from './messages/digest.ts';
import { digestProblemMessage } from './messages/digest-problem.ts';
import type { Links } from './messages/links.ts';
import { fitMessage } from './say.ts';
import { slackFailure } from './slack-failure.ts';
import type { WebClients } from './web-clients.ts';

const EVENT_TYPE = 'syncro_digest';
/** Slack's clock and ours. */
const CLOCK_SKEW_MS = 120_000;
const PAGE = 200;
/** A channel with more messages than this since the digest was due can't be searched through. */
const MOST_PAGES = 10;

const marked = z.looseObject({
  ts: z.string(),
  metadata: z.looseObject({
    event_type: z.literal(EVENT_TYPE),
    event_payload: z.looseObject({ job: z.string(), slot: z.number() }),
  }),
});

type Deps = {
  readonly clients: Pick<WebClients, 'once' | 'background'>;
  readonly technicians: readonly Technician[];
  readonly links: Links;
  readonly log: Log;
};

/** Every digest carries its slot as metadata, which people don't see: by that it is found again. */
const findMarked = async (client: WebClient, { job, slot, channel }: DigestSlot): Promise<FoundPost> => {
  const oldest = String((slot - CLOCK_SKEW_MS) / 1000);
  let latest: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const range = { oldest, ...(latest === undefined ? {} : { latest }) };
    const history = await client.conversations.history({ channel, ...range, include_all_metadata: true, limit: PAGE });
    for (const message of history.messages ?? []) {
      const { data } = marked.safeParse(message);
      const payload = data?.metadata.event_payload;
      if (data && payload?.job === job && payload.slot === slot) return { result: 'found', ts: data.ts };
    }
    latest = history.messages?.at(-1)?.ts;
    if (!history.has_more || latest === undefined) return { result: 'absent' };
  }
  return { result: 'unreadable', reason: 'too_many_messages' };
};

export const createDigestBoard = ({ clients, technicians, links, log }: Deps): DigestBoard => {
  const client = clients.once;
  return {
    post: async (channel, digest, remarks, slot) => {
      const { text, blocks } = fitMessage(digestMessage(digest, remarks, links), log);
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
        return await findMarked(clients.background, slot);
      } catch (error) {
        const failure = slackFailure(error);
        if (failure.kind !== 'refused') throw error;
        return { result: 'unreadable', reason: failure.reason };
      }
    },

    // Who may read a channel's messages is in it, and may post.
    closed: async (channel) => {
      try {
        await client.conversations.history({ channel, limit: 1 });
        return null;
      } catch (error) {
        const failure = slackFailure(error);
        return failure.kind === 'refused' ? failure.reason : null;
      }
    },

    tellAdmins: async (job, reason) => {
      const { text, blocks } = fitMessage(digestProblemMessage(job, reason), log);
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
