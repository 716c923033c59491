import type { Followed, Runs } from '../../runs/ports.ts';
import { morningAfter } from '../../runs/promise-lines.ts';
import type { BillRun } from '../../runs/rules/run.ts';
import { calendarIn } from '../../shared/calendar.ts';
import { AppError, isAppError } from '../../shared/errors.ts';
import { knownZone } from '../../shared/time-zone.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { Ticket, TicketId } from '../../syncro/ticket.ts';
import { heldByInvoices, type Tickets } from './held-by-invoices.ts';
import type { DueLine, Promises } from './ports.ts';
import { type LateLine, type TellLateDeps, tellLate } from './tell-late.ts';
import { asItStands, whereIsLine } from './where-is-line.ts';

export type LookDeps = TellLateDeps & {
  readonly promises: Promises;
  readonly runs: Pick<Runs, 'get' | 'endedOn' | 'showAgain'>;
  readonly reads: Pick<SyncroReads, 'ticket' | 'invoices' | 'invoice'>;
  readonly terms: Pick<CustomerTerms, 'schedules'>;
  /** With whose key it is found out what became of them. */
  readonly caller: () => Promise<Caller>;
};

const HOUR_MS = 3_600_000;
/** What is on no invoice at the first look is looked for once more before anybody is told. */
const LOOK_AGAIN_MS = HOUR_MS;
/** A recurring invoice that is yet to run is waited for, from the day on which it was to. */
const RUN_WITHIN_MS = 4 * 24 * HOUR_MS;
const NOT_YET_MS = 6 * HOUR_MS;
/** What can't be looked at for so long is for people to look at. */
const CHECK_WITHIN_MS = 5 * 24 * HOUR_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** What a quarter's invoice does not take either is for people alone. */
const LOOK_ON_MS = 100 * 24 * HOUR_MS;
/** When Slack did not take it, or nobody knows: by then a request under way has arrived or never will. */
const TELL_AGAIN_MS = 60_000;
/** Each time costs all reads anew. */
const MOST_TELL_AGAIN_MS = HOUR_MS;

/** `null`: it is gone. `failed`: it can't be read now, which must not keep the customer's other tickets from it. */
const readTicket = ({ reads, log }: LookDeps, caller: Caller, id: TicketId): Promise<Ticket | null | 'failed'> =>
  reads.ticket(caller, id).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    if (error.code === 'not_found') return null;
    log.warn({ ticketId: id, err: error }, 'a ticket could not be looked into for charged lines, trying again');
    return 'failed';
  });

const sinceDay = ({ clock }: LookDeps, { day }: DueLine, { plan, createdAt }: BillRun): number =>
  clock.now() - Math.max(createdAt, calendarIn(knownZone(plan.timeZone ?? null)).startOf(day));

/** When its recurring invoice runs next, `YYYY-MM-DD`; `null`: nobody knows. */
const nextRunOf = async (deps: LookDeps, caller: Caller, line: DueLine, run: BillRun): Promise<string | null> => {
  const { later } = run.plan;
  if (later?.by !== 'schedule') return null;
  const schedules = await deps.terms.schedules(caller, line.customerId).catch((error: unknown) => {
    if (error instanceof AppError && !error.retryable) return [];
    throw error;
  });
  return schedules.find(({ id }) => id === later.scheduleId)?.nextRun ?? null;
};

/** Is its recurring invoice yet to run? */
const isYetToRun = async (deps: LookDeps, caller: Caller, line: DueLine, run: BillRun): Promise<boolean> => {
  if (line.state !== 'waiting' || sinceDay(deps, line, run) > RUN_WITHIN_MS) return false;
  const nextRun = await nextRunOf(deps, caller, line, run);
  return nextRun !== null && nextRun <= line.day;
};

/** A later recurring invoice may take what this one left: after that day, or in a week. `null`: not any more. */
const lookOnAt = async (
  deps: LookDeps,
  caller: Caller | null,
  { line, run, what }: LateLine,
): Promise<number | null> => {
  if (what === 'gone' || sinceDay(deps, line, run) > LOOK_ON_MS) return null;
  const nextRun = caller && (await nextRunOf(deps, caller, line, run));
  const morning = nextRun === null ? 0 : morningAfter(nextRun, run.plan.timeZone ?? null);
  const now = deps.clock.now();
  return morning > now ? morning : now + WEEK_MS;
};

/** What became of it is known: its receipt says so. @param lookAt when it is looked for once more; `null`: never */
const settle = async (
  { promises, runs, clock, owner }: LookDeps,
  { runId, looks }: DueLine,
  state: Followed['state'],
  lookAt: number | null = null,
): Promise<void> => {
  await promises.settle(runId, owner, state, clock.now());
  await runs.showAgain(runId);
  if (lookAt === null) await promises.close(runId, owner);
  else await promises.putBack(runId, owner, lookAt, looks + 1);
};

/** It can't be looked at now: again later, and after days people hear that. What they heard before stays. */
const unchecked = async (deps: LookDeps, line: DueLine, run: BillRun): Promise<readonly LateLine[]> => {
  if (line.state === 'late' || line.state === 'unchecked') return [{ line, run, what: line.state }];
  if (sinceDay(deps, line, run) > CHECK_WITHIN_MS) return [{ line, run, what: 'unchecked' }];
  await deps.promises.putBack(line.runId, deps.owner, deps.clock.now() + LOOK_AGAIN_MS, line.looks);
  return [];
};

/** Somebody took it off the ticket here, or deleted the ticket: they saw what it was. */
const wasRemoved = async ({ runs }: LookDeps, { ticketId, lineId }: DueLine, { createdAt }: BillRun) => {
  // Only what ended later than a moment is found: in one millisecond both may have.
  const since = await runs.endedOn(ticketId, createdAt - 1);
  return since.some(
    (run) =>
      run.state === 'done' &&
      (run.kind === 'delete' ||
        (run.kind === 'correct' && run.correction.after === null && run.correction.before.id === lineId)),
  );
};

/** What people may have to hear of: looked for twice and flagged on no ticket, or gone, or not to be looked at. */
const lookFor = async (
  deps: LookDeps,
  caller: Caller | null,
  line: DueLine,
  run: BillRun,
  tickets: Tickets,
): Promise<readonly LateLine[]> => {
  const { promises, clock, owner } = deps;
  if (!caller) return unchecked(deps, line, run);
  if (!tickets.has(line.ticketId)) tickets.set(line.ticketId, await readTicket(deps, caller, line.ticketId));
  const ticket = tickets.get(line.ticketId) ?? null;
  if (ticket === 'failed') return unchecked(deps, line, run);
  const where = whereIsLine(line, run, ticket);
  if (where === 'unread') return unchecked(deps, line, run);
  if (where === 'invoiced' || (where === 'gone' && (await wasRemoved(deps, line, run)))) {
    await settle(deps, line, where);
    return [];
  }
  const lookAgain = async (inMs: number, looks: number) => {
    await promises.putBack(line.runId, owner, clock.now() + inMs, looks);
    return [];
  };
  if (line.looks === 0) return lookAgain(LOOK_AGAIN_MS, 1);
  if (where === 'gone') return [{ line, run, what: where }];
  if (await isYetToRun(deps, caller, line, run)) return lookAgain(NOT_YET_MS, line.looks);
  return [{ line, run: asItStands(line, run, ticket), what: 'late' }];
};

/** Those of them that no invoice holds; Syncro does not flag all that one does. */
const onNoInvoice = async (
  deps: LookDeps,
  caller: Caller | null,
  found: readonly LateLine[],
  tickets: Tickets,
): Promise<readonly LateLine[]> => {
  const { late = [], others = [] } = Object.groupBy(found, ({ what }) => (what === 'unchecked' ? 'others' : 'late'));
  if (late.length === 0 || !caller) return others;
  const held = await heldByInvoices(deps, caller, late, tickets);
  for (const one of late) {
    if (!held) others.push(...(await unchecked(deps, one.line, one.run)));
    else if (held.has(one)) await settle(deps, one.line, 'invoiced');
    else others.push(one);
  }
  return others;
};

/**
 * Looks what became of a customer's charged lines after the day of their recurring invoice: one read for each ticket, and
 * only what is on no invoice costs more. Then the receipts say so, and who charged and who bills hears of what was left, of
 * what is gone, and of what nobody could look at for days.
 * @throws whatever the database throws, and AppError where schedules can't be read now; then nothing was told that is not
 *   noted
 */
export const lookForLines = async (deps: LookDeps, lines: readonly DueLine[]): Promise<void> => {
  const { promises, runs, clock, owner, log } = deps;
  const waiting: DueLine[] = [];
  for (const line of lines) {
    if (line.state === 'invoiced' || line.state === 'gone') await settle(deps, line, line.state);
    else waiting.push(line);
  }
  if (waiting.length === 0) return;
  const caller = await deps.caller().catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    log.warn({ err: error }, 'charged lines could not be looked for, trying again');
    return null;
  });
  const tickets: Tickets = new Map();
  const found: LateLine[] = [];
  for (const line of waiting) {
    const run = await runs.get(line.runId);
    if (run?.kind === 'bill') found.push(...(await lookFor(deps, caller, line, run, tickets)));
    else await promises.close(line.runId, owner);
  }
  const late = await onNoInvoice(deps, caller, found, tickets);
  const telling = late.length === 0 ? 'settled' : await tellLate(deps, late);
  if (telling === 'lost') return;
  for (const one of late) {
    const { line, what } = one;
    if (telling === 'settled') await settle(deps, line, what, await lookOnAt(deps, caller, one));
    else {
      const restMs = Math.min(TELL_AGAIN_MS * 2 ** (line.looks - 1), MOST_TELL_AGAIN_MS);
      await promises.putBack(line.runId, owner, clock.now() + restMs, line.looks + 1);
    }
  }
};
