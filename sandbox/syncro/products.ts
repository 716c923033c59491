import { paginate } from './page.ts';
import { notFound, ok } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import type { ProductRow } from './rows.ts';

/** Prices are numbers, not strings. */
const productJson = (row: ProductRow): object => ({
  ...row,
  condition: null,
  maintain_stock: false,
  quantity: 0,
  warranty: null,
  sort_order: null,
  reorder_at: null,
  category_path: row.product_category,
  discount_percent: null,
  warranty_template_id: null,
  qb_item_id: row.id,
  desired_stock_level: null,
  price_wholesale: 0,
  notes: null,
  tax_rate_id: null,
  physical_location: null,
  serialized: false,
  vendor_ids: [],
  product_skus: [],
  long_description: null,
  location_quantities: [],
  photos: [],
});

const list = (call: Call) => {
  const { query } = call;
  const text = (query.get('query') ?? '').toLowerCase();
  const name = query.get('name');
  const upc = query.get('upc_code');
  const ids = query.getAll('id[]');
  const not = query.getAll('id_not[]');
  const found = call.state.products.filter(
    (row) =>
      `${row.name} ${row.description}`.toLowerCase().includes(text) &&
      (name === null || row.name.toLowerCase() === name.toLowerCase()) &&
      (upc === null || row.upc_code === upc) &&
      (ids.length === 0 || ids.includes(String(row.id))) &&
      !not.includes(String(row.id)),
  );
  // No meta here: the client has to ask on until a page is empty.
  return ok({ products: paginate(found, call, 25).rows.map(productJson) });
};

const get = (call: Call) => {
  const row = byParam(call.state.products, call);
  return row ? ok({ product: productJson(row) }) : notFound;
};

export const productRoutes: readonly Route[] = [
  route('GET', '/products', null, list),
  route('GET', '/products/{id}', null, get),
];
