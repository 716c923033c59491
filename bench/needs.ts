import type { Driven } from './drive.ts';

export type Needs = {
  /** Nothing is known: a new process with an empty database. */
  readonly cold: readonly string[];
  /** The ticket's number, its customer and the account's lists are known, and the key is checked. */
  readonly warm: readonly string[];
  /** Why more is asked all the same. */
  readonly why?: string;
};

const times = (count: number, request: string): readonly string[] => Array.from({ length: count }, () => request);

const NUMBER = 'GET /tickets?number';
const TICKET = 'GET /tickets/{id}';
const COMMENTS = 'GET /tickets/{id}/comments?sort_by&sort_direction';
const LISTS = 'GET /tickets/settings';
const ACCOUNT = 'GET /settings';
const CUSTOMER = 'GET /customers/{id}';
const CONTACTS = 'GET /contacts?customer_id';
const OF_CUSTOMER = 'GET /tickets?customer_id';
const OPEN_OF_CUSTOMER = 'GET /tickets?status&customer_id';
const INVOICES = 'GET /invoices?ticket_id';
const ME = 'GET /me';
const SCHEDULES = 'GET /schedules?customer_id';
const PRODUCT = 'GET /products/{id}';
const COMMENT = 'POST /tickets/{id}/comment';
const STATUS = 'PUT /tickets/{id}';

/** The sample account: three pages of open tickets, one of resolved ones, two of those with charges on no invoice. */
const OPEN_PAGES = times(3, 'GET /tickets?status');
const RESOLVED_PAGE = 'GET /tickets?status&since_updated_at';
const RESOLVED = times(11, TICKET);
const UNINVOICED = [...times(2, TICKET), ...times(2, INVOICES)];

const LINE = 'POST /tickets/{id}/add_line_item';

const BILL = [TICKET, INVOICES, COMMENT, LINE, 'POST /invoices', 'GET /invoices/{id}', STATUS];

/** Its line is looked at on the ticket; the status stays where none is set for it. */
const CHARGE = [TICKET, INVOICES, COMMENT, LINE, TICKET];

/** The fewest requests with which Syncro could give each answer, by name. */
export const NEEDS: Readonly<Record<Driven, Needs>> = {
  summary: { cold: [...OPEN_PAGES, LISTS, RESOLVED_PAGE, ...RESOLVED, ...times(2, INVOICES)], warm: OPEN_PAGES },
  ticket: { cold: [NUMBER, TICKET, COMMENTS, CUSTOMER, LISTS], warm: [TICKET, COMMENTS] },
  search: { cold: ['GET /tickets?query'], warm: ['GET /tickets?query'] },
  customers: {
    cold: ['GET /customers?query', CUSTOMER, CONTACTS, OPEN_OF_CUSTOMER],
    warm: ['GET /customers?query', CONTACTS, OPEN_OF_CUSTOMER],
  },
  create: {
    cold: [ACCOUNT, LISTS, ME, CUSTOMER, CONTACTS, OPEN_OF_CUSTOMER, OF_CUSTOMER, 'POST /tickets'],
    warm: [OF_CUSTOMER, 'POST /tickets'],
  },
  update: { cold: [NUMBER, LISTS, ME, TICKET, STATUS], warm: [TICKET, STATUS] },
  close: {
    cold: [NUMBER, LISTS, ME, TICKET, INVOICES, COMMENT, STATUS],
    warm: [TICKET, INVOICES, COMMENT, STATUS],
    why: 'the ticket again when the form is sent, minutes after it was opened: what is there before the writes',
  },
  comment: {
    cold: [NUMBER, ME, TICKET, COMMENT],
    warm: [TICKET, COMMENT],
    why: 'the ticket again for the preview, minutes after the form was opened: the address, and what is there already',
  },
  bill: {
    cold: [NUMBER, CUSTOMER, ME, LISTS, PRODUCT, ...BILL],
    warm: BILL,
    why: 'the invoices again right before the first write: did somebody make one while the preview was read? And once in ten minutes for each customer, which recurring invoice would take the line',
  },
  charge: { cold: [NUMBER, CUSTOMER, ME, LISTS, PRODUCT, SCHEDULES, ...CHARGE], warm: [SCHEDULES, ...CHARGE] },
  digest: {
    cold: [ACCOUNT, LISTS, ...OPEN_PAGES, RESOLVED_PAGE, ...RESOLVED, ...times(2, INVOICES)],
    warm: [...OPEN_PAGES, RESOLVED_PAGE, ...UNINVOICED],
  },
};
