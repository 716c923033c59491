import { AppError } from '../../shared/errors.ts';
import type { Author } from '../../syncro/identity.ts';

/**
 * Of a form without a preview: what it said under whose name it sends must still be so.
 * @param seenId the author's id; `null`: it did not say
 * @throws AppError stale
 */
export const checkAuthor = (seenId: number | null, { id, name, shared }: Author): void => {
  if (seenId === null || seenId === id) return;
  const now = `${name}${shared ? ' (the shared key)' : ''}`;
  throw new AppError('stale', `It would now be posted as ${now}, not under the name that the form showed.`);
};
