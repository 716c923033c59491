import { contactJson } from './customer-json.ts';
import { iso, numberOr, textOr } from './fields.ts';
import { longMeta, paginate } from './page.ts';
import { notFoundMessage, ok, unprocessable } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import type { ContactRow } from './rows.ts';
import { nextId } from './state.ts';

const list = (call: Call) => {
  const customerId = call.query.get('customer_id');
  const isWanted = (row: ContactRow): boolean =>
    call.behaviour.contactsIgnoreCustomer || customerId === null || String(row.customer_id) === customerId;
  const found = call.state.contacts.filter(isWanted);
  const page = paginate(found, call, 50);
  return ok({ contacts: page.rows.map(contactJson), meta: longMeta(page) });
};

/** A single contact stands unwrapped. */
const get = (call: Call) => {
  const row = byParam(call.state.contacts, call);
  return row ? ok(contactJson(row)) : notFoundMessage;
};

const create = (call: Call) => {
  const { state, body } = call;
  const customerId = numberOr(body, 'customer_id', 0);
  if (!state.customers.some((customer) => customer.id === customerId)) return notFoundMessage;
  const at = iso(call.now);
  const row: ContactRow = {
    id: 0,
    customer_id: customerId,
    name: textOr(body, 'name', ''),
    email: textOr(body, 'email', null),
    phone: textOr(body, 'phone', null),
    mobile: textOr(body, 'mobile', null),
    address1: textOr(body, 'address1', null),
    address2: textOr(body, 'address2', null),
    city: textOr(body, 'city', null),
    state: textOr(body, 'state', null),
    zip: textOr(body, 'zip', null),
    notes: textOr(body, 'notes', null),
    created_at: at,
    updated_at: at,
  };
  if (row.email !== null && !/^\S+@\S+$/.test(row.email)) {
    const record = { ...contactJson(row), id: null, created_at: null, updated_at: null };
    return unprocessable({
      record: { ...record, processed_phone: null, processed_mobile: null },
      errors: 'Email is not an email',
    });
  }
  row.id = nextId(state);
  state.contacts.push(row);
  call.changed({ kind: 'contact', action: 'created', id: row.id, ticketId: null });
  return ok(contactJson(row));
};

export const contactRoutes: readonly Route[] = [
  route('GET', '/contacts', ['customer', 'read'], list),
  route('POST', '/contacts', ['customer', 'write'], create),
  route('GET', '/contacts/{id}', ['customer', 'read'], get),
];
