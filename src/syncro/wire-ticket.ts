import { z } from 'zod';
import {
  discount,
  flag,
  hundredths,
  id,
  optional,
  optionalCount,
  optionalId,
  optionalText,
  requiredList,
  sortedList,
  text,
  time,
  unlessFalse,
} from './wire.ts';

/** A list row: no nested customer (seen as null), so the name comes from `customer_business_then_name`. */
export const ticketRowWire = z.object({
  id,
  number: id,
  subject: text,
  status: text,
  priority: optionalText,
  problem_type: optionalText,
  /** `null` where the customer was deleted. */
  customer_id: optionalId,
  customer_business_then_name: text,
  user_id: optionalId,
  created_at: time,
  updated_at: time,
  due_date: time,
  /** Not in the detail. */
  customer_reply: z.boolean().nullish().catch(null),
});

/** No flag says who wrote it: `user_id` null is taken for the customer; `tech` is the key's owner on API posts. */
export const commentWire = z.object({
  id,
  subject: text,
  body: text,
  tech: optionalText,
  hidden: flag,
  user_id: optionalId,
  user: optional(z.object({ full_name: optionalText })),
  created_at: time,
});

/**
 * `quantity` is a string, `price_retail` a number, `retail_cents` an int. A line without a price is not guessed
 * at: it counts as one that can't be read, because an amount would be wrong.
 */
export const lineWire = z
  .object({
    id,
    product_id: optionalId,
    name: text,
    description: text,
    quantity: hundredths,
    price_retail: hundredths.nullish(),
    retail_cents: z.int().nullish().catch(null),
    taxable: flag,
    line_discount_percent: discount,
    discount_dollars: discount,
    user_id: optionalId,
    created_at: time,
    converted: flag,
    invoice_id: optionalId,
  })
  .refine((line) => typeof (line.price_retail ?? line.retail_cents) === 'number', { error: 'no price' });

/** Written as `start_at`/`end_at`, read as `start_time`/`end_time`. */
export const timerWire = z.object({
  id,
  start_time: time,
  end_time: time,
  notes: text,
  recorded: flag,
  billable: unlessFalse,
  active_duration: optionalCount,
  billable_time: optionalCount,
  user_id: optionalId,
  /** Where a timer is changed it is answered with it; whether a ticket's page has it is not shown. */
  product_id: optionalId,
  ticket_line_item_id: optionalId,
});

export const contactWire = z.object({
  id,
  name: text,
  email: optionalText,
  phone: optionalText,
  mobile: optionalText,
  customer_id: optionalId,
});

export const ticketDetailWire = z.object({
  ticket: ticketRowWire.extend({
    comments: sortedList(commentWire),
    // Left out, lines that exist would count as absent, and be billed again: that can't be read. `null` says that there
    // are none.
    line_items: requiredList(lineWire),
    ticket_timers: sortedList(timerWire),
    contact: optional(contactWire),
    customer: optional(z.object({ email: optionalText, phone: optionalText, mobile: optionalText, no_email: flag })),
    /** Filled with somebody else while `user_id` is null: it counts only when the ids agree. */
    user: optional(z.object({ id, full_name: optionalText })),
  }),
});
