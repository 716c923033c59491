import { z } from 'zod';
import type { Technician } from '../domain/technician.ts';
import { isAppError } from '../errors.ts';
import type { SlackDeps } from './deps.ts';
import { errorMessage, strangerMessage } from './messages/error.ts';
import type { Reply } from './messages/reply.ts';

/** Says something that only this person sees. */
export type Say = (
  reply: Reply,
  options?: { readonly replace?: boolean; readonly everybody?: boolean },
) => Promise<void>;

const caller = z.union([
  z
    .looseObject({ user_id: z.string(), team_id: z.string().nullish() })
    .transform((b) => ({ id: b.user_id, team: b.team_id ?? null })),
  z
    .looseObject({
      user: z.looseObject({ id: z.string(), team_id: z.string().nullish() }),
      team: z.looseObject({ id: z.string() }).nullish(),
    })
    .transform((b) => ({ id: b.user.id, team: b.user.team_id ?? b.team?.id ?? null })),
]);

export type Caller = { readonly id: string; readonly technician: Technician | null };

/** Who sent this payload; `technician` only for those in the settings, from the workspace that the app lives in. */
export const identify = (deps: Pick<SlackDeps, 'technicians' | 'teamId'>, body: unknown): Caller => {
  const parsed = caller.safeParse(body);
  if (!parsed.success) return { id: 'unknown', technician: null };
  const { id, team } = parsed.data;
  const foreign = deps.teamId !== null && team !== null && team !== deps.teamId;
  return { id, technician: foreign ? null : (deps.technicians.get(id) ?? null) };
};

export type Doing = {
  readonly command: string;
  readonly writing: boolean;
  readonly who: string;
  /** What to go on with once a missing key is connected, as typed behind the command. */
  readonly interrupted?: string;
};

/** Words for a failure; what is not an expected failure goes to the log under the reference that the person sees. */
export const failureReply = (deps: SlackDeps, error: unknown, doing: Doing): Reply => {
  const ref = deps.ids.ref();
  if (isAppError(error)) deps.log.info({ ref, code: error.code, who: doing.who }, 'told a person that it did not work');
  else deps.log.error({ ref, err: error, who: doing.who }, 'unexpected failure');
  return errorMessage(error, { ...doing, ref, downSince: deps.downSince() });
};

/** The one error boundary: every throw behind it reaches the person in words. */
export const inBoundary = async (deps: SlackDeps, say: Say, doing: Doing, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    const words = failureReply(deps, error, doing);
    await say(words).catch((unsaid: unknown) => deps.log.error({ err: unsaid }, 'a failure could not be told'));
  }
};

export const refuse = (say: Say, slackUser: string): Promise<void> => say(strangerMessage(slackUser));
