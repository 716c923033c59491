/** The API's key of a ticket. Never shown to people; never equal to the number by more than accident. */
export type TicketId = number & { readonly brand: 'TicketId' };
/** What people say: #32164. */
export type TicketNumber = number & { readonly brand: 'TicketNumber' };

export const ticketId = (value: number): TicketId => value as TicketId;
export const ticketNumber = (value: number): TicketNumber => value as TicketNumber;

/** In place of a customer's id where Syncro has none (any more): no record has it. */
export const NO_CUSTOMER = 0;

/** A ticket as a list shows it. Times are epoch milliseconds; `null` where Syncro has none. */
export type TicketSummary = {
  readonly id: TicketId;
  readonly number: TicketNumber;
  readonly subject: string;
  readonly status: string;
  readonly priority: string | null;
  readonly problemType: string | null;
  /** May be `NO_CUSTOMER`. */
  readonly customerId: number;
  readonly customerName: string;
  readonly technicianId: number | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly dueAt: number | null;
  /** True when the customer wrote last. */
  readonly customerReplied: boolean;
};

/** What a number stands for; the id never changes, the rest is what it was when last read. */
export type KnownTicket = Pick<TicketSummary, 'id' | 'number' | 'subject' | 'customerId' | 'customerName'>;

export type Comment = {
  readonly id: number;
  readonly subject: string;
  /** As Syncro sent it: plain text, or HTML where somebody wrote rich text. */
  readonly body: string;
  /** The name shown on it; Syncro puts the key's owner there on everything that comes by API. */
  readonly authorName: string | null;
  /** `null`: no user of Syncro's, or Syncro did not say; `isByCustomer` tells whether it is the customer's. */
  readonly authorId: number | null;
  readonly hidden: boolean;
  readonly createdAt: number | null;
};

export type LineItem = {
  readonly id: number;
  readonly productId: number | null;
  readonly name: string;
  readonly description: string;
  /** Hundredths of a unit (of an hour for labor): 75 is 0.75 h, and 33.33 is 0.3333 h. */
  readonly quantityHundredths: number;
  readonly rateCents: number;
  readonly taxable: boolean;
  /** It will cost less than quantity times rate, Syncro knows by how much. */
  readonly discounted?: boolean;
  readonly technicianId: number | null;
  readonly createdAt: number | null;
  /** True when Syncro says that the line was carried over to an invoice. */
  readonly invoiced: boolean;
};

export type TimerEntry = {
  readonly id: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly notes: string;
  /** Charged: Syncro made a line item of it. */
  readonly recorded: boolean;
  /** False: nobody is asked to pay for it, by the account's rules, a contract or a person. */
  readonly billable?: boolean;
  /** Without pauses; absent or `null`: Syncro does not say. */
  readonly activeSeconds?: number | null;
  /** As Syncro writes it: in seconds or in minutes, `billableSeconds` tells. */
  readonly billableTime?: number | null;
  readonly technicianId: number | null;
  /** The labor that it will be charged as; absent or `null`: Syncro does not say. */
  readonly productId?: number | null;
  readonly lineItemId: number | null;
};

export type Contact = {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
};

/** A part of a ticket that can't be read: it is there, and nobody knows what it says. */
export type Unread = {
  readonly kind: 'comment' | 'line' | 'time_entry';
  readonly id: number | null;
  /** What could still be read of it, for people; may be empty. */
  readonly name: string;
};

/** A ticket as its own page shows it. */
export type Ticket = TicketSummary & {
  /** Every comment that the detail carries; Syncro may cut the list, so history reads the comments page. */
  readonly comments: readonly Comment[];
  readonly lineItems: readonly LineItem[];
  readonly timers: readonly TimerEntry[];
  /** What is not among these lists because it can't be read; money must not be reckoned without it. */
  readonly unread: readonly Unread[];
  readonly contact: Contact | null;
  readonly technicianName: string | null;
  /** The customer's own email address as the ticket carries it. */
  readonly customerEmail: string | null;
  /** Syncro is told not to email this customer. */
  readonly customerNoEmail: boolean;
  readonly customerPhone: string | null;
};

/** Where Syncro mails a comment: to the ticket's contact, else to the customer. */
export const mailAddress = (ticket: Ticket): string | null => ticket.contact?.email ?? ticket.customerEmail;

/** The parts of one kind that can't be read. */
export const unreadOf = ({ unread }: Ticket, kind: Unread['kind']): readonly Unread[] =>
  unread.filter((part) => part.kind === kind);

/**
 * The ids of the comments that are there. One that can't be read may have any id: it counts as the highest, so that a
 * higher id alone makes no other comment a new one.
 */
export const commentIdsOf = (ticket: Ticket): readonly number[] => [
  ...ticket.comments.map(({ id }) => id),
  ...unreadOf(ticket, 'comment').map(({ id }) => id ?? Number.MAX_SAFE_INTEGER),
];

/** What a database column of Syncro's kind holds; a longer subject might be lost half-way. */
export const SUBJECT_LENGTH = 255;
