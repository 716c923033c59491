import type { ContractRow } from '../../../sandbox/syncro/rows.ts';
import type { World } from '../../../sandbox/world.ts';
import { quickConfig } from '../../world/use-world.ts';
import { ticketByNumber } from '../tickets/ticket-effects.ts';

/** The rules of the shop that the skill was written for. */
export const shop = (): string =>
  quickConfig()
    .replace('product_id: 1190473 }', 'product_id: 1190473, minimum_minutes: 15, round_up_to_minutes: 15 }')
    .replace(
      'product_id: 26184 }',
      `product_id: 26184, after_hours: true, prepaid: { times: 1.5 } }
  emergency-remote: { product_id: 26184, after_hours: true, rate: { of: remote, times: 1.5 }, prepaid: { times: 1.5 } }`,
    );

/** A contract of the customer of #32164. */
export const agree = (world: World, terms: Partial<ContractRow>): void => {
  const { customer_id } = ticketByNumber(world, 32164);
  world.syncro.state.contracts.push({
    ...{ id: 9_100, customer_id, name: 'Gold Care', status: 'Active', start_date: null, end_date: null },
    ...{ non_billable_product_ids: [], product_price_overrides: [], created_at: '', updated_at: '' },
    ...terms,
  });
};

/** $120 for remote work. */
export const priced = { product_price_overrides: [{ product_id: 1_190_473, blacklisted: false, price: 120 }] };

/** Prepaid hours of that customer. */
export const setBlock = (world: World, hours: string): void => {
  const { customer_id } = ticketByNumber(world, 32164);
  const customer = world.syncro.state.customers.find(({ id }) => id === customer_id);
  if (!customer) throw new Error('no customer');
  customer.prepay_hours = hours;
};
