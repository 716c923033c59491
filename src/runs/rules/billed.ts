import { exact } from '../../shared/money.ts';
import { chargedLineOf } from './charge.ts';
import { hasPlan, isCharge } from './purpose.ts';
import { type PlannedRun, type Run, resultOf } from './run.ts';

/** What a number of bills came to. */
export type Billed = {
  readonly bills: number;
  readonly quantityHundredths: number;
  readonly cents: number;
  /** Of these, what recurring invoices are to take. */
  readonly laterCents: number;
};

/** What waits for its invoice; what a block pays, if only a part that nobody knows, or an invoice of the same runs took, is no money of its own. */
const chargedCents = (run: PlannedRun, invoiced: ReadonlySet<number>): number => {
  const line = chargedLineOf(run) ?? run.plan.line;
  const id = line?.id ?? resultOf(run, 'line_item')?.id ?? null;
  return !line || run.plan.prepaid || (id !== null && invoiced.has(id)) ? 0 : line.amountCents;
};

/**
 * Adds up the bills among these runs that went through. A checked invoice's own total counts before the planned one; of
 * what was worked and charged before, only the money is of this day.
 */
export const sumBills = (runs: readonly Run[]): Billed => {
  const ended = runs.flatMap((run) => (hasPlan(run) && run.state === 'done' ? [run] : []));
  const invoiced = new Set(ended.flatMap(({ plan }) => plan.olderLines.flatMap(({ id }) => id ?? [])));
  return ended.reduce<Billed>(
    ({ bills, quantityHundredths, cents, laterCents }, run) => {
      const { line } = run.plan;
      const later = isCharge(run) ? chargedCents(run, invoiced) : 0;
      return {
        bills: bills + 1,
        quantityHundredths: exact(quantityHundredths + (line?.quantityHundredths ?? 0)),
        cents: cents + (isCharge(run) ? later : (run.invoicedCents ?? line?.amountCents ?? 0)),
        laterCents: laterCents + later,
      };
    },
    { bills: 0, quantityHundredths: 0, cents: 0, laterCents: 0 },
  );
};
