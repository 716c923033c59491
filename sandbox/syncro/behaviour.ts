import type { KeptText } from '../kept-text.ts';

/** Where no public source says what Syncro does, a test can choose. */
export type Behaviour = {
  /** POST /invoices sets the ticket to Invoiced by itself. */
  invoiceSetsStatus: boolean;
  /** DELETE /invoices/{id} answers 200 and deletes nothing. */
  invoiceDeleteFails: boolean;
  /** `status=Not Closed` leaves out Invoiced too, not only Resolved. */
  notClosedHidesInvoiced: boolean;
  /** `number=` finds open tickets only (one public client says so). */
  numberHidesClosed: boolean;
  /** Rows of `GET /invoices` carry `ticket_id`; other clients say that they did not. */
  invoiceListCarriesTicketId: boolean;
  /** `ticket_id=` of `GET /invoices` is ignored, as some versions do: everybody's come, page by page. */
  invoicesIgnoreTicket: boolean;
  /** `customer_id=` of `GET /contacts` is ignored: everybody's come. */
  contactsIgnoreCustomer: boolean;
  /** `customer_id=` of `GET /schedules` is ignored: everybody's come. */
  schedulesIgnoreCustomer: boolean;
  /** Under which name a contract's price of a product is shown; `null`: it is not. */
  contractPriceField: 'price' | 'price_retail' | 'retail' | null;
  /** A charge of a time entry costs what the customer's contract says; a line that is added costs what was sent. */
  chargeAppliesContract: boolean;
  /** A charge is of the account's default labor, whatever the entry's is. */
  chargeIgnoresProduct: boolean;
  /** What `billable_time` of a time entry counts. */
  billableTimeIn: 'seconds' | 'minutes';
  /** `billable` of a new time entry is taken. */
  entryTakesBillable: boolean;
  /** A change of `billable` is answered with 200, and not made. */
  entryKeepsBillable: boolean;
  /** What a recurring invoice that is to take pending charges does with them. */
  recurringTakes: 'and flags' | 'unflagged' | 'nothing';
  /** Of which tickets, by their status; `null`: of all. No field of a recurring invoice says so. */
  recurringStatuses: readonly string[] | null;
  /** `number=` of `GET /tickets` is ignored: all tickets come, page by page. */
  numberIgnored: boolean;
  /** Lists don't say how many pages they have. */
  listsWithoutMeta: boolean;
  /** Ids of lines that come without a quantity, and of comments and time entries that come without an id. */
  oddRecords: readonly number[];
  /** A ticket of a customer who was deleted still names the id, which leads nowhere. */
  deletedCustomerKeepsId: boolean;
  /** `per_page` works everywhere, not only on comments. */
  perPageEverywhere: boolean;
  /** At most so many comments inside `GET /tickets/{id}`; null = all. */
  detailCommentLimit: number | null;
  /** How it keeps texts that are written through the API. */
  keptText: KeptText;
};

export const defaultBehaviour: Behaviour = {
  invoiceSetsStatus: false,
  invoiceDeleteFails: false,
  notClosedHidesInvoiced: false,
  numberHidesClosed: false,
  invoiceListCarriesTicketId: true,
  invoicesIgnoreTicket: false,
  contactsIgnoreCustomer: false,
  schedulesIgnoreCustomer: false,
  contractPriceField: 'price_retail',
  chargeAppliesContract: true,
  chargeIgnoresProduct: false,
  billableTimeIn: 'seconds',
  entryTakesBillable: false,
  entryKeepsBillable: false,
  recurringTakes: 'and flags',
  recurringStatuses: null,
  numberIgnored: false,
  listsWithoutMeta: false,
  oddRecords: [],
  deletedCustomerKeepsId: true,
  perPageEverywhere: false,
  detailCommentLimit: null,
  keptText: 'as-sent',
};
