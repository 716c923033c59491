import { z } from 'zod';
import {
  cents,
  discount,
  flag,
  hundredths,
  id,
  optionalCents,
  optionalId,
  optionalText,
  requiredList,
  text,
  time,
} from './wire.ts';

/** Money is strings, `number` is a string; the list may lack `ticket_id` (two sources disagree). */
export const invoiceRowWire = z.object({
  id,
  number: text,
  ticket_id: optionalId,
  customer_id: optionalId,
  total: cents,
  tax: optionalCents,
  is_paid: z.boolean().nullish().catch(null),
  verified_paid: flag,
  tech_marked_paid: flag,
  created_at: time,
  user_id: optionalId,
});

/** A text between the lines has none, or an empty one; anything else that can't be read is not guessed at. */
const ofText = z.preprocess((value) => (value === '' ? null : value), hundredths.nullish());

/** Other names than a ticket's line: `item` is the product's name, `name` our description, `price` the rate. */
export const invoiceLineWire = z.object({
  id,
  product_id: optionalId,
  item: text,
  name: text,
  quantity: ofText,
  price: ofText,
  taxable: flag,
  product_category: optionalText,
  discount_percent: discount,
  discount_dollars: discount,
});

const invoiceWire = invoiceRowWire.extend({ line_items: requiredList(invoiceLineWire) });

/** Wrapped in live code, unwrapped in the specification's schema: both are read. */
export const invoiceDetailWire = z.union([
  z.object({ invoice: invoiceWire }).transform((body) => body.invoice),
  invoiceWire,
]);
