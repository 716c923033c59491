import { AppError } from '../shared/errors.ts';
import type { Ticket } from '../syncro/ticket.ts';
import type { CheckDeps } from './check-run.ts';
import { uncorrected } from './rules/correction.ts';
import { unverifiable } from './rules/delays.ts';
import { verified } from './rules/moves.ts';
import type { Run } from './rules/run.ts';
import type { Difference } from './rules/verify-invoice.ts';

/** What Syncro needs to show a fresh change; then a difference is real. */
const READY_MS = 1_500;
const STILL_THERE = 'Syncro said that the ticket was deleted, and it is still there.';

/** Holds what is in Syncro against the correction that was previewed; or the deleted ticket must be gone. @throws AppError */
export const verifyChange = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const { reads, clock } = deps;
  const caller = await deps.identity.reader(run.technician, 'run');
  /** `null`: there is no such ticket. */
  const readTicket = async (): Promise<Ticket | null> => {
    if (run.ticket.id === null) return null;
    return reads.ticket(caller, run.ticket.id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    });
  };
  if (run.kind !== 'correct') {
    if ((await readTicket()) === null) return verified(run, [], clock.now());
    await clock.sleep(READY_MS);
    return (await readTicket()) === null ? verified(run, [], clock.now()) : unverifiable(run, STILL_THERE);
  }
  const differences = async (): Promise<readonly Difference[]> => {
    const ticket = await readTicket();
    const { after: wanted } = run.correction;
    const gone = wanted === null ? null : ({ wanted, actual: 'gone' } as const);
    const wrong = ticket ? uncorrected(run.correction, ticket) : gone;
    return wrong ? [{ kind: 'uncorrected', ...wrong }] : [];
  };
  const first = await differences();
  if (first.length === 0) return verified(run, first, clock.now());
  await clock.sleep(READY_MS);
  return verified(run, await differences(), clock.now());
};
