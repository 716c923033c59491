import { type BillPlan, expectedTotal, type Later } from '../../runs/rules/bill-plan.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Caller } from '../../syncro/ports.ts';
import type { Schedule } from '../../syncro/schedule.ts';
import { createIfAllowed } from '../tickets/if-allowed.ts';

/** When what is charged is invoiced: by an invoice that is made at once, or by the customer's recurring one. */
export const INVOICE_WHEN = ['now', 'later'] as const;

export type InvoiceWhen = (typeof INVOICE_WHEN)[number];

export type LaterPolicy = {
  /** `ask`: what the form is preset to follows the customer's recurring invoice. */
  readonly invoice: 'ask' | InvoiceWhen;
  /** The status after a charge; `null`: it stays as it is. */
  readonly chargedStatus: string | null;
};

/** One that is not made by then is late no more: it has come to its end. */
const LATE_MS = 4 * 24 * 3_600_000;

/** The recurring invoice that will take a charge first, or what keeps there from being one. @param all `null`: unread */
export const laterOf = (all: readonly Schedule[] | null, now: number): Later => {
  if (all === null) return { by: 'none', why: 'unread', name: null };
  const late = new Date(now - LATE_MS).toISOString().slice(0, 10);
  const takers = all.filter(({ takesCharges }) => takesCharges);
  const next = takers
    .flatMap(({ id, name, nextRun, paused }) => (paused || nextRun === null ? [] : [{ id, name, day: nextRun }]))
    .toSorted((a, b) => Number(a.day < late) - Number(b.day < late) || a.day.localeCompare(b.day))[0];
  if (next) return { by: 'schedule', scheduleId: next.id, name: next.name, day: next.day };
  const undated = takers.find(({ paused }) => !paused);
  if (undated) return { by: 'none', why: 'no_day', name: undated.name };
  const [paused, other] = [takers[0], all[0]];
  if (paused) return { by: 'none', why: 'paused', name: paused.name };
  return other ? { by: 'none', why: 'no_charges', name: other.name } : { by: 'none', why: 'no_schedule', name: null };
};

export const presetOf = ({ invoice }: LaterPolicy, later: Later): InvoiceWhen => {
  if (invoice !== 'ask') return invoice;
  return later.by === 'schedule' ? 'later' : 'now';
};

/** Preset to an invoice now, because nobody could see whether a recurring one takes it. */
export const billedNow = (plan: BillPlan, later: Later, { invoice }: LaterPolicy): BillPlan =>
  invoice === 'ask' && later.by === 'none' && later.why === 'unread'
    ? { ...plan, warnings: [...plan.warnings, { kind: 'schedules_unread' }] }
    : plan;

/** The bill without its invoice: its line waits for the recurring one, and so does whatever is on the ticket. */
export const chargedLater = (
  plan: BillPlan,
  later: Later,
  { chargedStatus }: LaterPolicy,
  statuses: readonly string[],
): BillPlan => {
  const isMissing = chargedStatus !== null && !statuses.includes(chargedStatus);
  return {
    ...plan,
    later,
    olderLines: [],
    status: isMissing ? null : chargedStatus,
    expectedTotalCents: expectedTotal(plan.blockHundredths ?? null, plan.prepaid, [], plan.line),
    warnings: [
      // Of the invoice's own status and date nothing comes.
      ...plan.warnings.filter(({ kind }) => !['no_status', 'no_time_zone', 'line_invoiced'].includes(kind)),
      ...(later.by === 'none' ? [{ kind: 'never_invoiced', why: later.why, name: later.name } as const] : []),
      ...(isMissing ? [{ kind: 'no_status', status: chargedStatus } as const] : []),
    ],
  };
};

/** For the audit. */
export const noteOf = (later: Later): string =>
  `to be invoiced later, ${later.by === 'schedule' ? `by "${later.name}" on ${later.day}` : 'no recurring invoice is known'}`;

/** The recurring invoice of a customer as this technician may see it. Never throws for what Syncro does. */
export const createLaterOf = (terms: Pick<CustomerTerms, 'schedules'>, clock: Clock) => {
  const ifAllowed = createIfAllowed(clock);
  return async (technician: Technician, caller: Caller, customerId: number): Promise<Later> =>
    laterOf(await ifAllowed(technician, () => terms.schedules(caller, customerId)), clock.now());
};
