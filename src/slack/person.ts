import { z } from 'zod';
import { type AppErrorCode, isAppError } from '../shared/errors.ts';
import type { Technician } from '../shared/technician.ts';
import { type Doing, errorMessage, type Refused, strangerMessage, unsureMessage } from './error.ts';
import type { SlackKit } from './kit.ts';
import type { Reply } from './reply.ts';

/** Says something that only this person sees. */
export type Say = (
  reply: Reply,
  options?: {
    readonly replace?: boolean;
    readonly everybody?: boolean;
    /**
     * `copy`: good to work with, and Syncro's own answer is still to come. `update`: that answer; not said any more to who
     * has gone on from the copy by then.
     */
    readonly stage?: 'copy' | 'update';
  },
) => Promise<void>;

const app = { api_app_id: z.string().nullish() };
const caller = z.union([
  z
    .looseObject({ ...app, user_id: z.string(), team_id: z.string().nullish() })
    .transform((b) => ({ id: b.user_id, team: b.team_id ?? null, app: b.api_app_id ?? null })),
  z
    .looseObject({
      ...app,
      user: z.looseObject({ id: z.string(), team_id: z.string().nullish() }),
      team: z.looseObject({ id: z.string() }).nullish(),
    })
    .transform((b) => ({
      id: b.user.id,
      team: b.user.team_id ?? b.team?.id ?? null,
      app: b.api_app_id ?? null,
    })),
]);

/** Both are known, and they differ. */
const isOther = (ours: string | null, theirs: string | null): boolean =>
  ours !== null && theirs !== null && theirs !== ours;

export type Caller = {
  readonly id: string;
  readonly technician: Technician | null;
  /** Slack could not say just now whether they still are a full member: they are not let in. */
  readonly unsure: boolean;
  /** In the settings, and why they are kept out all the same. */
  readonly refused: Refused | null;
};

const stranger = (id: string): Caller => ({ id, technician: null, unsure: false, refused: null });

/**
 * Who sent this payload; `technician` only for those in the settings who are full members of the workspace that the app
 * lives in. Asked at every entry: a button that was shown to a member may be pressed by a guest.
 */
export const identify = async (
  deps: Pick<SlackKit, 'technicians' | 'teamId' | 'appId' | 'members'>,
  body: unknown,
): Promise<Caller> => {
  const parsed = caller.safeParse(body);
  // Nobody's member ID: there is none to be added to the settings.
  if (!parsed.success) return { ...stranger('unknown'), unsure: true };
  const { id, team, app: appId } = parsed.data;
  const technician = deps.technicians.get(id);
  if (!technician) return stranger(id);
  if (isOther(deps.appId, appId)) return { ...stranger(id), refused: 'other_app' };
  const membership = await deps.members.check(id);
  const { outside, spansTeams } = deps.members.seen(id);
  if (membership !== 'member') return { ...stranger(id), unsure: membership === 'unknown', refused: outside };
  // In an organization people act from any of its workspaces.
  if (isOther(deps.teamId, team) && !spansTeams) return { ...stranger(id), refused: 'elsewhere' };
  return { ...stranger(id), technician };
};

/** Words for a failure; what is not an expected failure goes to the log under the reference that the person sees. */
export const failureReply = (deps: SlackKit, error: unknown, doing: Doing): Reply => {
  const ref = deps.ids.ref();
  deps.meter.toldFailure(isAppError(error) ? error.code : 'fault');
  if (isAppError(error)) deps.log.info({ ref, code: error.code, who: doing.who }, 'told a person that it did not work');
  else deps.log.error({ ref, err: error, who: doing.who }, 'unexpected failure');
  return errorMessage(error, { ...doing, ref, downSince: deps.downSince() });
};

/** The one error boundary: every throw behind it reaches the person in words. @returns how it ended */
export const inBoundary = async (
  deps: SlackKit,
  say: Say,
  doing: Doing,
  work: () => Promise<void>,
): Promise<'ok' | 'fault' | AppErrorCode> => {
  try {
    deps.mayWork();
    await work();
    return 'ok';
  } catch (error) {
    const words = failureReply(deps, error, doing);
    await say(words).catch((unsaid: unknown) => deps.log.error({ err: unsaid }, 'a failure could not be told'));
    return isAppError(error) ? error.code : 'fault';
  }
};

export const refusal = ({ id, unsure, refused }: Caller): Reply =>
  unsure ? unsureMessage() : strangerMessage(id, refused);

export const refuse = (say: Say, who: Caller): Promise<void> => say(refusal(who));
