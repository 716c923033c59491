import type { Technician } from '../shared/technician.ts';
import type { Settings } from './config.ts';

/** Who may use the app, by Slack id. */
export const technicianMap = ({ technicians }: Settings): ReadonlyMap<string, Technician> =>
  new Map(
    technicians.map(({ slack_user, name, syncro_user_id, role }) => [
      slack_user,
      { slackUser: slack_user, name, syncroUserId: syncro_user_id, role },
    ]),
  );
