import type { OpenedForms } from '../../runs/opened-forms.ts';
import type { Runs } from '../../runs/ports.ts';
import { basisOf } from '../../runs/rules/basis.ts';
import type { BillPlan, InvoicePlan, Later } from '../../runs/rules/bill-plan.ts';
import { billWork, invoiceWork } from '../../runs/rules/work.ts';
import { briefly } from '../../shared/briefly.ts';
import { AppError } from '../../shared/errors.ts';
import type { LaborType } from '../../shared/labor.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { shorten } from '../../shared/text.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { KnownTicket } from '../../syncro/ticket.ts';
import { type Ticket, type TicketId, type TicketNumber, unreadOf } from '../../syncro/ticket.ts';
import { readFullInvoices } from '../../syncro/ticket-invoices.ts';
import { type FindDeps, findTicket, readTicket } from '../tickets/find-ticket.ts';
import type { PromisedCharges } from '../tickets/ports.ts';
import type { RecentCustomers } from '../tickets/recent-customers.ts';
import type { LaborRates, Rates } from './labor-rates.ts';
import {
  billedNow,
  chargedLater,
  createLaterOf,
  type InvoiceWhen,
  type LaterPolicy,
  noteOf,
  presetOf,
} from './later.ts';
import { type NotBillablePlan, notBillableWork, planNotBillable } from './not-billable.ts';
import { type BillChoice, type InvoiceFacts, planBilling, planInvoice } from './plan.ts';
import { createPricing, type Pricing, type PricingDeps, pricingOf } from './pricing.ts';
import type { Looking } from './recent-products.ts';

export type BillDeps = FindDeps &
  PricingDeps & {
    readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'invoices' | 'invoice'>;
    readonly customers: RecentCustomers;
    readonly rates: Pick<LaborRates, 'read'>;
    readonly identity: Identity;
    readonly opened: OpenedForms;
    readonly runs: Pick<Runs, 'openOn'>;
    readonly clock: Clock;
    readonly lists: AccountLists;
    readonly promised: PromisedCharges;
    readonly policy: LaterPolicy;
    readonly terms: Pick<CustomerTerms, 'schedules'>;
  };

export type BillHeader = {
  readonly ticket: KnownTicket;
  readonly prepaidHundredths: number | null;
  readonly rates: Rates;
  readonly invoice: { readonly later: Later; readonly preset: InvoiceWhen };
};

export type BillPreview = {
  readonly ticket: KnownTicket;
  readonly plan: BillPlan;
  readonly author: Author;
  readonly choice: BillChoice;
  readonly pricing: Omit<Pricing, 'warnings' | 'note'>;
  /** What would take it later, whether it is invoiced now or then. */
  readonly later: Later;
};
export type InvoicePreview = { readonly ticket: Ticket; readonly plan: InvoicePlan; readonly author: Author };

export type NotBillablePreview = {
  readonly ticket: Ticket;
  readonly plan: NotBillablePlan;
  readonly author: Author;
  /** As chosen and typed so far. */
  readonly reason: string;
  readonly details: string;
};

const LOOKUP_MS = 5_000;
/** A Slack of another clock. */
const AHEAD_MS = 5 * 60_000;

/** @throws AppError where the work is yet to end */
const mustBeOver = ({ endedAt }: BillChoice, now: number): void => {
  if (endedAt && endedAt > now + AHEAD_MS)
    throw new AppError('invalid', 'Ended is in the future. Go back and choose when the work ended.');
};

export const createBilling = (deps: BillDeps) => {
  const { reads, identity, runs, clock, opened, customers, policy } = deps;
  const readPricing = createPricing(deps);
  const laterFor = createLaterOf(deps.terms, clock);
  // The form's header and a quick Preview ask for the same number at the same time.
  const found = briefly<TicketNumber, KnownTicket>(clock, LOOKUP_MS);
  const lookUp = (caller: Caller, number: TicketNumber) => found(number, () => findTicket(deps, caller, number));

  const billingNow = async (ticketId: TicketId, formId: string): Promise<string | null> => {
    const run = await runs.openOn(ticketId);
    return run && run.formId !== formId ? run.technician.name : null;
  };

  /** What every invoice of a ticket rests on. @throws AppError also where it would take along what nobody can read */
  const readFacts = async (caller: Caller, { formId, ticketNumber }: Looking): Promise<InvoiceFacts> => {
    const known = await lookUp(caller, ticketNumber);
    const [ticket, invoices, customer, { statuses }, timeZone, busyWith, { taken }] = await Promise.all([
      readTicket(deps, caller, ticketNumber),
      readFullInvoices(reads, caller, known.id),
      customers.current(caller, known.customerId),
      deps.lists.ticketSettings(caller),
      deps.lists.timeZone(caller),
      billingNow(known.id, formId),
      deps.promised.on(known.id),
    ]);
    if (ticket.id !== known.id || ticket.customerId !== customer.id)
      throw new AppError('stale', `Ticket #${ticketNumber} just changed. Go back and preview it again.`);
    const [odd] = unreadOf(ticket, 'line');
    if (odd)
      throw new AppError(
        'unreadable',
        `A line of #${ticket.number}${odd.name ? ` ("${shorten(odd.name, 80)}")` : ''} can't be read: its price is unknown, and it would go on the invoice too.`,
        { subject: `ticket #${ticket.number}` },
      );
    return { ticket, customer, invoices, statuses, billingNow: busyWith, timeZone, taken, now: clock.now() };
  };

  /** Under the customer's name as it was just read. */
  const namedAnew = ({ ticket, customer }: InvoiceFacts): Ticket => ({ ...ticket, customerName: customer.name });

  return {
    /** What stands over the form. @throws AppError not_found, no_key */
    header: async (technician: Technician, number: TicketNumber, labor: readonly LaborType[]): Promise<BillHeader> => {
      const caller = await identity.reader(technician);
      const ticket = await lookUp(caller, number);
      const [{ prepaidHundredths }, rates, later] = await Promise.all([
        customers.recent(caller, ticket.customerId),
        deps.rates.read(caller, labor),
        laterFor(technician, caller, ticket.customerId),
      ]);
      return { ticket, prepaidHundredths, rates, invoice: { later, preset: presetOf(policy, later) } };
    },

    /** Reads the facts and plans; the plan is what is sent when it is confirmed. @throws AppError */
    preview: async (
      technician: Technician,
      formId: string,
      choice: BillChoice,
      preview: string | null = null,
    ): Promise<BillPreview> => {
      mustBeOver(choice, clock.now());
      const form = await opened.toPreview(technician, formId, preview);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = clock.now();
      const looking = { formId, ticketNumber: form.ticketNumber };
      const [facts, read, later] = await Promise.all([
        readFacts(caller, looking),
        readPricing(technician, caller, choice, { timerId: form.timerId ?? null, now: readAt, looking }),
        lookUp(caller, form.ticketNumber).then(({ customerId }) => laterFor(technician, caller, customerId)),
      ]);
      const { product } = read;
      // Syncro would refuse the line, but only after the comment went out.
      if (!product.name.trim()) throw new AppError('unreadable', `Product ${product.id} has no name in Syncro.`);
      const asked = { ...choice, invoice: choice.invoice ?? presetOf(policy, later) };
      const { facts: priced, warnings, note: priceNote, ...pricing } = pricingOf(facts, read, asked, policy);
      const planned = planBilling({ ...facts, ...priced }, asked, policy);
      const billed = { ...planned, warnings: [...planned.warnings, ...warnings] };
      const isLater = asked.invoice === 'later';
      const plan = isLater ? chargedLater(billed, later, policy, facts.statuses) : billedNow(billed, later, policy);
      const note = [...(priceNote ? [priceNote] : []), ...(isLater ? [noteOf(later)] : [])].join('; ');
      const ticket = namedAnew(facts);
      const work = { ...billWork(ticket, plan, author, facts.now, form.timerId), basis: basisOf(facts.ticket) };
      await opened.keepPreview(form, { ...work, ...(note ? { note } : {}) }, readAt);
      return { ticket, plan, author, pricing, choice, later };
    },

    /** The same work, and nobody is asked to pay for it. @throws AppError */
    previewNotBillable: async (
      technician: Technician,
      formId: string,
      choice: BillChoice,
      preview: string | null,
    ): Promise<Omit<NotBillablePreview, 'reason' | 'details'>> => {
      mustBeOver(choice, clock.now());
      const form = await opened.toPreview(technician, formId, preview);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = clock.now();
      const { timerId = null } = form;
      const [ticket, timer] = await Promise.all([
        readTicket(deps, caller, form.ticketNumber),
        timerId === null ? null : deps.timers.get(timerId),
      ]);
      const now = clock.now();
      const busyWith = await billingNow(ticket.id, formId);
      const plan = planNotBillable(
        { ticket, busyWith, endedAt: choice.endedAt ?? timer?.stoppedAt ?? now, now },
        choice,
      );
      await opened.keepPreview(form, notBillableWork(ticket, plan, author, timerId), readAt);
      return { ticket, plan, author };
    },

    /**
     * The same for an invoice of what is charged on the ticket already.
     * @throws AppError also stale: nothing waits for an invoice
     */
    previewInvoice: async (technician: Technician, formId: string): Promise<InvoicePreview> => {
      const form = await opened.toPreview(technician, formId);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = clock.now();
      const facts = await readFacts(caller, { formId, ticketNumber: form.ticketNumber });
      const plan = planInvoice(facts, policy);
      if (!plan) throw new AppError('stale', `Nothing on #${form.ticketNumber} is waiting to be invoiced.`);
      const ticket = namedAnew(facts);
      const work = { ...invoiceWork(ticket, plan, author, facts.now), basis: basisOf(facts.ticket) };
      await opened.keepPreview(form, work, readAt);
      return { ticket, plan, author };
    },
  };
};

export type Billing = ReturnType<typeof createBilling>;
