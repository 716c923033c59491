import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock, LastTimes, Log } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import type { SlackClient } from './slack-client.ts';
import { slackErrorCode } from './slack-failure.ts';

/** `unknown`: Slack could not be asked, so nobody may be let in on the strength of it. */
export type Membership = 'member' | 'outsider' | 'unknown';

/** Why somebody is no full member here, in Slack's eyes. */
export type Outside = 'elsewhere' | 'guest' | 'deactivated' | 'app' | 'not_found' | 'not_visible';

export type Members = {
  /**
   * @param withinMs how old the answer may be; default half a minute
   * @param patienceMs how long Slack is waited for; default what a press can wait
   */
  check(userId: string, withinMs?: number, patienceMs?: number): Promise<Membership>;
  /** What Slack said of them last: why they are none, and whether their organization's other workspaces count as this one. */
  seen(userId: string): Seen;
  /** Something about this person changed: every copy asks again. */
  forget(userId: string): Promise<void>;
};

type Seen = { readonly outside: Outside | null; readonly spansTeams: boolean };

const NOTHING_SEEN: Seen = { outside: null, spansTeams: false };

/** Whoever is deactivated can still send what they had open: not for long. */
const GOOD_FOR_MS = 30_000;
/** A form waits for this before it is answered at all, and Slack waits 3 seconds. */
const PATIENCE_MS = 1_000;
const MOST_PEOPLE = 2_000;

/** Absent or null flags are false; `is_stranger` absent does not mean internal, so the team decides that. */
const answer = z.looseObject({
  user: z.looseObject({
    id: z.string(),
    team_id: z.string().nullish(),
    deleted: z.boolean().nullish(),
    is_bot: z.boolean().nullish(),
    is_restricted: z.boolean().nullish(),
    is_ultra_restricted: z.boolean().nullish(),
    is_stranger: z.boolean().nullish(),
    /** Of an Enterprise Grid: `team_id` may be another workspace of it, or the organization itself. */
    enterprise_user: z.looseObject({ teams: z.array(z.string()).catch([]) }).nullish(),
  }),
});

type User = z.infer<typeof answer>['user'];

const isHere = ({ team_id, enterprise_user }: User, teamId: string | null): boolean =>
  teamId === null || team_id === teamId || enterprise_user?.teams.includes(teamId) === true;

const outsideOf = (user: User, userId: string, teamId: string | null): Outside | null => {
  if (user.id !== userId || user.is_stranger || !isHere(user, teamId)) return 'elsewhere';
  if (user.deleted) return 'deactivated';
  if (user.is_restricted || user.is_ultra_restricted) return 'guest';
  return user.is_bot ? 'app' : null;
};

type Options = {
  readonly clock: Clock;
  readonly teamId: string | null;
  readonly log: Log;
  /** Where the copies tell each other of a change: Slack tells one of them. */
  readonly lastTimes?: LastTimes;
};

const alone: LastTimes = { at: () => Promise.resolve(null), set: () => Promise.resolve() };
const nameOf = (userId: string): string => `member:${userId}`;

/**
 * Whether somebody is a full member of the workspace that the app lives in: not deleted, no guest, no bot, nobody from
 * elsewhere. Asked of Slack, remembered for half a minute.
 */
export const createMembers = (client: SlackClient, { clock, teamId, log, lastTimes = alone }: Options): Members => {
  const said = new LRUCache<string, Seen>({ max: MOST_PEOPLE });
  const known = new LRUCache<string, { readonly at: number; readonly membership: Promise<Membership> }>({
    max: MOST_PEOPLE,
  });

  const ask = async (userId: string): Promise<Membership> => {
    try {
      const { user } = answer.parse(await client.users.info({ user: userId }));
      const outside = outsideOf(user, userId, teamId);
      said.set(userId, {
        outside,
        spansTeams: teamId !== null && user.enterprise_user?.teams.includes(teamId) === true,
      });
      return outside === null ? 'member' : 'outsider';
    } catch (error) {
      const code = slackErrorCode(error);
      if (code === 'user_not_found' || code === 'user_not_visible') {
        said.set(userId, { outside: code === 'user_not_found' ? 'not_found' : 'not_visible', spansTeams: false });
        return 'outsider';
      }
      log.error({ err: error, code }, 'Slack could not say who somebody is; they are not let in');
      known.delete(userId);
      return 'unknown';
    }
  };

  /** Who is late is not known yet; the answer still counts for the next press. */
  const soon = (asked: Promise<Membership>, patienceMs: number): Promise<Membership> =>
    within(patienceMs, asked, () => 'unknown');

  /** Also when nobody can say: then Slack is asked again. */
  const hasChanged = (userId: string, since: number): Promise<boolean> =>
    lastTimes.at(nameOf(userId)).then(
      (at) => at !== null && at >= since,
      () => true,
    );

  return {
    check: async (userId, withinMs = GOOD_FOR_MS, patienceMs = PATIENCE_MS) => {
      const before = known.get(userId);
      const isFresh = before && Math.abs(clock.now() - before.at) < withinMs && !(await hasChanged(userId, before.at));
      if (isFresh) return soon(before.membership, patienceMs);
      const membership = ask(userId);
      known.set(userId, { at: clock.now(), membership });
      return soon(membership, patienceMs);
    },
    seen: (userId) => said.get(userId) ?? NOTHING_SEEN,
    forget: async (userId) => {
      known.delete(userId);
      said.delete(userId);
      await lastTimes.set(nameOf(userId), clock.now());
    },
  };
};
