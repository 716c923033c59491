import { businessThenName } from './customer-json.ts';
import { ok } from './reply.ts';
import { type Call, type Route, route } from './route.ts';

/** Each hit is nested twice under `table`, as the real one is. */
const hit = (id: number, type: string, source: object): object => ({
  table: { _id: id, _type: type, _index: `${type}s`, _source: { table: source } },
});

const search = (call: Call) => {
  const text = (call.query.get('query') ?? '').trim().toLowerCase();
  const has = (...values: (string | null)[]): boolean => values.some((value) => value?.toLowerCase().includes(text));
  const { customers, tickets } = call.state;
  const found = [
    ...customers
      .filter((row) => has(businessThenName(row), row.firstname, row.lastname, row.email))
      .map((row) =>
        hit(row.id, 'customer', {
          firstname: row.firstname,
          lastname: row.lastname,
          email: row.email,
          business_name: row.business_name,
          phones: [],
        }),
      ),
    ...tickets
      .filter((row) => has(row.subject, String(row.number)))
      .map((row) => hit(row.id, 'ticket', { number: row.number, subject: row.subject, status: row.status })),
  ];
  return ok({ quick_result: null, results: text === '' ? [] : found.slice(0, 50), error: null });
};

export const searchRoutes: readonly Route[] = [route('GET', '/search', null, search)];
