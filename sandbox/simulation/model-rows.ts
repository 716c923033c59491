import type { Product } from '../../src/shared/labor.ts';
import type { Customer, CustomerSummary } from '../../src/syncro/customer.ts';
import type { Invoice, InvoiceLine } from '../../src/syncro/invoice.ts';
import type { Comment, LineItem, TicketId, TicketSummary, TimerEntry } from '../../src/syncro/ticket.ts';

export const PRODUCT: Product = {
  id: 1190473,
  name: 'Labor - Remote Business',
  rateCents: 15_000,
  taxable: false,
  disabled: false,
};
/** Its rate has the premium in it. */
export const EMERGENCY: Product = { ...PRODUCT, id: 26184, name: 'Labor - Emergency', rateCents: 22_500 };

export const CUSTOMER: Customer = {
  id: 33_401_001,
  name: 'Jerry Burger',
  personName: null,
  email: 'jerry@customer.example',
  phone: null,
  city: null,
  prepaidHundredths: null,
  noEmail: false,
  contacts: [],
};

export const OTHER_CUSTOMER: Customer = {
  ...CUSTOMER,
  id: 33_401_004,
  name: 'Acme West',
  email: 'ann@acme.example',
};

/** Whose the ticket was at that time. */
export const ownerAt = ({ owners }: ModelTicket, at: number): ModelTicket['owners'][number] => {
  const owner = owners.findLast((one) => one.at <= at);
  if (!owner) throw new Error('a ticket has always been somebody’s');
  return owner;
};

/** Read replicas may lag: a record is seen from `visibleAt` on. */
export type Seen<T> = T & {
  readonly visibleAt: number;
  /** The run whose request made it; the app never sees this. */
  readonly madeBy: string | null;
};

export type ModelTicket = {
  readonly id: TicketId;
  readonly number: number;
  status: string;
  /** Whose it is, and since when; the last one counts. */
  readonly owners: Array<{ readonly at: number; readonly customer: Customer }>;
  comments: Array<Seen<Comment>>;
  lines: Array<Seen<LineItem>>;
  invoices: Array<
    Seen<Omit<Invoice, 'lines'>> & { readonly lines: ReadonlyArray<InvoiceLine & Pick<Seen<object>, 'madeBy'>> }
  >;
  /** Their `recorded` is seen from `recordedAt` on. */
  timers: Array<Seen<TimerEntry> & { recordedAt: number }>;
  /** Lines and time entries that were taken out again, and by which run. */
  readonly removed: Array<{
    readonly id: number;
    readonly of: 'line' | 'time_entry';
    readonly madeBy: string | null;
    readonly removedBy: string | null;
  }>;
  /** What became of lines and time entries. */
  readonly history: Change[];
  /** Invoices that no customer sees yet. */
  readonly drafts: Set<number>;
  deletedAt: number | null;
};

/** Made for somebody whom Syncro did not know yet: the customer, and their ticket. */
export type NewCustomer = Seen<CustomerSummary>;
export type NewTicket = Seen<Pick<TicketSummary, 'id' | 'number' | 'subject' | 'customerId' | 'createdAt'>>;

/** A line or a time entry became this, by this run; `null`: by hand. */
export type Change = {
  readonly at: number;
  readonly id: number;
  readonly by: string | null;
  readonly value: string;
};

/** What a line is, to compare it with what somebody saw of it. */
export const lineValue = (line: Pick<LineItem, 'productId' | 'quantityHundredths' | 'rateCents' | 'description'>) =>
  [line.productId, line.quantityHundredths, line.rateCents, line.description].join(' ');

export const entryValue = ({ startedAt, notes }: Pick<TimerEntry, 'startedAt' | 'notes'>) => `${startedAt} ${notes}`;

export const isoOf = (at: number): number => Math.floor(at / 1000) * 1000;
