import { z } from 'zod';
import type { FoundPost, Posting } from '../shared/posting.ts';
import type { Reply } from './reply.ts';
import type { SlackClient } from './slack-client.ts';
import { slackFailure } from './slack-failure.ts';

/** Slack's clock and ours. */
const CLOCK_SKEW_MS = 120_000;
const PAGE = 200;
/** A channel with more messages than this since then can't be searched through. */
const MOST_PAGES = 10;

const marked = z.looseObject({
  ts: z.string(),
  metadata: z.looseObject({ event_type: z.string(), event_payload: z.unknown() }),
});

type Wanted = {
  readonly channel: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly eventType: string;
  readonly isIt: (payload: unknown) => boolean;
};

/**
 * A message by the metadata that it carries, which people don't see.
 * @throws what the Web API throws
 */
export const findMarked = async (
  client: SlackClient,
  { channel, since, eventType, isIt }: Wanted,
): Promise<FoundPost> => {
  const oldest = String((since - CLOCK_SKEW_MS) / 1000);
  let latest: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const range = { oldest, ...(latest === undefined ? {} : { latest }) };
    const history = await client.conversations.history({ channel, ...range, include_all_metadata: true, limit: PAGE });
    for (const message of history.messages ?? []) {
      const { data } = marked.safeParse(message);
      if (data?.metadata.event_type === eventType && isIt(data.metadata.event_payload))
        return { result: 'found', ts: data.ts };
    }
    latest = history.messages?.at(-1)?.ts;
    if (!history.has_more || latest === undefined) return { result: 'absent' };
  }
  return { result: 'unreadable', reason: 'too_many_messages' };
};

/** As findMarked; where Slack does not let us read, that is the answer. @throws when Slack can't be asked now */
export const lookForMarked = async (client: SlackClient, wanted: Wanted): Promise<FoundPost> => {
  try {
    return await findMarked(client, wanted);
  } catch (error) {
    const failure = slackFailure(error);
    if (failure.kind !== 'refused') throw error;
    return { result: 'unreadable', reason: failure.reason };
  }
};

type Marked = {
  readonly channel: string;
  readonly reply: Reply;
  readonly eventType: string;
  /** `null`: nobody will look for it. */
  readonly payload: Readonly<Record<string, string | number>> | null;
};

/** Sends a message once. Never throws for what Slack or the network does. @param failed logs what that was */
export const postMarked = async (
  client: SlackClient,
  { channel, reply: { text, blocks }, eventType, payload }: Marked,
  failed: (fields: { readonly err: unknown; readonly failure: string }) => void,
): Promise<Posting> => {
  const metadata = payload && { metadata: { event_type: eventType, event_payload: payload } };
  const message = { channel, text, blocks, unfurl_links: false, unfurl_media: false, ...metadata };
  try {
    const { ts } = await client.chat.postMessage(message);
    return { result: 'posted', ts: ts ?? '' };
  } catch (error) {
    const failure = slackFailure(error);
    failed({ err: error, failure: failure.kind });
    return failure.kind === 'refused' ? { result: 'refused', reason: failure.reason } : { result: failure.kind };
  }
};
