import { afterEach, describe, expect, test } from '@jest/globals';
import { get, inside, post, rows, start, stopAll } from './ask.ts';

afterEach(stopAll);

describe('customers', () => {
  test('the list tells its size, hides disabled ones and leaks a portal key', async () => {
    const syncro = await start({ data: 'full' });
    const first = syncro.state.customers[0];
    if (first) first.disabled = true;
    const { body } = await get(syncro, '/customers');
    expect(rows(body.customers)).toHaveLength(39);
    expect(body.meta).toEqual({ total_pages: 1, total_entries: 39, per_page: 100, page: 1 });
    expect(rows(body.customers)[0]?.online_profile_url).toEqual(expect.stringContaining('portal_key='));
    expect(rows((await get(syncro, '/customers?include_disabled=true')).body.customers)).toHaveLength(40);
  });

  test('query and the name fields search, and unknown fields are ignored', async () => {
    const syncro = await start();
    const names = async (query: string) =>
      rows((await get(syncro, `/customers?${query}`)).body.customers).map((one) => one.business_then_name);
    expect(await names('query=acme')).toEqual(['Acme West', 'Acme East']);
    expect(await names('query=acme&sort=business_name%20ASC')).toEqual(['Acme East', 'Acme West']);
    expect(await names('lastname=smith')).toEqual(['John Smith', 'John Smith']);
    expect(await names('id[]=33401001&id[]=33401002&not_id[]=33401002')).toEqual(['Jerry Burger']);
    expect(await names('email=JERRY@customer.example')).toEqual(['Jerry Burger']);
    expect(await names('name=acme')).toHaveLength(11);
  });

  test('autocomplete has no meta, latest is one customer', async () => {
    const syncro = await start();
    const { body } = await get(syncro, '/customers/autocomplete?query=burger');
    expect(Object.keys(body)).toEqual(['customers']);
    expect(rows(body.customers)[0]?.email).toBe('jerry@customer.example');
    await post(syncro, '/customers', { business_name: 'Brand New', phone: '(520) 555-0100' });
    const latest = inside((await get(syncro, '/customers/latest')).body.customer);
    expect(latest).toMatchObject({ business_name: 'Brand New', phone: '5205550100' });
  });

  test('the detail lists tickets and invoices', async () => {
    const customer = inside((await get(await start(), '/customers/33401003')).body.customer);
    expect(customer.ticket_links).toEqual([
      { id: 108443655, number: 32162, status: 'Invoiced', subject: 'Server upgrade' },
    ]);
    expect(rows(customer.invoice_links)[0]).toMatchObject({ number: '69988', total: '575.0' });
  });

  test('a bad email address is refused with the parameters', async () => {
    const answer = await post(await start(), '/customers', { firstname: 'A', email: 'no mail' });
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      success: false,
      message: ['Email is not an email'],
      params: { firstname: 'A', email: 'no mail' },
    });
  });

  test('one without any name is refused', async () => {
    const answer = await post(await start(), '/customers', { phone: '520 555 0100' });
    expect([answer.status, answer.body.message]).toEqual([422, ["Firstname can't be blank"]]);
  });

  test('a new one is found at once, its phone without format, and may be a double of another', async () => {
    const syncro = await start();
    const jerry = { firstname: 'Jerry', lastname: 'Burger', email: 'jerry@customer.example' };
    const made = inside((await post(syncro, '/customers', { ...jerry, phone: '+1 (520) 555-0100' })).body.customer);
    expect(made).toMatchObject({ fullname: 'Jerry Burger', phone: '15205550100', business_name: null });
    const found = rows((await get(syncro, '/customers?query=jerry')).body.customers);
    expect(found.map(({ id }) => id)).toEqual([33401001, made.id]);
  });
});

describe('contacts', () => {
  test('the list is wrapped with meta, one contact is not wrapped', async () => {
    const syncro = await start();
    const { body } = await get(syncro, '/contacts?customer_id=33401004');
    expect(rows(body.contacts).map((one) => one.name)).toEqual(['Wilma Reyes', 'Front Desk']);
    expect(body.meta).toEqual({ total_pages: 1, total_entries: 2, per_page: 50, page: 1 });
    expect((await get(syncro, '/contacts/7710001')).body.name).toBe('Jim Parkinson');
    expect((await get(syncro, '/contacts/1')).body).toEqual({ message: 'Not found' });
  });

  test('a bad email address is refused with the record', async () => {
    const syncro = await start();
    const answer = await post(syncro, '/contacts', { customer_id: 33401001, name: 'Bad', email: 'xxx' });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ record: { id: null, name: 'Bad' }, errors: 'Email is not an email' });
    const good = await post(syncro, '/contacts', { customer_id: 33401001, name: 'Good' });
    expect([good.status, good.body.name]).toEqual([200, 'Good']);
  });
});

describe('the account', () => {
  test('/users holds arrays, /users/{id} an object', async () => {
    const syncro = await start();
    expect((await get(syncro, '/users')).body.users).toContainEqual([1750, 'Howard Enos']);
    expect(inside((await get(syncro, '/users/1737')).body.user).full_name).toBe('Winter Hale');
  });

  test('/products has no meta and prices are numbers', async () => {
    const syncro = await start();
    const { body } = await get(syncro, '/products?query=labor');
    expect(Object.keys(body)).toEqual(['products']);
    expect(rows(body.products)).toHaveLength(6);
    const found = async (query: string) => rows((await get(syncro, `/products?${query}`)).body.products);
    expect((await found('query=travel')).map((one) => one.id)).toEqual([26117]);
    expect(await found('upc_code=0')).toEqual([]);
    expect(inside((await get(syncro, '/products/26184')).body.product)).toMatchObject({
      name: 'Labor - Emergency or After Hours Business',
      price_retail: 262.5,
      taxable: false,
      product_category: 'Labor',
    });
  });

  test('statuses and technicians come from /tickets/settings, priorities from /settings', async () => {
    const syncro = await start();
    const { body } = await get(syncro, '/tickets/settings');
    expect(body.ticket_status_list).not.toContain('Closed');
    expect(body.users).toContainEqual({ id: 1760, name: 'Rob Keane' });
    expect(body.default_labor_product_id).toBe(1190473);
    const settings = (await get(syncro, '/settings')).body;
    expect(inside(settings.ticket).priorities).toEqual(['', '0 Urgent', '1 High', '2 Normal', '3 Low']);
    expect(inside(settings.locale).time_zone).toBe('America/Phoenix');
  });

  test('/search nests each hit twice under table', async () => {
    const { body } = await get(await start(), '/search?query=burger');
    expect(body).toMatchObject({ quick_result: null, error: null });
    expect(rows(body.results)[0]).toMatchObject({
      table: { _id: 33401001, _type: 'customer', _source: { table: { lastname: 'Burger' } } },
    });
  });
});
