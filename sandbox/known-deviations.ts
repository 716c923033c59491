/** A place where the fake or the client rightly differs from the OpenAPI document. */
export type Deviation = {
  /** As in the document, or `*` for every operation. */
  readonly operation: string;
  readonly problem: RegExp;
  /** Why we differ, and who says so. */
  readonly source: string;
};

const emptyContact =
  /(address1|address2|city|state|zip|phone|mobile|latitude|longitude|notes) must be (string|number)$/;

/** Each must be needed by some exchange: an unused one is an error of `check:openapi`. */
export const knownDeviations: readonly Deviation[] = [
  {
    operation: '*',
    problem: /^status 401 is not described$/,
    source: 'every operation answers 401 to a bad key; the document has it for contacts only',
  },
  {
    operation: 'GET /tickets/{id}/comments',
    problem: /^response \/comments\[\]\/(tech|user_id) must be/,
    source: '`tech|null`, `user_id|null`, as on what a customer wrote',
  },
  {
    operation: 'GET /ticket_timers',
    problem: /^response \/ticket_timers\[\]\/end_time must be string$/,
    source: 'a timer that runs has no end yet (our guess: null)',
  },
  {
    operation: 'GET /contacts',
    problem: emptyContact,
    source: 'the document itself: GET /contacts/{id} calls these nullable',
  },
  {
    operation: 'POST /contacts',
    problem: emptyContact,
    source: 'the document itself: GET /contacts/{id} calls these nullable',
  },
  {
    operation: 'GET /search',
    problem: /^response \/results\[\]\/table\/_source\/table must have required property/,
    source: 'hits of several kinds; the example shows a customer only',
  },
  {
    operation: 'POST /tickets',
    problem: /^response \/ticket\/(end_at|signature_name) must be string$/,
    source: 'the document itself: null in the example of GET /tickets/{id}; the example of POST had sent them',
  },
  {
    operation: 'POST /tickets',
    problem: /^response \/ticket\/properties must have required property/,
    source: '`properties:{}` holds the account’s own fields',
  },
  {
    operation: 'POST /invoices',
    problem: /^request \/ must have required property/,
    source: 'created with ticket_id and customer_id alone, Syncro numbers and dates it',
  },
  {
    operation: 'POST /invoices',
    problem: /^request \/category is not described$/,
    source: 'existing clients send it; harmless',
  },
  {
    operation: 'POST /tickets/{id}/timer_entry',
    problem: /^request \/billable is not described$/,
    source: 'some accounts take it, others ignore it (facts of November 2026, rows 2 and 3): it is read back',
  },
  {
    operation: 'POST /invoices/{id}/convert_to_draft',
    problem: /^is not described$/,
    source: 'drafts are newer than the document (facts of November 2026, row 7)',
  },
  {
    operation: 'POST /invoices/{id}/publish',
    problem: /^is not described$/,
    source: 'drafts are newer than the document (facts of November 2026, row 7)',
  },
  {
    operation: 'POST /customers',
    problem: /^response \/params must have required property/,
    source: '`params` echoes what was sent',
  },
  {
    operation: 'POST /customers',
    problem: /^response \/customer\/email must be string$/,
    source: 'a customer needs no email address (our guess: null)',
  },
];
