/** The steps of a bill that write to Syncro, and the request that each sends. */
export const WRITES = [
  { step: 'comment', method: 'POST', path: /\/comment$/ },
  { step: 'line_item', method: 'POST', path: /\/add_line_item$/ },
  { step: 'invoice', method: 'POST', path: /^\/invoices$/ },
  { step: 'ticket_update', method: 'PUT', path: /^\/tickets\/\d+$/ },
] as const;

export type WriteStep = (typeof WRITES)[number];

export const PORTAL = 'Customer portal, no email';
