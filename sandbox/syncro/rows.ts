/** What an account holds, under Syncro's own field names. Answers are built from these rows, see `*-json.ts`. */

export type Access = { read: boolean; write: boolean; delete: boolean };

/** The permission groups that `/me` lists; a request that needs one which is false is answered 401. */
export type Permissions = {
  asset: Access;
  customer: Access;
  ticket: Access;
  invoice: Access;
  payment: Access;
  worksheet: { add: boolean; manage: boolean; delete: boolean };
  script: { execute: boolean };
};

export type UserRow = {
  id: number;
  full_name: string;
  email: string;
  created_at: string;
  group: string;
  admin: boolean;
  color: string;
  /** API tokens that this user owns; empty it to revoke them. */
  keys: string[];
  /** The secret that `/me` leaks. */
  user_token: string;
  permissions: Permissions;
};

export type CustomerRow = {
  id: number;
  firstname: string;
  lastname: string;
  business_name: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  notes: string | null;
  created_at: string;
  updated_at: string;
  disabled: boolean;
  no_email: boolean;
  /** Decimal hours as a string, null without a prepaid block. */
  prepay_hours: string | null;
  portal_key: string;
};

export type ContactRow = {
  id: number;
  customer_id: number;
  name: string;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  notes: string | null;
  created_at: string;
  updated_at: string;
};

export type ProductRow = {
  id: number;
  name: string;
  description: string;
  price_cost: number;
  price_retail: number;
  taxable: boolean;
  product_category: string;
  upc_code: string | null;
  disabled: boolean;
};

export type TicketRow = {
  id: number;
  number: number;
  subject: string;
  created_at: string;
  updated_at: string;
  customer_id: number;
  contact_id: number | null;
  due_date: string | null;
  resolved_at: string | null;
  start_at: string | null;
  end_at: string | null;
  problem_type: string | null;
  status: string;
  ticket_type_id: number | null;
  properties: Record<string, unknown>;
  user_id: number | null;
  priority: string | null;
  tag_list: string[];
  customer_reply: boolean;
};

export type CommentRow = {
  id: number;
  ticket_id: number;
  subject: string;
  /** As stored; the default `comment_format` shows it without markup. */
  body: string;
  tech: string | null;
  hidden: boolean;
  user_id: number | null;
  is_rich_text: boolean;
  created_at: string;
  updated_at: string;
};

export type LineRow = {
  id: number;
  ticket_id: number;
  user_id: number | null;
  product_id: number | null;
  name: string;
  description: string;
  quantity: number;
  product_category: string | null;
  upc_code: string | null;
  taxable: boolean;
  cost_cents: number;
  /** With a fraction where the price has more than two decimals. */
  retail_cents: number;
  line_discount_percent?: number;
  /** Off the line. */
  discount_dollars?: number;
  created_at: string;
  updated_at: string;
  /** True once an invoice took the line. */
  converted: boolean;
  position: number;
  /** The invoice that took it; ours, not shown in answers. */
  invoice_id: number | null;
};

export type TimerRow = {
  id: number;
  ticket_id: number;
  user_id: number;
  start_time: string;
  end_time: string | null;
  recorded: boolean;
  created_at: string;
  updated_at: string;
  billable: boolean;
  notes: string | null;
  product_id: number | null;
  ticket_line_item_id: number | null;
  /** Without pauses; absent: from start to end. */
  active_seconds?: number;
};

export type InvoiceRow = {
  id: number;
  number: string;
  customer_id: number;
  ticket_id: number | null;
  contact_id: number | null;
  user_id: number | null;
  date: string;
  due_date: string;
  created_at: string;
  updated_at: string;
  is_paid: boolean;
  note: string | null;
  po_number: string | null;
  /** Hours that this invoice took from the prepaid block; ours, not shown in answers. */
  prepaid_hours: number;
  /** Kept from the customer until it is published; ours, not shown in answers. */
  is_draft?: boolean;
  /** Sent on to a program for accounts; ours, not shown in answers. */
  is_exported?: boolean;
};

export type InvoiceLineRow = {
  id: number;
  invoice_id: number;
  /** The product's name; the description stands in `name`. */
  item: string;
  name: string;
  /** `null` on a line of text. */
  cost: number | null;
  price: number | null;
  quantity: number | null;
  discount_percent?: number;
  discount_dollars?: number;
  product_id: number | null;
  product_category: string | null;
  taxable: boolean;
  position: number;
  created_at: string;
  updated_at: string;
};

/** A product that a contract prices otherwise. */
export type OverrideRow = {
  product_id: number;
  blacklisted: boolean;
  /** `null`: Syncro does not say. */
  price: number | null;
};

export type ContractRow = {
  id: number;
  customer_id: number;
  name: string;
  /** `Active`, `Expired`, `Opportunity`. */
  status: string;
  start_date: string | null;
  end_date: string | null;
  created_at: string;
  updated_at: string;
  product_price_overrides: OverrideRow[];
  non_billable_product_ids: number[];
};

/** A line that each of its invoices has by itself. */
export type ScheduleLineRow = { id: number; product_id: number | null; name: string; quantity: number; price: number };

/** A recurring invoice. */
export type ScheduleRow = {
  id: number;
  customer_id: number;
  name: string;
  frequency: 'Daily' | 'Weekly' | 'Monthly' | 'Quarterly' | 'Annually';
  /** A day, at midnight UTC. */
  next_run: string;
  paused: boolean;
  /** It takes what is charged on the customer's tickets and on no invoice yet. */
  invoice_unbilled_ticket_charges: boolean;
  lines: ScheduleLineRow[];
};

/** An email that Syncro would have sent to a customer. */
export type Email = { to: string; ticketId: number; commentId: number };

export type Settings = {
  subdomain: string;
  ticket_status_list: string[];
  problem_types: string[];
  priorities: string[];
  ticket_types: { id: number; name: string }[];
  default_labor_product_id: number | null;
  /** `$` where it is left out. */
  currency_symbol?: string;
  time_zone: string;
  time_offset: string;
  /** "Labor Type Time Requirements": the least that an entry of a product is charged as, and in which steps. */
  labor_minimum_minutes?: Record<number, number>;
  labor_increment_minutes?: Record<number, number>;
  /** "Ticket Timer: Time is Non-Billable by Default". */
  time_not_billable?: boolean;
  /** Mondays to Fridays from 9 to 17 where it is left out. */
  business_hours?: { day: string; start: string | null; end: string | null; closed: boolean }[];
  /** True unless told. */
  business_hours_enabled?: boolean;
  /** Invoices can be drafts. */
  has_drafts?: boolean;
  /** 0.087 is 8.7 %. */
  tax_rate: number;
};
