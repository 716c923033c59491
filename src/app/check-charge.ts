import { chargedLineOf, timeEntryOf, verifyCharge, withChargedLine } from '../domain/charge.ts';
import { effectsOf } from '../domain/reconcile.ts';
import { type Run, resultOf } from '../domain/run.ts';
import { chargeable, unverifiable, verified } from '../domain/run-moves.ts';
import type { Ticket, TimerEntry } from '../domain/ticket.ts';
import type { CheckDeps } from './check-run.ts';
import type { Caller } from './ports.ts';

/** What Syncro needs to show a fresh line; then a difference is real. */
const LINE_READY_MS = 1_500;

const NOTHING_TO_CHECK = { differences: [], actual: null } as const;

const readTicket = async ({ reads }: CheckDeps, caller: Caller, run: Run): Promise<Ticket | null> =>
  run.ticket.id === null ? null : reads.ticket(caller, run.ticket.id);

/** The entries on the ticket that may be the one that the run made. */
const entriesOf = (run: Run, ticket: Ticket | null): readonly TimerEntry[] => {
  const made = timeEntryOf(run);
  if (!made?.step.firstIntent || !ticket) return [];
  const effects = effectsOf(made.write, made.step.firstIntent, run.known, { ticket }) ?? [];
  return ticket.timers.filter(({ id }) => effects.some((effect) => effect.id === id && effect.equal));
};

/**
 * Finds the time entry that is to be charged: the one that Syncro named or that was found, else the only one like it.
 * One that was charged meanwhile is not charged again, for that would make a second line.
 * @throws AppError
 */
export const findTimeEntry = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const caller = await deps.identity.reader(run.technician, 'run');
  const ticket = await readTicket(deps, caller, run);
  const id = resultOf(run, 'timer')?.id ?? null;
  const now = deps.clock.now();
  if (id !== null) {
    const recorded = ticket?.timers.some((entry) => entry.id === id && entry.recorded) ?? false;
    return chargeable(run, { id, recorded }, now);
  }
  const [entry, ...others] = entriesOf(run, ticket);
  if (!entry) return unverifiable(run, 'The time entry is not on the ticket in Syncro.');
  if (others.length === 0) return chargeable(run, entry, now);
  const ids = [entry, ...others].map((one) => one.id).join(', ');
  return unverifiable(
    run,
    `More than one time entry could be the one to charge (${ids}). Delete the others in Syncro.`,
  );
};

/** Holds the charged line against the preview. @throws AppError */
export const verifyCharged = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const line = chargedLineOf(run);
  if (!line) return verified(run, [], deps.clock.now());
  const caller = await deps.identity.reader(run.technician, 'run');
  const charged = run.steps.find(({ action }) => action.kind === 'timer_charge')?.action;
  const entryId = charged?.kind === 'timer_charge' ? charged.timerId : null;
  const readDifferences = async () => {
    const ticket = await readTicket(deps, caller, run);
    return ticket ? verifyCharge(run, line, ticket, entryId) : NOTHING_TO_CHECK;
  };
  let checked = await readDifferences();
  if (checked.differences.length > 0) {
    await deps.clock.sleep(LINE_READY_MS);
    checked = await readDifferences();
  }
  const { differences, actual } = checked;
  const now = deps.clock.now();
  if (differences.length > 0) return verified(run, differences, now, actual);
  // Receipts show what Syncro has: 0.3333 h where 20 minutes were previewed.
  return verified(actual ? withChargedLine(run, () => actual) : run, [], now);
};
