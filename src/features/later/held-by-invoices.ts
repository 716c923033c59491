import type { Runs } from '../../runs/ports.ts';
import { isAppError } from '../../shared/errors.ts';
import type { Log } from '../../shared/system.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { readSince, wellBefore } from '../../syncro/read-pages.ts';
import type { LineItem, Ticket } from '../../syncro/ticket.ts';
import type { Promises } from './ports.ts';
import type { LateLine } from './tell-late.ts';
import { findOnInvoices, isLike, type Sought, soughtOf } from './where-is-line.ts';

export type HeldDeps = {
  readonly promises: Pick<Promises, 'invoicedOf'>;
  readonly runs: Pick<Runs, 'get'>;
  readonly reads: Pick<SyncroReads, 'invoices' | 'invoice'>;
  readonly log: Log;
};

/** The tickets of the lines, by id. `null`: it is gone. `failed`: it can't be read now. */
export type Tickets = Map<number, Ticket | null | 'failed'>;

/** An equal row that is so much older is on an invoice that is older, too. */
const LOOK_BACK_MS = 100 * 24 * 3_600_000;

/** The customer's invoices since then, with their lines; `null`: they can't be read now. */
const readInvoicesSince = async (
  { reads, log }: HeldDeps,
  caller: Caller,
  customerId: number,
  since: number,
): Promise<readonly Invoice[] | null> => {
  try {
    const rows = await readSince(since, 'invoices', (page) =>
      reads.invoices(caller, { updatedSince: wellBefore(since), page }),
    );
    const theirs = rows.filter((row) => row.customerId === customerId && (row.createdAt ?? since) >= since);
    const invoices: Invoice[] = [];
    for (const { id } of theirs) invoices.push(await reads.invoice(caller, id));
    return invoices;
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.warn({ err: error }, 'invoices could not be looked through for charged lines, trying again');
    return null;
  }
};

type SoughtRow = Sought & { readonly id: number };

const soughtRow = (row: LineItem, ticketId: number, from: number): SoughtRow => {
  const { id, productId, quantityHundredths, description, createdAt } = row;
  return { id, productId, quantityHundredths, description, ticketId, from: createdAt ?? from, until: null };
};

/** Rows of their tickets that Syncro flags as invoiced and that read like one of them. */
const flaggedLike = (ours: readonly Sought[], tickets: Tickets, from: number): readonly SoughtRow[] =>
  [...tickets.values()]
    .flatMap((ticket) => (ticket && ticket !== 'failed' ? ticket.lineItems.map((row) => ({ row, on: ticket.id })) : []))
    .filter(({ row }) => row.invoiced && ours.some((one) => isLike(row, one)))
    .map(({ row, on }) => soughtRow(row, on, from));

/** The customer's lines that people were told are on an invoice, seen there since then. */
const knownInvoiced = async (
  { promises, runs }: HeldDeps,
  customerId: number,
  since: number,
): Promise<ReadonlyArray<Sought & { readonly id: number | null }>> => {
  const sought: Array<Sought & { readonly id: number | null }> = [];
  for (const { runId, lineId, at } of await promises.invoicedOf(customerId, since)) {
    const run = await runs.get(runId);
    if (run?.kind === 'bill') sought.push({ ...soughtOf(run, at), id: lineId });
  }
  return sought;
};

/**
 * Which of a customer's lines an invoice holds, by what they are: each row of an invoice is one line, and that of an equal
 * line which is known to be invoiced is not free for them. Those that still wait come first: what somebody took off its ticket
 * was hardly on an invoice.
 * @returns `null`: the invoices can't be read now
 * @throws whatever the database throws
 */
export const heldByInvoices = async (
  deps: HeldDeps,
  caller: Caller,
  late: readonly LateLine[],
  tickets: Tickets,
): Promise<ReadonlySet<LateLine> | null> => {
  const ours = late
    .toSorted((a, b) => Number(a.what === 'gone') - Number(b.what === 'gone'))
    .map((one) => ({ one, customerId: one.line.customerId, ...soughtOf(one.run) }));
  const [first] = ours;
  if (!first) return new Set();
  const charged = Math.min(...ours.map(({ from }) => from));
  const flagged = flaggedLike(ours, tickets, charged).filter(({ from }) => from > charged - LOOK_BACK_MS);
  const since = Math.min(charged, ...flagged.map(({ from }) => from));
  const invoices = await readInvoicesSince(deps, caller, first.customerId, since);
  if (!invoices) return null;
  const known = invoices.length === 0 ? [] : await knownInvoiced(deps, first.customerId, since);
  const unpromised = flagged.filter(({ id }) => !known.some((one) => one.id === id));
  const held = findOnInvoices<Sought>([...known, ...unpromised, ...ours], invoices);
  return new Set(ours.flatMap((each) => (held.has(each) ? [each.one] : [])));
};
