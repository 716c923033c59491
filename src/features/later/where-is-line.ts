import { type PlannedLine, planned } from '../../runs/rules/bill-plan.ts';
import { chargedLineOf, withChargedLine } from '../../runs/rules/charge.ts';
import type { BillRun } from '../../runs/rules/run.ts';
import { sameHours } from '../../shared/minutes.ts';
import { sameText } from '../../shared/text.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import { type LineItem, type Ticket, unreadOf } from '../../syncro/ticket.ts';
import type { DueLine } from './ports.ts';

/** `unread`: it may be what can't be read of the ticket. */
type Whereabouts = 'invoiced' | 'waiting' | 'gone' | 'unread';

/** Only a person said that it is there: then by what it is, best one that still waits. */
const likeIt = (run: BillRun, { lineItems }: Ticket): LineItem | undefined => {
  const line = chargedLineOf(run) ?? run.plan.line;
  const alike = lineItems.filter(
    ({ id, productId, quantityHundredths, description }) =>
      !run.known.lineItemIds.includes(id) &&
      productId === line.productId &&
      sameHours(quantityHundredths, line.quantityHundredths) &&
      sameText(line.description, description),
  );
  return alike.find(({ invoiced }) => !invoiced) ?? alike[0];
};

const rowOf = ({ lineId }: DueLine, run: BillRun, ticket: Ticket): LineItem | undefined =>
  lineId === null ? likeIt(run, ticket) : ticket.lineItems.find(({ id }) => id === lineId);

/** The run with its line as it stands on the ticket now: somebody may have corrected it since. */
export const asItStands = (line: DueLine, run: BillRun, ticket: Ticket | null): BillRun => {
  const row = ticket && rowOf(line, run, ticket);
  return row ? { ...run, steps: withChargedLine(run, () => ({ id: row.id, ...planned(row) })).steps } : run;
};

/** Where a charged line is now. @param ticket `null`: it is gone */
export const whereIsLine = (line: DueLine, run: BillRun, ticket: Ticket | null): Whereabouts => {
  if (!ticket) return 'gone';
  const { lineId } = line;
  const row = rowOf(line, run, ticket);
  if (row) return row.invoiced ? 'invoiced' : 'waiting';
  return unreadOf(ticket, 'line').some(({ id }) => id === null || id === lineId) ? 'unread' : 'gone';
};

/** A line that an invoice may hold which was made between these moments. */
export type Sought = Pick<PlannedLine, 'productId' | 'quantityHundredths' | 'description'> & {
  readonly ticketId: number;
  readonly from: number;
  /** `null`: until now. */
  readonly until: number | null;
};

/** What a run charged, as an invoice would hold it. */
export const soughtOf = (run: BillRun, until: number | null = null): Sought => {
  const { productId, quantityHundredths, description } = chargedLineOf(run) ?? run.plan.line;
  return { ...{ productId, quantityHundredths, description }, ticketId: run.ticket.id, from: run.createdAt, until };
};

type Kept = Pick<PlannedLine, 'description'> & Pick<Invoice['lines'][number], 'productId' | 'quantityHundredths'>;

/** Would an invoice's row of one read as the other? */
export const isLike = (row: Kept, { productId, quantityHundredths, description }: Omit<Sought, 'ticketId'>): boolean =>
  row.productId === productId &&
  row.quantityHundredths !== null &&
  sameHours(row.quantityHundredths, quantityHundredths) &&
  sameText(description, row.description);

/**
 * Where Syncro does not flag what a recurring invoice took, the invoice tells: it names no ticket, and holds the line's
 * product, hours and text. Each row of an invoice is one line: whoever comes first takes it.
 */
export const findOnInvoices = <T extends Sought>(
  sought: readonly T[],
  invoices: readonly Invoice[],
): ReadonlySet<T> => {
  const rows = invoices
    .toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0))
    .flatMap(({ ticketId, createdAt, lines }) => lines.map((row) => ({ ...row, ticketId, createdAt })));
  const takes = (one: T): boolean => {
    const rowOf = (ticket: number | null): number =>
      rows.findIndex(
        (row) =>
          row.ticketId === ticket &&
          (row.createdAt === null || (row.createdAt >= one.from && row.createdAt <= (one.until ?? row.createdAt))) &&
          isLike(row, one),
      );
    const own = rowOf(one.ticketId);
    const at = own >= 0 ? own : rowOf(null);
    if (at >= 0) rows.splice(at, 1);
    return at >= 0;
  };
  return new Set(sought.filter(takes));
};
