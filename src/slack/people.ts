import { briefly } from '../shared/briefly.ts';
import type { Clock, Log } from '../shared/system.ts';
import type { NameOf } from './message-text.ts';
import type { SlackClient } from './slack-client.ts';

export type People = {
  /** The real names of these members as far as Slack tells them; asked at most so many at a time. */
  names(ids: Iterable<string>): Promise<NameOf>;
};

const REMEMBERED_MS = 3_600_000;
const MOST_ASKED = 20;

/** Names of members, for text that leaves Slack. A name that can't be had is missing, never an error. */
export const createPeople = (client: SlackClient, clock: Clock, log: Log): People => {
  const remembered = briefly<string, string | null>(clock, REMEMBERED_MS);
  const nameOf = async (id: string): Promise<string | null> => {
    try {
      return await remembered(id, async () => {
        const { user } = await client.users.info({ user: id });
        return user?.profile?.real_name || user?.real_name || user?.name || null;
      });
    } catch (error) {
      log.debug({ err: error }, 'a name could not be looked up');
      return null;
    }
  };
  return {
    names: async (ids) => {
      const asked = [...new Set(ids)].slice(0, MOST_ASKED);
      const found = new Map(await Promise.all(asked.map(async (id) => [id, await nameOf(id)] as const)));
      return (id) => found.get(id) ?? null;
    },
  };
};
