import type { Settings } from './config.ts';
import type { Technician } from './domain/technician.ts';

/** Who may use the app, by Slack id. */
export const technicianMap = ({ technicians }: Settings): ReadonlyMap<string, Technician> =>
  new Map(
    technicians.map(({ slack_user, name, syncro_user_id, role }) => [
      slack_user,
      { slackUser: slack_user, name, syncroUserId: syncro_user_id, role },
    ]),
  );
