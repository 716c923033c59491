import { createHash } from 'node:crypto';
import type { AuditRow } from '../ports.ts';

/** Stands before the first row. */
export const BEGINNING = '0'.repeat(64);

/** SHA-256 over every field of a row and the hash of the row before it, in this order. */
export const hashOf = (row: Omit<AuditRow, 'hash'>): string => {
  const { seq, at, slackUser, technician, syncroUserId, syncroUser, what, outcome } = row;
  const { ticketNumber, recordId, ref, runId, n, previous } = row;
  const fields = [seq, at, slackUser, technician, syncroUserId, syncroUser, what, outcome, ticketNumber, recordId];
  return createHash('sha256')
    .update(JSON.stringify([...fields, ref, runId, n, previous]))
    .digest('hex');
};

/**
 * Follows the chain from its beginning.
 * @returns the number of the first row that was changed, added or taken away, or `null` when all hold. A row taken away
 * at the very end leaves no trace in the chain itself: compare the count with a backup or the log.
 */
export const firstBroken = (rows: readonly AuditRow[]): number | null => {
  let previous = BEGINNING;
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1 || row.previous !== previous || row.hash !== hashOf(row)) return index + 1;
    previous = row.hash;
  }
  return null;
};
