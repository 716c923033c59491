import { z } from 'zod';
import { briefly } from '../shared/briefly.ts';
import type { Clock, Log } from '../shared/system.ts';
import type { SlackClient } from './slack-client.ts';
import { slackErrorCode } from './slack-failure.ts';

/** `unknown`: Slack could not or would not say. */
export type ChannelReach = 'internal' | 'external' | 'unknown';

export type Channels = {
  /** Whether people of other companies read along (Slack Connect). */
  reach(channel: string): Promise<ChannelReach>;
};

const GOOD_FOR_MS = 5 * 60_000;

/** Shared within one organization is not shared with others. An invitation that nobody took yet counts as taken. */
const answer = z.looseObject({
  channel: z.looseObject({
    is_shared: z.boolean().nullish(),
    is_ext_shared: z.boolean().nullish(),
    is_org_shared: z.boolean().nullish(),
    is_pending_ext_shared: z.boolean().nullish(),
    pending_shared: z.array(z.unknown()).nullish(),
    pending_connected_team_ids: z.array(z.unknown()).nullish(),
  }),
});

const isExternal = ({ channel }: z.infer<typeof answer>): boolean =>
  channel.is_ext_shared === true ||
  channel.is_pending_ext_shared === true ||
  (channel.is_shared === true && channel.is_org_shared !== true) ||
  (channel.pending_shared ?? []).length > 0 ||
  (channel.pending_connected_team_ids ?? []).length > 0;

/** Who may read a channel, asked of Slack and remembered for minutes. */
export const createChannels = (
  client: SlackClient,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Channels => {
  const remembered = briefly<string, Exclude<ChannelReach, 'unknown'>>(clock, GOOD_FOR_MS);
  const ask = async (channel: string) =>
    isExternal(answer.parse(await client.conversations.info({ channel }))) ? 'external' : 'internal';
  return {
    reach: async (channel) => {
      try {
        return await remembered(channel, () => ask(channel));
      } catch (error) {
        log.debug({ channel, code: slackErrorCode(error) }, 'Slack does not say who may read a channel');
        return 'unknown';
      }
    },
  };
};
