import { z } from 'zod';
import type { Product } from '../shared/labor.ts';
import { mayBeOf } from './asked-for.ts';
import type { Customer, CustomerSummary } from './customer.ts';
import { unreadable } from './failures.ts';
import type { SyncroReads } from './ports.ts';
import { type Resource, rowsOf } from './rows.ts';
import type { Contact } from './ticket.ts';
import { contactOf } from './ticket-from-wire.ts';
import { flag, hundredths, id, optional, optionalHundredths, optionalText, text } from './wire.ts';
import { contactWire } from './wire-ticket.ts';

/** `online_profile_url` carries a portal key: never declared here, so never passed on. */
const customerRowWire = z.object({
  id,
  firstname: optionalText,
  lastname: optionalText,
  fullname: optionalText,
  business_name: optionalText,
  business_then_name: optionalText,
  email: optionalText,
  phone: optionalText,
  mobile: optionalText,
  city: optionalText,
});

/** `prepay_hours` is a string or null, and only live accounts show it. */
const customerWire = z.object({
  customer: customerRowWire.extend({
    prepay_hours: optionalHundredths,
    no_email: flag,
    contacts: optional(z.array(z.unknown())),
  }),
});

/** `price_retail` is a number. */
const productRowWire = z.object({
  id,
  name: text,
  price_retail: hundredths,
  taxable: flag,
  disabled: flag,
});

const productWire = z.object({ product: productRowWire });

type CustomerReads = Pick<
  SyncroReads,
  'customers' | 'autocompleteCustomers' | 'customer' | 'contacts' | 'products' | 'product'
>;

const summaryOf = (row: z.output<typeof customerRowWire>): CustomerSummary => {
  const person = row.fullname ?? ([row.firstname, row.lastname].filter((part) => part !== null).join(' ') || null);
  return {
    id: row.id,
    name: row.business_then_name ?? row.business_name ?? person ?? '',
    personName: row.business_name === null ? null : person,
    email: row.email,
    phone: row.phone ?? row.mobile,
    city: row.city,
  };
};

const productOf = (row: z.output<typeof productRowWire>): Product => ({
  id: row.id,
  name: row.name,
  rateCents: row.price_retail,
  taxable: row.taxable,
  disabled: row.disabled,
});

const customerRow = customerRowWire.transform(summaryOf);
const productRow = productRowWire.transform(productOf);
const productDetail = productWire.transform((body) => productOf(body.product));

/** What one customer reads is not for another's contact. */
const ofCustomer = (customerId: number, rows: readonly z.output<typeof contactWire>[]): readonly Contact[] =>
  rows.filter(({ customer_id: of }) => mayBeOf(of, customerId)).map(contactOf);

export const customerReads = ({ read, readPage, readRecord, log }: Resource): CustomerReads => ({
  customers: (caller, { query, page }) => readPage(caller, 'customers', { query, page }, customerRow),

  autocompleteCustomers: async (caller, query) =>
    rowsOf(await read(caller, 'customers/autocomplete', { query }, 'customers'), 'customers', customerRow, log),

  customer: async (caller, id) => {
    const subject = `customer ${id}`;
    const { customer } = await readRecord(caller, `customers/${id}`, customerWire, subject);
    if (customer.id !== id) throw unreadable(subject, 200);
    const contacts = ofCustomer(id, rowsOf({ contacts: customer.contacts ?? [] }, 'contacts', contactWire, log));
    const { prepay_hours: prepaidHundredths, no_email: noEmail } = customer;
    return { ...summaryOf(customer), prepaidHundredths, noEmail, contacts } satisfies Customer;
  },

  contacts: async (caller, { customerId, page }) => {
    const found = await readPage(caller, 'contacts', { customer_id: customerId, page }, contactWire);
    return { ...found, rows: ofCustomer(customerId, found.rows) };
  },

  products: (caller, { query, page }) => readPage(caller, 'products', { query, page }, productRow),

  product: async (caller, id) => {
    const subject = `product ${id}`;
    const product = await readRecord(caller, `products/${id}`, productDetail, subject);
    // Another product's name and rate would be billed, and found right by every check that follows.
    if (product.id !== id) throw unreadable(subject, 200);
    return product;
  },
});
