import { iso } from './fields.ts';
import type { ContractRow, ScheduleRow } from './rows.ts';

const DAY_MS = 86_400_000;
const copperRoofing = 33402020;
const agaveRealty = 33402009;

/** Copper Roofing pays by the month for remote work, and less than others for work on site. */
export const sampleContracts = (now: number): ContractRow[] => {
  const day = (days: number): string => `${iso(now + days * DAY_MS).slice(0, 10)}T00:00:00.000Z`;
  return [
    {
      id: 4101,
      customer_id: copperRoofing,
      name: 'Managed IT',
      status: 'Active',
      start_date: day(-100),
      end_date: day(265),
      created_at: iso(now - 110 * DAY_MS),
      updated_at: iso(now - 100 * DAY_MS),
      product_price_overrides: [{ product_id: 26118, blacklisted: false, price: 140 }],
      non_billable_product_ids: [1190473],
    },
  ];
};

/** Agave Realty gets one invoice a month, which also takes what was charged on its tickets. */
export const sampleSchedules = (now: number): ScheduleRow[] => {
  const date = new Date(now);
  return [
    {
      id: 4201,
      customer_id: agaveRealty,
      name: 'Monthly Managed Services',
      frequency: 'Monthly',
      next_run: iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)),
      paused: false,
      invoice_unbilled_ticket_charges: true,
      lines: [{ id: 4202, product_id: null, name: 'Managed Workstation', quantity: 6, price: 65 }],
    },
  ];
};
