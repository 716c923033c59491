import { customerJson, fullName } from './customer-json.ts';
import { flagOr, iso, textOr } from './fields.ts';
import { invoiceTotals } from './invoice-json.ts';
import { longMeta, paginate } from './page.ts';
import { notFound, ok, unprocessable } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import type { CustomerRow } from './rows.ts';
import { nextId } from './state.ts';

const matches = (row: CustomerRow, query: string): boolean =>
  [fullName(row), row.business_name, row.email, row.phone, row.mobile].some((value) =>
    (value ?? '').toLowerCase().includes(query.trim().toLowerCase()),
  );

const sorted = (rows: CustomerRow[], sort: string | null): CustomerRow[] => {
  const [field, direction] = (sort ?? '').split(' ');
  if (field !== 'firstname' && field !== 'lastname' && field !== 'business_name') return rows;
  const sign = direction?.toUpperCase() === 'DESC' ? -1 : 1;
  return rows.toSorted((a, b) => sign * (a[field] ?? '').localeCompare(b[field] ?? ''));
};

const list = (call: Call) => {
  const { query } = call;
  const ids = query.getAll('id[]');
  const not = query.getAll('not_id[]');
  const same = (name: 'firstname' | 'lastname' | 'business_name' | 'email', row: CustomerRow): boolean => {
    const wanted = query.get(name);
    return wanted === null || (row[name] ?? '').toLowerCase() === wanted.toLowerCase();
  };
  const found = call.state.customers.filter(
    (row) =>
      (query.get('include_disabled') === 'true' || !row.disabled) &&
      (ids.length === 0 || ids.includes(String(row.id))) &&
      !not.includes(String(row.id)) &&
      same('firstname', row) &&
      same('lastname', row) &&
      same('business_name', row) &&
      same('email', row) &&
      matches(row, query.get('query') ?? ''),
  );
  const page = paginate(sorted(found, query.get('sort')), call, 100);
  return ok({ customers: page.rows.map((row) => customerJson(call.state, row)), meta: longMeta(page) });
};

const autocomplete = (call: Call) => {
  const found = call.state.customers.filter((row) => !row.disabled && matches(row, call.query.get('query') ?? ''));
  return ok({ customers: found.slice(0, 25).map((row) => customerJson(call.state, row)) });
};

const latest = (call: Call) => {
  const row = call.state.customers.toSorted((a, b) => b.created_at.localeCompare(a.created_at))[0];
  return row ? ok({ customer: customerJson(call.state, row) }) : notFound;
};

const get = (call: Call) => {
  const row = byParam(call.state.customers, call);
  if (!row) return notFound;
  const { state } = call;
  return ok({
    customer: {
      ...customerJson(state, row),
      prepay_hours: row.prepay_hours,
      ticket_links: state.tickets
        .filter((ticket) => ticket.customer_id === row.id)
        .map(({ id, number, status, subject }) => ({ id, number, status, subject })),
      invoice_links: state.invoices
        .filter((invoice) => invoice.customer_id === row.id)
        .map((invoice) => ({
          id: invoice.id,
          number: invoice.number,
          took_payment: invoice.is_paid,
          total: invoiceTotals(state, invoice.id).total,
          date: invoice.date,
        })),
      phones: [],
      contracts: state.contracts.filter((one) => one.customer_id === row.id).map(({ id, name }) => ({ id, name })),
      addresses: [],
      recurring_invoices: state.schedules
        .filter((one) => one.customer_id === row.id)
        .map(({ id, name }) => ({ id, name })),
    },
  });
};

/** Syncro strips the formatting of phone numbers. */
const digits = (text: string | null): string | null => text?.replaceAll(/\D/g, '') ?? null;

const create = (call: Call) => {
  const { state, body } = call;
  const email = textOr(body, 'email', null);
  const wrong: string[] = [];
  if (email !== null && !/^\S+@\S+$/.test(email)) wrong.push('Email is not an email');
  if (!body.business_name && !body.firstname && !body.lastname) wrong.push("Firstname can't be blank");
  if (wrong.length > 0) return unprocessable({ success: false, message: wrong, params: body });
  const at = iso(call.now);
  const id = nextId(state);
  const row: CustomerRow = {
    id,
    firstname: textOr(body, 'firstname', ''),
    lastname: textOr(body, 'lastname', ''),
    business_name: textOr(body, 'business_name', null),
    email,
    phone: digits(textOr(body, 'phone', null)),
    mobile: digits(textOr(body, 'mobile', null)),
    address: textOr(body, 'address', null),
    city: textOr(body, 'city', null),
    state: textOr(body, 'state', null),
    zip: textOr(body, 'zip', null),
    notes: textOr(body, 'notes', null),
    created_at: at,
    updated_at: at,
    disabled: false,
    no_email: flagOr(body, 'no_email', false),
    prepay_hours: null,
    portal_key: `portal-${id}`,
  };
  state.customers.push(row);
  call.changed({ kind: 'customer', action: 'created', id, ticketId: null });
  return ok({ customer: customerJson(state, row) });
};

export const customerRoutes: readonly Route[] = [
  route('GET', '/customers', ['customer', 'read'], list),
  route('POST', '/customers', ['customer', 'write'], create),
  route('GET', '/customers/autocomplete', ['customer', 'read'], autocomplete),
  route('GET', '/customers/latest', ['customer', 'read'], latest),
  route('GET', '/customers/{id}', ['customer', 'read'], get),
];
