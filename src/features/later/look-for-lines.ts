import type { Followed, Runs } from '../../runs/ports.ts';
import { calendarIn } from '../../shared/calendar.ts';
import { AppError, isAppError } from '../../shared/errors.ts';
import { knownZone } from '../../shared/time-zone.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { readSince, wellBefore } from '../../syncro/read-pages.ts';
import type { LineItem, Ticket, TicketId } from '../../syncro/ticket.ts';
import type { DueLine, Promises } from './ports.ts';
import { type LateLine, type TellLateDeps, tellLate } from './tell-late.ts';
import { asItStands, findOnInvoices, type Sought, soughtOf, whereIsLine } from './where-is-line.ts';

export type LookDeps = TellLateDeps & {
  readonly promises: Promises;
  readonly runs: Pick<Runs, 'get' | 'showAgain'>;
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

/** The customer's invoices since then, with their lines; none where they can't be read: then only the flags count. */
const readInvoicesSince = async (
  { reads, log }: LookDeps,
  caller: Caller,
  customerId: number,
  since: number,
): Promise<readonly Invoice[]> => {
  try {
    const rows = await readSince(since, 'invoices', (page) =>
      reads.invoices(caller, { updatedSince: wellBefore(since), page }),
    );
    const theirs = rows.filter((row) => row.customerId === customerId && (row.createdAt ?? since) >= since);
    const invoices: Invoice[] = [];
    for (const { id } of theirs) invoices.push(await reads.invoice(caller, id));
    return invoices;
  } catch (error) {
    if (!isAppError(error) || error.retryable) throw error;
    log.warn({ err: error }, 'invoices could not be looked through for charged lines');
    return [];
  }
};

/** Is its recurring invoice yet to run? */
const isYetToRun = async ({ terms, clock }: LookDeps, caller: Caller, { line, run }: LateLine): Promise<boolean> => {
  const { later, timeZone = null } = run.plan;
  const since = calendarIn(knownZone(timeZone)).startOf(line.day);
  if (later?.by !== 'schedule' || clock.now() - since > RUN_WITHIN_MS) return false;
  const schedules = await terms.schedules(caller, line.customerId).catch((error: unknown) => {
    if (error instanceof AppError && !error.retryable) return [];
    throw error;
  });
  const nextRun = schedules.find(({ id }) => id === later.scheduleId)?.nextRun ?? null;
  return nextRun !== null && nextRun <= line.day;
};

/** What became of it is known: its receipt says so. */
const settle = async (deps: LookDeps, { runId }: DueLine, state: Followed['state']): Promise<void> => {
  await deps.promises.settle(runId, deps.owner, state, deps.clock.now());
  await deps.runs.showAgain(runId);
  await deps.promises.close(runId, deps.owner);
};

/** By id, as `readTicket` found them. */
type Tickets = Map<number, Ticket | null | 'failed'>;

/** Those that were looked for twice and are flagged on no ticket. @param tickets what was read of them */
const lookFor = async (
  deps: LookDeps,
  caller: Caller,
  lines: readonly DueLine[],
  tickets: Tickets,
): Promise<readonly LateLine[]> => {
  const { promises, runs, clock, owner } = deps;
  const late: LateLine[] = [];
  for (const line of lines) {
    const run = await runs.get(line.runId);
    if (run?.kind !== 'bill') {
      await promises.close(line.runId, owner);
      continue;
    }
    if (!tickets.has(line.ticketId)) tickets.set(line.ticketId, await readTicket(deps, caller, line.ticketId));
    const ticket = tickets.get(line.ticketId) ?? null;
    if (ticket === 'failed') {
      await promises.putBack(line.runId, owner, clock.now() + LOOK_AGAIN_MS, line.looks);
      continue;
    }
    const where = whereIsLine(line, run, ticket);
    if (where === 'invoiced' || where === 'gone') await settle(deps, line, where);
    else if (where === 'unread') await promises.putBack(line.runId, owner, clock.now() + NOT_YET_MS, line.looks);
    else if (line.looks === 0) await promises.putBack(line.runId, owner, clock.now() + LOOK_AGAIN_MS, 1);
    else if (await isYetToRun(deps, caller, { line, run }))
      await promises.putBack(line.runId, owner, clock.now() + NOT_YET_MS, line.looks);
    else late.push({ line, run: asItStands(line, run, ticket) });
  }
  return late;
};

const soughtRow = ({ productId, quantityHundredths, description, createdAt }: LineItem, ticketId: number): Sought => ({
  ...{ productId, quantityHundredths, description },
  ...{ ticketId, from: createdAt ?? 0, until: null },
});

/** The customer's other lines that are known to be on an invoice: an equal row there is theirs. */
const invoicedBefore = async (
  { promises, runs }: LookDeps,
  customerId: number,
  since: number,
  tickets: Tickets,
): Promise<readonly Sought[]> => {
  const known = await promises.invoicedOf(customerId, since);
  const sought: Sought[] = [];
  for (const { runId, at } of known) {
    const run = await runs.get(runId);
    if (run?.kind === 'bill') sought.push(soughtOf(run, at));
  }
  const ids = new Set(known.map(({ lineId }) => lineId));
  const others = [...tickets.values()].flatMap((ticket) =>
    ticket && ticket !== 'failed' ? ticket.lineItems.map((row) => ({ row, on: ticket.id })) : [],
  );
  const flagged = others.filter(({ row }) => row.invoiced && !ids.has(row.id));
  return [...sought, ...flagged.map(({ row, on }) => soughtRow(row, on))];
};

/** Those of them that an invoice holds although Syncro does not flag them. */
const onInvoices = async (
  deps: LookDeps,
  caller: Caller,
  found: readonly LateLine[],
  tickets: Tickets,
): Promise<ReadonlySet<LateLine>> => {
  const customerId = found[0]?.line.customerId ?? 0;
  const since = Math.min(...found.map(({ run }) => run.createdAt));
  const invoices = await readInvoicesSince(deps, caller, customerId, since);
  if (invoices.length === 0) return new Set();
  const before = await invoicedBefore(deps, customerId, since, tickets);
  const ours = found.map((one) => ({ one, ...soughtOf(one.run) }));
  const held: ReadonlySet<Sought> = findOnInvoices<Sought>([...before, ...ours], invoices);
  return new Set(ours.filter((each) => held.has(each)).map(({ one }) => one));
};

/**
 * Looks what became of a customer's charged lines after the day of their recurring invoice: one read for each ticket, and
 * only what is on no invoice costs more. Then the receipts say so, and who charged and who bills hears of what was left.
 * @throws AppError and whatever a read throws; then nothing was told that is not noted
 */
export const lookForLines = async (deps: LookDeps, lines: readonly DueLine[]): Promise<void> => {
  const { promises, clock, owner } = deps;
  const waiting: DueLine[] = [];
  for (const line of lines) {
    if (line.state === 'waiting') waiting.push(line);
    else await settle(deps, line, line.state);
  }
  if (waiting.length === 0) return;
  const caller = await deps.caller();
  const tickets: Tickets = new Map();
  const found = await lookFor(deps, caller, waiting, tickets);
  if (found.length === 0) return;
  const held = await onInvoices(deps, caller, found, tickets);
  for (const { line } of found.filter((one) => held.has(one))) await settle(deps, line, 'invoiced');
  const late = found.filter((one) => !held.has(one));
  const telling = late.length === 0 ? 'settled' : await tellLate(deps, late);
  if (telling === 'lost') return;
  for (const { line } of late) {
    if (telling === 'settled') await settle(deps, line, 'late');
    else {
      const restMs = Math.min(TELL_AGAIN_MS * 2 ** (line.looks - 1), MOST_TELL_AGAIN_MS);
      await promises.putBack(line.runId, owner, clock.now() + restMs, line.looks + 1);
    }
  }
};
