import type { Audience } from '../domain/audience.ts';
import { type BillPlan, type BillPolicy, planBilling } from '../domain/billing.ts';
import type { Customer } from '../domain/customer.ts';
import type { LaborType } from '../domain/labor.ts';
import type { Run } from '../domain/run.ts';
import type { Technician } from '../domain/technician.ts';
import type { TicketId, TicketNumber } from '../domain/ticket.ts';
import { AppError } from '../errors.ts';
import { briefly } from './briefly.ts';
import { type FindDeps, findTicket, readTicket } from './find-ticket.ts';
import type { Author, Identity } from './identity.ts';
import type { BillDraft, Caller, Clock, Forms, Ids, KnownTicket, Runs, SyncroReads, TicketSettings } from './ports.ts';

export type BillDeps = FindDeps & {
  readonly reads: Pick<
    SyncroReads,
    'findTicket' | 'ticket' | 'invoices' | 'invoice' | 'customer' | 'product' | 'ticketSettings'
  >;
  readonly identity: Identity;
  readonly forms: Forms;
  readonly runs: Pick<Runs, 'openOn' | 'byForm'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: BillPolicy;
};

export type BillHeader = { readonly ticket: KnownTicket; readonly prepaidHundredths: number | null };

export type BillChoice = {
  readonly workedMinutes: number;
  readonly labor: LaborType;
  readonly comment: string;
  readonly audience: Audience;
};

export type BillPreview = { readonly plan: BillPlan; readonly author: Author };

/** What the form shows of a customer may be this old; a block that gets debited is read live for the preview. */
const CUSTOMER_MS = 2 * 60_000;
const SETTINGS_MS = 10 * 60_000;
const LOOKUP_MS = 5_000;

/** One form, one bill: what was confirmed once is not offered a second time. */
const alreadySent = ({ ref, ticket }: Run): AppError =>
  new AppError(
    'stale',
    `This form was confirmed before (ref ${ref}). To bill #${ticket.number} once more, open a new form.`,
  );

export const createBilling = (deps: BillDeps) => {
  const { reads, identity, forms, runs, clock, ids } = deps;
  const customers = briefly<number, Customer>(clock, CUSTOMER_MS);
  const settings = briefly<'account', TicketSettings>(clock, SETTINGS_MS);
  // The form's header and a quick Preview ask for the same number at the same time.
  const found = briefly<TicketNumber, KnownTicket>(clock, LOOKUP_MS);
  const lookUp = (caller: Caller, number: TicketNumber) => found(number, () => findTicket(deps, caller, number));

  const readCustomer = async (caller: Caller, id: number): Promise<Customer> => {
    const customer = await customers(id, () => reads.customer(caller, id));
    return customer.prepaidHundredths ? reads.customer(caller, id) : customer;
  };

  /** The ticket's invoices with their lines; mostly there are none, which costs one request. */
  const readInvoices = async (caller: Caller, ticketId: TicketId) => {
    const { rows } = await reads.invoices(caller, { ticketId });
    const own = rows.filter((row) => row.ticketId === null || row.ticketId === ticketId);
    const full = await Promise.all(own.map(({ id }) => reads.invoice(caller, id)));
    return full.filter((invoice) => invoice.ticketId === null || invoice.ticketId === ticketId);
  };

  const billingNow = async (ticketId: TicketId, formId: string): Promise<string | null> => {
    const run = await runs.openOn(ticketId);
    return run && run.formId !== formId ? run.technician.name : null;
  };

  const ownForm = async (technician: Technician, formId: string) => {
    const form = await forms.get(formId);
    if (!form || form.technician !== technician.slackUser)
      throw new AppError('stale', 'This form is too old. Open it again with /syncro bill.');
    return form;
  };

  return {
    /** Opens a form: an id, and what is remembered of the ticket without asking Syncro. */
    open: async (technician: Technician, number: TicketNumber) => {
      const formId = ids.id();
      const createdAt = clock.now();
      await forms.put({
        id: formId,
        technician: technician.slackUser,
        ticketNumber: number,
        draft: null,
        previewing: false,
        previewed: null,
        createdAt,
      });
      return { formId, known: await deps.memory.recall(number) };
    },

    /** What stands over the form. @throws AppError not_found, no_key */
    header: async (technician: Technician, number: TicketNumber): Promise<BillHeader> => {
      const caller = await identity.reader(technician);
      const ticket = await lookUp(caller, number);
      const customer = await customers(ticket.customerId, () => reads.customer(caller, ticket.customerId));
      return { ticket, prepaidHundredths: customer.prepaidHundredths };
    },

    /** Keeps what was typed, so that nothing that follows can lose it. @throws AppError stale */
    keepDraft: async (technician: Technician, formId: string, draft: BillDraft): Promise<void> => {
      await forms.put({ ...(await ownForm(technician, formId)), draft, previewing: true, previewed: null });
    },

    /** What is remembered of the ticket and its customer without asking Syncro, for Back. */
    remembered: async (number: TicketNumber): Promise<{ readonly ticket: KnownTicket } | null> => {
      const ticket = await deps.memory.recall(number);
      return ticket ? { ticket } : null;
    },

    /** Is the person still filling in the form, and not looking at the preview? @throws AppError stale */
    isBeingFilledIn: async (technician: Technician, formId: string) => !(await ownForm(technician, formId)).previewing,

    /** Back from the preview: what was typed, and the form counts as being filled in again. @throws AppError stale */
    reopen: async (technician: Technician, formId: string) => {
      const form = await ownForm(technician, formId);
      await forms.put({ ...form, previewing: false, previewed: null });
      return { ticketNumber: form.ticketNumber, draft: form.draft ?? {} };
    },

    /** Reads the facts live and plans; the plan is what `Bill it` will send. @throws AppError */
    preview: async (technician: Technician, formId: string, choice: BillChoice): Promise<BillPreview> => {
      const form = await ownForm(technician, formId);
      const sent = await runs.byForm(formId);
      if (sent) throw alreadySent(sent);
      const { caller, author } = await identity.writer(technician, 'person');
      const known = await lookUp(caller, form.ticketNumber);
      const [ticket, invoices, product, customer, account, busyWith] = await Promise.all([
        readTicket(deps, caller, form.ticketNumber),
        readInvoices(caller, known.id),
        reads.product(caller, choice.labor.productId),
        readCustomer(caller, known.customerId),
        settings('account', () => reads.ticketSettings(caller)),
        billingNow(known.id, formId),
      ]);
      if (ticket.id !== known.id || ticket.customerId !== customer.id)
        throw new AppError(
          'stale',
          `Ticket #${form.ticketNumber} was changed just now. Press Back, then Preview again.`,
        );
      // Syncro would refuse the line, but only after the comment went out.
      if (!product.name.trim()) throw new AppError('unreadable', `Product ${product.id} has no name in Syncro.`);
      const now = clock.now();
      const facts = { ticket, customer, product, invoices, statuses: account.statuses, billingNow: busyWith, now };
      const plan = planBilling(facts, choice, deps.policy);
      await forms.put({ ...form, previewed: { plan, author: { id: author.id, name: author.name }, at: now } });
      return { plan, author };
    },
  };
};

export type Billing = ReturnType<typeof createBilling>;
