import type { SyncroSandbox } from '../syncro/start-syncro.ts';
import type { UnconnectedPart } from './shapes.ts';

/** The technician whose key stands nowhere: they have to connect it in Slack. */
export const UNCONNECTED = { id: 'U012ROB', name: 'Rob Keane', email: 'rob@msp.example' } as const;
const SYNCRO_USER_ID = 1760;

/** The settings with one technician more. */
export const withUnconnected = (config: string): string =>
  config.replace(
    'technicians:\n',
    `technicians:\n  - { slack_user: ${UNCONNECTED.id}, name: ${UNCONNECTED.name}, syncro_user_id: ${SYNCRO_USER_ID} }\n`,
  );

/** @returns null once their key was used, and for everybody else */
export const unconnectedPart = ({ state, requests }: SyncroSandbox, as: string): UnconnectedPart | null => {
  if (as !== UNCONNECTED.id || requests.some(({ technician }) => technician === SYNCRO_USER_ID)) return null;
  const token = state.users.find(({ id }) => id === SYNCRO_USER_ID)?.keys[0];
  return token === undefined ? null : { name: UNCONNECTED.name, token };
};
