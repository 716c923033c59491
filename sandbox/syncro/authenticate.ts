import type { Incoming } from './incoming.ts';
import type { Need } from './route.ts';
import type { UserRow } from './rows.ts';
import type { SyncroState } from './state.ts';

/** The four ways that clients are known to send a key. */
const keyOf = ({ query, authorization, body }: Incoming): string | null => {
  const inQuery = query.get('api_key');
  if (inQuery !== null) return inQuery;
  if (authorization !== null) return authorization.replace(/^Bearer\s+/i, '');
  return typeof body.api_key === 'string' ? body.api_key : null;
};

/** The owner of the request's key: everything that the request writes is theirs. */
export const authenticate = (state: SyncroState, incoming: Incoming): UserRow | null => {
  const key = keyOf(incoming);
  return state.users.find((user) => key !== null && user.keys.includes(key)) ?? null;
};

export const mayDo = (user: UserRow, need: Need | null): boolean =>
  need === null || user.permissions[need[0]][need[1]] === true;
