import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { FoundPost } from '../shared/posting.ts';

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
  client: WebClient,
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
