import { afterEach, describe, expect, test } from '@jest/globals';
import { ask, get, inside, jerrys, leeAnns, post, rows, start, stopAll } from './ask.ts';

afterEach(stopAll);

const line = {
  product_id: 1190473,
  quantity: 0.75,
  name: 'Labor - Remote Business',
  description: 'Reset the cloud thing',
  price_retail: 150,
  taxable: false,
};

describe('line items', () => {
  test('adding answers unwrapped, with quantity a string, prices numbers and cents integers', async () => {
    const answer = await post(await start(), `/tickets/${jerrys}/add_line_item`, line);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ticket_id: jerrys,
      quantity: '0.75',
      price_retail: 150,
      retail_cents: 15000,
      taxable: false,
      converted: false,
      product_category: 'Labor',
    });
  });

  test('without price_retail the line costs $0.00, whatever the product costs and other price fields say', async () => {
    const { price_retail: _, ...unpriced } = line;
    const others = { price: 150, retail_price: 150, rate: 150, price_cents: 15000 };
    const answer = await post(await start(), `/tickets/${jerrys}/add_line_item`, { ...unpriced, ...others });
    expect(answer.body).toMatchObject({ price_retail: 0, retail_cents: 0 });
  });

  test('without taxable the line is taxed, although the product is not', async () => {
    const { taxable: _, ...untold } = line;
    expect((await post(await start(), `/tickets/${jerrys}/add_line_item`, untold)).body.taxable).toBe(true);
  });

  test('name and description are needed even with a product, and the refusal is one string', async () => {
    const answer = await post(await start(), `/tickets/${jerrys}/add_line_item`, { product_id: 1190473 });
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      errors: "Name can't be blank, Description can't be blank",
      params: { product_id: 1190473 },
    });
  });

  test('updating answers wrapped and keeps what was not sent', async () => {
    const syncro = await start();
    const id = (await post(syncro, `/tickets/${jerrys}/add_line_item`, line)).body.id;
    const answer = await ask(syncro, 'PUT', `/tickets/${jerrys}/update_line_item`, {
      ticket_line_item_id: id,
      quantity: 1,
    });
    expect(answer.body.ticket_line_item).toMatchObject({ id, quantity: '1.0', price_retail: 150, name: line.name });
  });

  test('removing says so, and a line of another ticket is a 404', async () => {
    const syncro = await start();
    const id = (await post(syncro, `/tickets/${jerrys}/add_line_item`, line)).body.id;
    const elsewhere = await post(syncro, `/tickets/${leeAnns}/remove_line_item`, { ticket_line_item_id: id });
    expect(elsewhere.status).toBe(404);
    const removed = await post(syncro, `/tickets/${jerrys}/remove_line_item`, { ticket_line_item_id: id });
    expect(removed.body).toEqual({ success: true, message: '' });
    expect(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).line_items).toEqual([]);
  });
});

const timer = { start_at: '2026-11-23T20:00:00Z', end_at: '2026-11-23T20:45:00Z', notes: 'Work', billable: false };

describe('timers', () => {
  test('asked with start_at, answered with start_time; billable is ignored and the labor product filled in', async () => {
    const answer = await post(await start(), `/tickets/${jerrys}/timer_entry`, timer);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      start_time: '2026-11-23T20:00:00.000Z',
      end_time: '2026-11-23T20:45:00.000Z',
      active_duration: 2700,
      recorded: false,
      billable: true,
      product_id: 1190473,
      user_id: 1750,
    });
  });

  test("without start_at Ruby's own message comes through", async () => {
    const answer = await post(await start(), `/tickets/${jerrys}/timer_entry`, { notes: 'x' });
    expect([answer.status, answer.body]).toEqual([422, { error: 'no implicit conversion of nil into String' }]);
  });

  test('charging twice makes two lines, and product_id is ignored', async () => {
    const syncro = await start();
    const id = (await post(syncro, `/tickets/${jerrys}/timer_entry`, timer)).body.id;
    const charge = { timer_entry_id: id, product_id: 26118 };
    const answer = await post(syncro, `/tickets/${jerrys}/charge_timer_entry`, charge);
    expect(answer.body).toMatchObject({ id, recorded: true, ticket_line_item_id: null });
    await post(syncro, `/tickets/${jerrys}/charge_timer_entry`, charge);
    const lines = rows(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).line_items);
    expect(lines.map((one) => [one.product_id, one.quantity, one.price_retail])).toEqual([
      [1190473, '0.75', 150],
      [1190473, '0.75', 150],
    ]);
  });

  test('a new duration has no effect, new notes have', async () => {
    const syncro = await start();
    const id = (await post(syncro, `/tickets/${jerrys}/timer_entry`, timer)).body.id;
    const answer = await ask(syncro, 'PUT', `/tickets/${jerrys}/update_timer_entry`, {
      timer_entry_id: id,
      duration_minutes: 5,
      notes: 'Other',
    });
    expect(answer.body).toMatchObject({ notes: 'Other', active_duration: 2700, end_time: '2026-11-23T20:45:00.000Z' });
  });

  test('the list ignores ticket_id and shows the timers of everybody', async () => {
    const syncro = await start();
    await post(syncro, `/tickets/${jerrys}/timer_entry`, timer, 'sandbox-rob');
    const { body } = await get(syncro, `/ticket_timers?ticket_id=${jerrys}`);
    expect(rows(body.ticket_timers).map((one) => one.user_id)).toEqual([1750, 1760]);
    expect(body.meta).toEqual({ total_pages: 1, page: 1 });
  });

  test('PATCH takes true or false only', async () => {
    const syncro = await start();
    const id = (await post(syncro, `/tickets/${jerrys}/timer_entry`, timer)).body.id;
    const wrong = await ask(syncro, 'PATCH', `/ticket_timers/${id}?billable=maybe`);
    expect([wrong.status, wrong.body]).toEqual([422, { errors: ['billable must be true or false'] }]);
    const right = await ask(syncro, 'PATCH', `/ticket_timers/${id}?billable=false`);
    expect(right.body.ticket_timer).toMatchObject({ id, billable: false });
  });

  test('deleting says success, and the second time 404', async () => {
    const syncro = await start();
    const id = (await post(syncro, `/tickets/${jerrys}/timer_entry`, timer)).body.id;
    const remove = () => post(syncro, `/tickets/${jerrys}/delete_timer_entry`, { timer_entry_id: id });
    expect((await remove()).body).toEqual({ success: true });
    expect((await remove()).status).toBe(404);
  });
});
