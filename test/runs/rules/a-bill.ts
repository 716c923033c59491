import {
  type BillChoice,
  type BillFacts,
  type BillPolicy,
  planBilling,
  planInvoice,
} from '../../../src/features/bill/plan.ts';
import type { BillPlan, InvoicePlan, PlannedLine } from '../../../src/runs/rules/bill-plan.ts';
import type { Ticket } from '../../../src/syncro/ticket.ts';
import { aCustomer, aLineItem, aTicket, noon, remoteLabor, remoteProduct } from './a-ticket.ts';

export const byTheMinute: BillPolicy = {
  roundUpToMinutes: 1,
  minimumMinutes: 0,
  invoiceStatus: 'Invoiced',
  fromBlock: [],
  neverFromBlock: [],
  businessHours: 'off',
  readsContracts: true,
};

export const someFacts = (facts: Partial<BillFacts> = {}): BillFacts => ({
  ticket: aTicket(),
  customer: aCustomer(),
  product: remoteProduct,
  base: null,
  contracts: [],
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

/** Beside the plan of a preview: nothing set its price but the product. */
export const plainlyPriced = {
  choice: aRequest(),
  pricing: {
    price: { billedMinutes: 45, quantityHundredths: 75, rateCents: 15_000, prepaid: null, rules: [] },
    choices: [],
    others: [],
  },
} as const;

/** What planInvoice makes of the lines of a ticket: 1 h onsite for $175.00 unless told otherwise. */
export const aPlanToInvoice = (facts: Partial<BillFacts> = {}, policy: Partial<BillPolicy> = {}): InvoicePlan => {
  const ticket = aTicket({ lineItems: [aLineItem()] });
  const plan = planInvoice({ ...someFacts({ ticket }), ...facts }, { ...byTheMinute, ...policy });
  if (!plan) throw new Error('nothing waits for an invoice');
  return plan;
};

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
