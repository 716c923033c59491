import { type BillChoice, type BillFacts, type BillPolicy, planBilling } from '../../../src/features/bill/plan.ts';
import type { BillPlan, PlannedLine } from '../../../src/runs/rules/bill-plan.ts';
import type { Ticket } from '../../../src/syncro/ticket.ts';
import { aCustomer, aTicket, noon, remoteLabor, remoteProduct } from './a-ticket.ts';

export const byTheMinute: BillPolicy = {
  roundUpToMinutes: 1,
  minimumMinutes: 0,
  invoiceStatus: 'Invoiced',
  neverFromBlock: [],
};

export const someFacts = (facts: Partial<BillFacts> = {}): BillFacts => ({
  ticket: aTicket(),
  customer: aCustomer(),
  product: remoteProduct,
  invoices: [],
  statuses: ['New', 'In Progress', 'Resolved', 'Invoiced'],
  billingNow: null,
  timeZone: 'America/Phoenix',
  now: noon,
  ...facts,
});

/** The ticket as a bill names it: the customer's own name is the one that was just read. */
export const aBilledTicket = (ticket = aTicket(), customer = aCustomer()): Ticket => ({
  ...ticket,
  customerName: customer.name,
});

/** 45 minutes remote, emailed. */
export const aRequest = (request: Partial<BillChoice> = {}): BillChoice => ({
  workedMinutes: 45,
  labor: remoteLabor,
  comment: 'Fixed the sync',
  audience: 'email',
  ...request,
});

/** What planBilling makes of the facts and the request. */
export const aPlan = (
  facts: Partial<BillFacts> = {},
  request: Partial<BillChoice> = {},
  policy: Partial<BillPolicy> = {},
): BillPlan => planBilling(someFacts(facts), aRequest(request), { ...byTheMinute, ...policy });

export const aPlannedLine = (fields: Partial<PlannedLine> = {}): PlannedLine => ({
  productId: 26_118,
  name: 'Labor - Onsite Business',
  description: 'Swapped the switch',
  quantityHundredths: 100,
  rateCents: 17_500,
  amountCents: 17_500,
  taxable: false,
  createdAt: null,
  ...fields,
});
