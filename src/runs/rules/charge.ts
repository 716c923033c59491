import { sameHours, toHundredths } from '../../shared/minutes.ts';
import { lineAmountCents } from '../../shared/money.ts';
import { sameText } from '../../shared/text.ts';
import type { LineItem, Ticket, TimerEntry } from '../../syncro/ticket.ts';
import { chargedSeconds } from '../../syncro/time-entry.ts';
import type { Write } from '../../syncro/write.ts';
import { type PlannedLine, planned } from './bill-plan.ts';
import { type Run, resultOf } from './run.ts';
import type { Step } from './step.ts';
import type { Difference } from './verify-invoice.ts';

/** The step that logs the time, and what it sends. */
export const timeEntryOf = (run: Run): { readonly step: Step; readonly write: Write & { kind: 'timer' } } | null => {
  for (const step of run.steps) if (step.action.kind === 'timer') return { step, write: step.action };
  return null;
};

/** The line that the charge is checked by becomes another: what Syncro made of it, or what was corrected. */
export const withChargedLine = <R extends Run>(run: R, change: (line: PlannedLine) => PlannedLine): R => ({
  ...run,
  steps: run.steps.map(
    (step): Step =>
      step.action.kind === 'verify_charge'
        ? { ...step, action: { ...step.action, line: change(step.action.line) } }
        : step,
  ),
});

/** The line that the charge of the logged time is to make. */
export const chargedLineOf = (run: Run): PlannedLine | null => {
  for (const { action } of run.steps) if (action.kind === 'verify_charge') return action.line;
  return null;
};

const sameLength = (row: LineItem, line: PlannedLine): boolean =>
  sameHours(row.quantityHundredths, line.quantityHundredths);
/** At the product's rate, or at that of a contract, as Syncro goes by it or not. */
const agreedRate = ({ rateCents }: LineItem, line: PlannedLine): boolean =>
  rateCents === line.rateCents || line.contractRates?.includes(rateCents) === true;
const sameProduct = (row: LineItem, line: PlannedLine): boolean => row.productId === line.productId;

/**
 * Holds a logged entry against the line that was previewed, before it is charged.
 * @returns every difference, and the line as Syncro will make it; `null`: nobody knows what it will cost
 */
export const verifyEntry = (
  line: PlannedLine,
  entry: TimerEntry,
): { readonly differences: readonly Difference[]; readonly actual: PlannedLine | null } => {
  if (entry.billable === false) return { differences: [{ kind: 'entry_not_billable', line }], actual: null };
  const seconds = chargedSeconds(entry);
  if (seconds === 'not_understood') return { differences: [{ kind: 'entry_unclear', line }], actual: null };
  const quantityHundredths = seconds === null ? line.quantityHundredths : toHundredths(seconds / 60);
  if (sameHours(quantityHundredths, line.quantityHundredths)) return { differences: [], actual: line };
  const actual = { ...line, quantityHundredths, amountCents: lineAmountCents(quantityHundredths, line.rateCents) };
  return { differences: [{ kind: 'entry_hours', line, quantityHundredths }], actual };
};

type Made = {
  /** The time entry that was charged. */
  readonly entryId: number | null;
  /** The line that the run added itself. */
  readonly lineId: number | null;
};

/** The line that is ours, or that Syncro made of the entry: the one that it names, else the new one that fits best. */
const findCharged = (line: PlannedLine, ticket: Ticket, fresh: readonly LineItem[], { entryId, lineId }: Made) => {
  const linked = lineId ?? ticket.timers.find(({ id }) => id === entryId)?.lineItemId ?? null;
  const named = ticket.lineItems.find(({ id }) => id === linked);
  const fits = fresh.filter((row) => sameProduct(row, line));
  return (
    named ??
    fits.find((row) => sameLength(row, line) && agreedRate(row, line)) ??
    fits.find((row) => sameLength(row, line)) ??
    fits.find((row) => sameText(line.description, row.description))
  );
};

const extra = ({ name, quantityHundredths, rateCents }: LineItem): Difference => ({
  kind: 'line_extra',
  name,
  quantityHundredths,
  rateCents,
});

/**
 * Holds the ticket against the charge that was previewed: out of a time entry's length and the product Syncro makes the
 * line by itself. No invoice may hold it yet.
 * @param entryId the time entry that was charged
 * @returns every difference; none: that line is there, as `actual` to Syncro's own decimals
 */
export const verifyCharge = (
  run: Run,
  line: PlannedLine,
  ticket: Ticket,
  entryId: number | null,
): { readonly differences: readonly Difference[]; readonly actual: PlannedLine | null } => {
  const fresh = ticket.lineItems.filter(
    ({ id, technicianId }) =>
      !run.known.lineItemIds.includes(id) && (technicianId === null || technicianId === run.author.id),
  );
  const lineId = resultOf(run, 'line_item')?.id ?? null;
  const charged = findCharged(line, ticket, fresh, { entryId, lineId });
  if (!charged) return { differences: [{ kind: 'line_missing', line }], actual: null };
  const actual = { id: charged.id, ...planned(charged) };
  if (!sameProduct(charged, line)) return { differences: [{ kind: 'line_missing', line }, extra(charged)], actual };
  const differences: Difference[] = [];
  if (!sameLength(charged, line))
    differences.push({ kind: 'line_hours', line, quantityHundredths: charged.quantityHundredths });
  if (!agreedRate(charged, line)) differences.push({ kind: 'line_price', line, rateCents: charged.rateCents });
  if (charged.taxable !== line.taxable) differences.push({ kind: line.taxable ? 'line_untaxed' : 'line_taxed', line });
  if (charged.discounted) differences.push({ kind: 'line_discounted', line });
  if (charged.invoiced) differences.push({ kind: 'line_invoiced', line });
  const again = fresh.filter(
    (row) =>
      row.id !== charged.id &&
      sameProduct(row, line) &&
      sameLength(row, line) &&
      sameText(line.description, row.description),
  );
  return { differences: [...differences, ...again.map(extra)], actual };
};
