import { longMeta, paginate } from './page.ts';
import { ok } from './reply.ts';
import { type Call, type Route, route } from './route.ts';
import type { ContractRow } from './rows.ts';

const contractJson = ({ behaviour }: Call, row: ContractRow): object => ({
  ...row,
  product_price_overrides: row.product_price_overrides.map(({ price, ...override }) =>
    behaviour.contractPriceField === null ? override : { ...override, [behaviour.contractPriceField]: price },
  ),
  account_id: 1,
  contract_amount: '',
  primary_contact: null,
  description: '',
  likelihood: 0,
  apply_to_all: false,
  sla_id: null,
});

/** There is no filter by customer: everybody's come back. */
const list = (call: Call) => {
  const page = paginate(call.state.contracts, call, 50);
  return ok({ contracts: page.rows.map((row) => contractJson(call, row)), meta: longMeta(page) });
};

export const contractRoutes: readonly Route[] = [route('GET', '/contracts', ['customer', 'read'], list)];
