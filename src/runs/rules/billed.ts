import { exact } from '../../shared/money.ts';
import { hasPlan, type Run } from './run.ts';

/** What a number of bills came to. */
export type Billed = { readonly bills: number; readonly quantityHundredths: number; readonly cents: number };

/**
 * Adds up the bills among these runs that went through. A checked invoice's own total counts before the planned one; of
 * what was worked and charged before, only the money is of this day.
 */
export const sumBills = (runs: readonly Run[]): Billed =>
  runs
    .flatMap((run) => (hasPlan(run) && run.state === 'done' ? [run] : []))
    .reduce<Billed>(
      ({ bills, quantityHundredths, cents }, { plan: { line }, invoicedCents }) => ({
        bills: bills + 1,
        quantityHundredths: exact(quantityHundredths + (line?.quantityHundredths ?? 0)),
        cents: cents + (invoicedCents ?? line?.amountCents ?? 0),
      }),
      { bills: 0, quantityHundredths: 0, cents: 0 },
    );
