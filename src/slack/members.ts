import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock, Log } from '../app/ports.ts';
import { slackErrorCode } from './slack-error-code.ts';

/** `unknown`: Slack could not be asked, so nobody may be let in on the strength of it. */
export type Membership = 'member' | 'outsider' | 'unknown';

export type Members = {
  check(userId: string): Promise<Membership>;
  /** Something about this person changed: ask again. */
  forget(userId: string): void;
};

const GOOD_FOR_MS = 5 * 60_000;
const MOST_PEOPLE = 2_000;

/** Absent flags are false; `is_stranger` absent does not mean internal, so the team decides that. */
const answer = z.looseObject({
  user: z.looseObject({
    id: z.string(),
    team_id: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
  }),
});

type User = z.infer<typeof answer>['user'];

const isOutsider = (user: User, userId: string, teamId: string | null): boolean =>
  user.id !== userId ||
  (teamId !== null && user.team_id !== teamId) ||
  [user.deleted, user.is_bot, user.is_restricted, user.is_ultra_restricted, user.is_stranger].includes(true);

/**
 * Whether somebody is a full member of the workspace that the app lives in: not deleted, no guest, no bot, nobody from
 * elsewhere. Asked of Slack, remembered for minutes.
 */
export const createMembers = (
  client: WebClient,
  { clock, teamId, log }: { readonly clock: Clock; readonly teamId: string | null; readonly log: Log },
): Members => {
  const known = new Map<string, { readonly at: number; readonly membership: Promise<Membership> }>();

  const ask = async (userId: string): Promise<Membership> => {
    try {
      const parsed = answer.safeParse(await client.users.info({ user: userId }));
      return parsed.success && !isOutsider(parsed.data.user, userId, teamId) ? 'member' : 'outsider';
    } catch (error) {
      if (['user_not_found', 'user_not_visible'].includes(slackErrorCode(error))) return 'outsider';
      log.error({ err: error }, 'Slack could not say who somebody is; they are not let in');
      known.delete(userId);
      return 'unknown';
    }
  };

  return {
    check: (userId) => {
      const before = known.get(userId);
      if (before && clock.now() - before.at < GOOD_FOR_MS) return before.membership;
      const membership = ask(userId);
      known.delete(userId);
      known.set(userId, { at: clock.now(), membership });
      const oldest = known.keys().next();
      if (known.size > MOST_PEOPLE && !oldest.done) known.delete(oldest.value);
      return membership;
    },
    forget: (userId) => {
      known.delete(userId);
    },
  };
};
