import { flagsOf } from './audience.ts';
import type { Call } from './client.ts';
import type { LineItemFields, TicketFields, TimerFields, Words, Write, WriteKind } from './write.ts';

type Body = NonNullable<Call['body']>;

/** Absent fields stay absent: Syncro would take a null for "make it empty". */
const given = (fields: Body): Body =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Bodies are flat: `{"comment":{…}}` is answered with 422. */
const commentOf = ({ subject, body, audience }: Words): Body => {
  const { hidden, doNotEmail } = flagsOf(audience);
  return { subject, body, hidden, do_not_email: doNotEmail };
};

/** As Syncro writes it, with up to four decimals: 66.67 hundredths are 0.6667, not 0.6667000000000001. */
const decimal = (hundredths: number | undefined): number | undefined =>
  hundredths === undefined ? undefined : Number((hundredths / 100).toFixed(4));

/** Without `price_retail` the line costs $0.00, without `taxable` it is taxed; other price names are ignored. */
const lineOf = (item: Partial<LineItemFields>): Body =>
  given({
    product_id: item.productId,
    name: item.name,
    description: item.description,
    quantity: decimal(item.quantityHundredths),
    price_retail: decimal(item.rateCents),
    taxable: item.taxable,
  });

const isoOf = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

const timerOf = (timer: Partial<TimerFields>): Body =>
  given({
    start_at: isoOf(timer.startedAt),
    end_at: isoOf(timer.endedAt),
    notes: timer.notes,
    product_id: timer.productId,
    billable: timer.billable,
  });

const ticketOf = (fields: TicketFields): Body =>
  given({
    subject: fields.subject,
    status: fields.status,
    priority: fields.priority,
    problem_type: fields.problemType,
    user_id: fields.technicianId,
    contact_id: fields.contactId,
    due_date: fields.dueDate,
  });

/** Where each write goes. */
export const WRITE_ENDPOINTS = {
  comment: ['POST', 'tickets/:id/comment'],
  line_item: ['POST', 'tickets/:id/add_line_item'],
  line_item_update: ['PUT', 'tickets/:id/update_line_item'],
  line_item_remove: ['POST', 'tickets/:id/remove_line_item'],
  timer: ['POST', 'tickets/:id/timer_entry'],
  timer_update: ['PUT', 'tickets/:id/update_timer_entry'],
  timer_charge: ['POST', 'tickets/:id/charge_timer_entry'],
  timer_delete: ['POST', 'tickets/:id/delete_timer_entry'],
  timer_billable: ['PATCH', 'ticket_timers/:id'],
  invoice: ['POST', 'invoices'],
  invoice_delete: ['DELETE', 'invoices/:id'],
  invoice_draft: ['POST', 'invoices/:id/convert_to_draft'],
  ticket: ['POST', 'tickets'],
  ticket_update: ['PUT', 'tickets/:id'],
  ticket_delete: ['DELETE', 'tickets/:id'],
  customer: ['POST', 'customers'],
} as const satisfies Readonly<Record<WriteKind, readonly [Call['method'], string]>>;

/** @param id of the record in the endpoint's path, where there is one */
const call = ({ kind }: Write, id: number | null, body?: Body): Call => {
  const [method, path] = WRITE_ENDPOINTS[kind];
  return { method, path: path.replace(':id', String(id)), ...(body ? { body } : {}) };
};

/** The one request that a write is. */
export const callOf = (write: Write): Call => {
  switch (write.kind) {
    case 'comment':
      return call(write, write.ticketId, commentOf(write));
    case 'line_item':
      return call(write, write.ticketId, lineOf(write.item));
    case 'line_item_update':
      return call(write, write.ticketId, {
        ticket_line_item_id: write.lineItemId,
        ...lineOf(write.item),
      });
    case 'line_item_remove':
      return call(write, write.ticketId, { ticket_line_item_id: write.lineItemId });
    case 'timer':
      return call(write, write.ticketId, timerOf(write.timer));
    case 'timer_update':
      return call(write, write.ticketId, { timer_entry_id: write.timerId, ...timerOf(write.timer) });
    case 'timer_charge':
      return call(write, write.ticketId, { timer_entry_id: write.timerId });
    case 'timer_delete':
      return call(write, write.ticketId, { timer_entry_id: write.timerId });
    case 'timer_billable':
      return { ...call(write, write.timerId), query: { billable: write.billable } };
    case 'invoice': {
      // No number: Syncro gives it. The ticket's lines come by themselves; lines in the body are ignored.
      const { ticketId, customerId, date } = write;
      const body = { ticket_id: ticketId, customer_id: customerId, category: 'Standard', date };
      return call(write, null, body);
    }
    case 'invoice_delete':
    case 'invoice_draft':
      return call(write, write.invoiceId);
    case 'ticket': {
      // `description` is no field: the first message goes with the ticket as a nested comment.
      const first = write.firstComment ? { comments_attributes: [commentOf(write.firstComment)] } : {};
      const body = { customer_id: write.customerId, ...ticketOf(write.fields), ...first };
      return call(write, null, body);
    }
    case 'ticket_update':
      return call(write, write.ticketId, ticketOf(write.fields));
    case 'ticket_delete':
      return call(write, write.ticketId);
    case 'customer': {
      const { businessName, firstName, lastName, email, phone } = write;
      const body = given({ business_name: businessName, firstname: firstName, lastname: lastName, email, phone });
      return call(write, null, body);
    }
    default:
      return write satisfies never;
  }
};
