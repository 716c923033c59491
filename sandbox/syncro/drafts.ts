import { iso } from './fields.ts';
import { invoiceJson } from './invoice-json.ts';
import { wantedInvoice } from './invoices.ts';
import { notFound, ok, unprocessable } from './reply.ts';
import { type Call, type Route, route } from './route.ts';

/** 404 where the account has no drafts; what is paid or exported can't go back. What it answers else is our guess. */
const becomes = (isDraft: boolean) => (call: Call) => {
  const row = wantedInvoice(call);
  if (!row || !call.state.settings.has_drafts) return notFound;
  if (isDraft && (row.is_paid || row.is_exported))
    return unprocessable({ error: `Invoice has ${row.is_paid ? 'payments' : 'been exported'}` });
  row.is_draft = isDraft;
  row.updated_at = iso(call.now);
  call.changed({ kind: 'invoice', action: 'updated', id: row.id, ticketId: row.ticket_id });
  return ok({ invoice: invoiceJson(call.state, row) });
};

export const draftRoutes: readonly Route[] = [
  route('POST', '/invoices/{id}/publish', ['invoice', 'write'], becomes(false)),
  route('POST', '/invoices/{id}/convert_to_draft', ['invoice', 'write'], becomes(true)),
];
