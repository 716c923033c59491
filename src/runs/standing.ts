import type { Technician } from '../shared/technician.ts';

/** Whether Slack calls somebody a full member; `unknown`: it could not be asked. */
export type AskMembership = (slackUser: string) => Promise<'member' | 'outsider' | 'unknown'>;

export type MayWrite =
  | { readonly may: 'yes' }
  /** `why` is for people. */
  | { readonly may: 'no'; readonly why: string }
  | { readonly may: 'unknown' };

/** Whether somebody may still have things written for them: asked right before each write, however long it waited. */
export type Standing = { of(technician: Technician): Promise<MayWrite> };

export const createStanding = (technicians: ReadonlyMap<string, Technician>, membership: AskMembership): Standing => ({
  of: async ({ slackUser, syncroUserId, name }) => {
    const now = technicians.get(slackUser);
    if (!now) return { may: 'no', why: `${name} is no longer among the technicians in the settings.` };
    if (now.syncroUserId !== syncroUserId)
      return { may: 'no', why: `${name} is another Syncro user in the settings now (${now.syncroUserId}).` };
    switch (await membership(slackUser)) {
      case 'member':
        return { may: 'yes' };
      case 'outsider':
        return { may: 'no', why: `${name} is no longer an active full member of this Slack workspace.` };
      case 'unknown':
        return { may: 'unknown' };
    }
  },
});
