import type { LaborType, Product } from '../../../src/shared/labor.ts';
import type { Technician } from '../../../src/shared/technician.ts';
import type { Customer } from '../../../src/syncro/customer.ts';
import type { Invoice, InvoiceLine } from '../../../src/syncro/invoice.ts';
import { type Comment, type LineItem, type Ticket, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';

/** Monday 2026-11-23, 12:00 UTC. */
export const noon = Date.UTC(2026, 10, 23, 12);
export const minute = 60_000;
export const hour = 60 * minute;

export const howard: Technician = {
  slackUser: 'U012HOWARD',
  name: 'Howard Enos',
  syncroUserId: 1750,
  role: 'technician',
};
export const mike: Technician = { slackUser: 'U034MIKE', name: 'Mike Swain', syncroUserId: 1735, role: 'technician' };

export const jerrysTicketId = ticketId(110_251_904);
export const jerrysNumber = ticketNumber(32_164);

export const aComment = (fields: Partial<Comment> = {}): Comment => ({
  id: 500,
  subject: 'Update',
  body: 'Called Jerry.',
  authorName: howard.name,
  authorId: howard.syncroUserId,
  hidden: false,
  createdAt: noon - 48 * hour,
  ...fields,
});

export const aLineItem = (fields: Partial<LineItem> = {}): LineItem => ({
  id: 700,
  productId: 26_118,
  name: 'Labor - Onsite Business',
  description: 'Swapped the switch',
  quantityHundredths: 100,
  rateCents: 17_500,
  taxable: false,
  technicianId: howard.syncroUserId,
  createdAt: noon - 48 * hour,
  invoiced: false,
  ...fields,
});

export const aTicket = (fields: Partial<Ticket> = {}): Ticket => ({
  id: jerrysTicketId,
  number: jerrysNumber,
  subject: 'Own cloud thing again',
  status: 'In Progress',
  priority: 'Normal',
  problemType: null,
  customerId: 9_001,
  customerName: 'Burger Barn',
  technicianId: howard.syncroUserId,
  createdAt: noon - 72 * hour,
  updatedAt: noon - hour,
  dueAt: null,
  customerReplied: false,
  comments: [],
  lineItems: [],
  timers: [],
  unread: [],
  contact: { id: 44, name: 'Jerry Burger', email: 'jerry@burger.example', phone: null },
  technicianName: howard.name,
  customerEmail: 'office@burger.example',
  customerNoEmail: false,
  customerPhone: null,
  ...fields,
});

export const aCustomer = (fields: Partial<Customer> = {}): Customer => ({
  id: 9_001,
  name: 'Burger Barn',
  personName: 'Jerry Burger',
  email: 'billing@burger.example',
  phone: null,
  city: null,
  prepaidHundredths: null,
  noEmail: false,
  contacts: [],
  ...fields,
});

export const remoteProduct: Product = {
  id: 1_190_473,
  name: 'Labor - Remote Business',
  rateCents: 15_000,
  taxable: false,
  disabled: false,
};

export const remoteLabor: LaborType = { word: 'remote', productId: remoteProduct.id, note: null, debitsPrepaid: true };

export const anInvoiceLine = (fields: Partial<InvoiceLine> = {}): InvoiceLine => ({
  id: 8_000,
  productId: remoteProduct.id,
  name: remoteProduct.name,
  description: 'Fixed the sync',
  quantityHundredths: 75,
  rateCents: 15_000,
  taxable: false,
  ...fields,
});

export const anInvoice = (fields: Partial<Invoice> = {}): Invoice => ({
  id: 3_000,
  number: '4444',
  ticketId: jerrysTicketId,
  customerId: 9_001,
  totalCents: 11_250,
  taxCents: 0,
  paid: false,
  createdAt: noon,
  technicianId: howard.syncroUserId,
  lines: [anInvoiceLine()],
  ...fields,
});
