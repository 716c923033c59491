import { exact } from '../../shared/money.ts';
import type { Run } from './run.ts';

/** What a number of bills came to. */
export type Billed = { readonly bills: number; readonly quantityHundredths: number; readonly cents: number };

/** Adds up the bills among these runs that went through. A checked invoice's own total counts before the planned one. */
export const sumBills = (runs: readonly Run[]): Billed =>
  runs
    .flatMap((run) => (run.kind === 'bill' && run.state === 'done' ? [run] : []))
    .reduce<Billed>(
      ({ bills, quantityHundredths, cents }, { plan, invoicedCents }) => ({
        bills: bills + 1,
        quantityHundredths: exact(quantityHundredths + plan.line.quantityHundredths),
        cents: cents + (invoicedCents ?? plan.line.amountCents),
      }),
      { bills: 0, quantityHundredths: 0, cents: 0 },
    );
