import { isAppError } from '../../../shared/errors.ts';
import type { Connection } from '../read-home.ts';

const KEY_PROBLEMS = ['key_refused', 'wrong_key', 'no_key'];

/** Something about the key that only a person can mend. */
export const keyProblem = (connection: Connection, failure: unknown): string | null => {
  const errors = [connection && 'error' in connection ? connection.error : null, failure];
  const error = errors.filter(isAppError).find(({ code }) => KEY_PROBLEMS.includes(code));
  if (!error) return null;
  if (error.code === 'key_refused')
    return 'Syncro refused your key: it may be revoked or expired. Nothing is read or sent with it.';
  return error.message;
};

/** Under whose name things are written. */
export const connectionText = (connection: Connection, failure: unknown): string => {
  if (keyProblem(connection, failure) !== null) return 'Not connected: see above.';
  if (connection === null) return 'Connection: asking Syncro …';
  if ('error' in connection) return 'Connection: not checked, Syncro did not answer.';
  const { name, id, shared } = connection.author;
  return shared
    ? `! Connected with the shared key: what you confirm is written as ${name} (Syncro user ${id}), not under your name.`
    : `Connected as ${name} (Syncro user ${id})`;
};
