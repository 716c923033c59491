import type { Caller } from '../syncro/ports.ts';
import type { Ticket, TimerEntry } from '../syncro/ticket.ts';
import type { CheckDeps } from './check-run.ts';
import { chargedLineOf, timeEntryOf, verifyCharge, verifyEntry, withChargedLine } from './rules/charge.ts';
import { unverifiable } from './rules/delays.ts';
import { chargeable, verified } from './rules/moves.ts';
import { checkedNotBillable } from './rules/not-billable.ts';
import { effectsOf } from './rules/reconcile.ts';
import { currentStep, type Run, resultOf } from './rules/run.ts';

/** What Syncro needs to show a fresh line; then a difference is real. */
const LINE_READY_MS = 1_500;
const MOST_LOOKS = 3;
const NOT_THERE = 'The time entry is not on the ticket in Syncro.';

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

/** The entry that Syncro named, or that was found; a fresh one may take a moment to be shown. */
const readEntry = async (deps: CheckDeps, caller: Caller, run: Run, id: number): Promise<TimerEntry | null> => {
  for (let look = 1; ; look += 1) {
    const ticket = await readTicket(deps, caller, run);
    const entry = ticket?.timers.find((one) => one.id === id) ?? null;
    if (entry || look === MOST_LOOKS) return entry;
    await deps.clock.sleep(LINE_READY_MS);
  }
};

/** The only one like it on the ticket, or words for why it is not known which. */
const guessEntry = async (deps: CheckDeps, caller: Caller, run: Run): Promise<TimerEntry | string> => {
  const [entry, ...others] = entriesOf(run, await readTicket(deps, caller, run));
  if (!entry) return NOT_THERE;
  if (others.length === 0) return entry;
  const ids = [entry, ...others].map(({ id }) => id).join(', ');
  return `More than one time entry could be the one (${ids}). Delete the others in Syncro.`;
};

/** The entry that the run made, or words for why it is not known. */
const ownEntry = async (deps: CheckDeps, caller: Caller, run: Run): Promise<TimerEntry | string> => {
  const id = resultOf(run, 'timer')?.id ?? null;
  return id === null ? guessEntry(deps, caller, run) : ((await readEntry(deps, caller, run, id)) ?? NOT_THERE);
};

/**
 * Finds the time entry that is to be charged and holds it against the preview: Syncro may count a minimum for it, or not
 * let it be billed, and then a person is asked before. One that was charged meanwhile is not charged again, for that
 * would make a second line.
 * @throws AppError
 */
export const findTimeEntry = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const caller = await deps.identity.reader(run.technician, 'run');
  const entry = await ownEntry(deps, caller, run);
  if (typeof entry === 'string') return unverifiable(run, entry);
  const now = deps.clock.now();
  const [action, line] = [currentStep(run)?.action, chargedLineOf(run)];
  const accepted = action?.kind === 'timer_charge' && action.timerId === null && action.accepted;
  if (line && !entry.recorded && !accepted) {
    const { differences, actual } = verifyEntry(line, entry);
    if (differences.length > 0) return verified(run, differences, now, actual);
  }
  return chargeable(run, entry, now);
};

/** Is the logged time kept as not billable? @throws AppError */
export const verifyNotBillable = async (deps: CheckDeps, run: Run): Promise<Run> => {
  const caller = await deps.identity.reader(run.technician, 'run');
  const entry = await ownEntry(deps, caller, run);
  return typeof entry === 'string' ? unverifiable(run, entry) : checkedNotBillable(run, entry, deps.clock.now());
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
