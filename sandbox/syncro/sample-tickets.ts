import { looksRich } from './comment-json.ts';
import { finerCents, iso } from './fields.ts';
import type { InvoiceRow, LineRow } from './rows.ts';
import type { Charged, Story } from './sample-story.ts';
import { nextId, type SyncroState } from './state.ts';
import { isResolved } from './ticket-list.ts';

const dayMs = 86_400_000;

const invoiceOf = (state: SyncroState, story: Story, line: LineRow, number: string): InvoiceRow => {
  const known = state.invoices.find((row) => row.number === number);
  if (known) return known;
  const row: InvoiceRow = {
    id: nextId(state),
    number,
    customer_id: story.customerId,
    ticket_id: line.ticket_id,
    contact_id: story.contactId ?? null,
    user_id: line.user_id,
    date: line.created_at,
    due_date: line.created_at,
    created_at: line.created_at,
    updated_at: line.created_at,
    is_paid: Number(number) % 3 === 0,
    note: null,
    po_number: null,
    prepaid_hours: 0,
  };
  state.invoices.push(row);
  return row;
};

const addCharge = (state: SyncroState, story: Story, ticketId: number, now: number, charge: Charged): void => {
  const product = state.products.find((row) => row.id === charge.productId);
  const at = iso(now - charge.daysAgo * dayMs);
  const line: LineRow = {
    id: nextId(state),
    ticket_id: ticketId,
    user_id: story.userId,
    product_id: charge.productId,
    name: product?.name ?? '',
    description: charge.description,
    quantity: charge.hours,
    product_category: product?.product_category ?? null,
    upc_code: null,
    taxable: false,
    cost_cents: 0,
    retail_cents: finerCents(product?.price_retail ?? 0),
    created_at: at,
    updated_at: at,
    converted: charge.invoice !== undefined,
    position: 1,
    invoice_id: null,
  };
  state.lines.push(line);
  if (charge.invoice === undefined) return;
  const invoice = invoiceOf(state, story, line, charge.invoice);
  line.invoice_id = invoice.id;
  state.invoiceLines.push({
    id: nextId(state),
    invoice_id: invoice.id,
    item: line.name,
    name: line.description,
    cost: 0,
    price: line.retail_cents / 100,
    quantity: line.quantity,
    product_id: line.product_id,
    product_category: line.product_category,
    taxable: false,
    position: 1,
    created_at: at,
    updated_at: at,
  });
};

/** Puts a story into the account. @param now ms since 1970, which "days ago" counts from */
export const tell = (state: SyncroState, story: Story, now: number): void => {
  const ago = (days: number): string => iso(now - days * dayMs);
  const id = story.id ?? 108_400_000 + (story.number - 32_000) * 263;
  const said = story.said ?? [];
  const lastDay = Math.min(story.createdDaysAgo, ...said.map((one) => one.daysAgo));
  state.tickets.push({
    id,
    number: story.number,
    subject: story.subject,
    created_at: ago(story.createdDaysAgo),
    updated_at: ago(lastDay),
    customer_id: story.customerId,
    contact_id: story.contactId ?? null,
    due_date: ago(-(story.dueInDays ?? 8)),
    resolved_at: isResolved(story.status) ? ago(lastDay) : null,
    start_at: null,
    end_at: null,
    problem_type: 'Remote Break/Fix',
    status: story.status,
    ticket_type_id: state.settings.ticket_types[0]?.id ?? null,
    properties: {},
    user_id: story.userId,
    priority: story.priority ?? '2 Normal',
    tag_list: [],
    customer_reply: story.customerReply ?? false,
  });
  const tech = state.users.find((user) => user.id === (story.userId ?? 1735));
  for (const one of said) {
    state.comments.push({
      id: nextId(state),
      ticket_id: id,
      subject: one.subject ?? 'Update',
      body: one.body,
      tech: one.customer ? null : (tech?.full_name ?? null),
      hidden: one.customer ? false : (one.hidden ?? false),
      user_id: one.customer ? null : (tech?.id ?? null),
      is_rich_text: looksRich(one.body),
      created_at: ago(one.daysAgo),
      updated_at: ago(one.daysAgo),
    });
  }
  for (const charge of story.charged ?? []) addCharge(state, story, id, now, charge);
  if (story.timerMinutes !== undefined && tech) {
    const since = iso(now - story.timerMinutes * 60_000);
    state.timers.push({
      id: nextId(state),
      ticket_id: id,
      user_id: tech.id,
      start_time: since,
      end_time: null,
      recorded: false,
      created_at: since,
      updated_at: since,
      billable: true,
      notes: null,
      product_id: state.settings.default_labor_product_id,
      ticket_line_item_id: null,
    });
  }
};
