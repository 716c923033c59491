import { z } from 'zod';
import { dueDay } from '../shared/calendar.ts';
import type { Contract, OddContract, PriceOverride } from './contract.ts';
import type { SyncroReads } from './ports.ts';
import type { Resource } from './rows.ts';
import type { Schedule } from './schedule.ts';
import { flag, id, optionalHundredths, optionalId, optionalText, sortedList, text, time } from './wire.ts';

/** In which field the price stands is written nowhere. Where two of them disagree, no price is guessed. */
const overrideWire = z
  .object({
    product_id: id,
    blacklisted: flag,
    price: optionalHundredths,
    price_retail: optionalHundredths,
    retail: optionalHundredths,
  })
  .transform(({ product_id: productId, blacklisted, price, price_retail, retail }): PriceOverride => {
    const [rate = null, ...others] = new Set([price, price_retail, retail].filter((value) => value !== null));
    return { productId, blacklisted, rateCents: others.length === 0 ? rate : null };
  });

const contractRow = z
  .object({
    id,
    customer_id: id,
    name: optionalText,
    status: text,
    start_date: time,
    end_date: time,
    non_billable_product_ids: sortedList(id),
    product_price_overrides: sortedList(overrideWire),
  })
  .transform(
    (row): Contract => ({
      id: row.id,
      name: row.name ?? `Contract ${row.id}`,
      customerId: row.customer_id,
      status: row.status,
      startsAt: row.start_date,
      endsAt: row.end_date,
      nonBillableProductIds: row.non_billable_product_ids.rows,
      overrides: row.product_price_overrides.rows,
      ...(row.non_billable_product_ids.odd.length + row.product_price_overrides.odd.length > 0 ? { unread: true } : {}),
    }),
  );

const NOTHING = { customer_id: null, status: '', start_date: null, end_date: null };

const oddContract = z
  .object({ customer_id: optionalId, status: text, start_date: time, end_date: time })
  .catch(NOTHING)
  .transform(
    (row): OddContract => ({
      ...{ id: null, customerId: row.customer_id, status: row.status, startsAt: row.start_date, endsAt: row.end_date },
    }),
  );

/** The day of a moment as it is written there: it is said in the account's own zone, or at midnight UTC. */
const day = z
  .unknown()
  .optional()
  .transform((value) => {
    const at = time.safeParse(value).data ?? null;
    const written = typeof value === 'string' ? /^\s*(\d{4}-\d\d-\d\d)/.exec(value)?.[1] : undefined;
    return at === null ? null : (written ?? dueDay(at, null));
  });

const scheduleRow = z
  .object({
    id,
    customer_id: optionalId,
    name: optionalText,
    frequency: text,
    next_run: day,
    paused: flag,
    invoice_unbilled_ticket_charges: flag,
  })
  .transform(
    (row): Schedule => ({
      id: row.id,
      customerId: row.customer_id,
      name: row.name ?? `Recurring invoice ${row.id}`,
      frequency: row.frequency,
      nextRun: row.next_run,
      paused: row.paused,
      takesCharges: row.invoice_unbilled_ticket_charges,
    }),
  );

/** What is agreed with customers: contracts, and the invoices that Syncro makes by itself. */
export const termsReads = ({ readPage }: Resource): Pick<SyncroReads, 'contracts' | 'schedules'> => ({
  contracts: (caller, { page }) =>
    readPage<Contract | OddContract>(caller, 'contracts', { page }, contractRow, 'contracts', oddContract),

  schedules: (caller, { customerId, page }) =>
    readPage(caller, 'schedules', { customer_id: customerId, page }, scheduleRow, 'recurring invoices'),
});
